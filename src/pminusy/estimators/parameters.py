"""The parameters of a linear classifier, checked when it is fitted."""

from __future__ import annotations

from numbers import Integral, Real
from typing import Any

import numpy as np
from sklearn.utils import check_random_state

from pminusy.errors import InputError
from pminusy.estimators.linear_fit import SOLVERS


def check_parameters(model: Any) -> None:
    """An InputError for a parameter of a SoftmaxRegression outside its range; weights are checked with the classes."""
    if not (isinstance(model.C, Real) and float(model.C) > 0):
        raise InputError(f"C: expected a number > 0, got {model.C!r}")
    if model.solver not in ("auto", *SOLVERS):
        raise InputError(f"solver: expected one of {('auto', *SOLVERS)}, got {model.solver!r}")
    check_flags(model, "fit_intercept", "compute_inference")
    for name in ("verbose", "max_iter"):
        value = getattr(model, name)
        if not (isinstance(value, Integral) and int(value) >= 0):
            raise InputError(f"{name}: expected an integer ≥ 0, got {value!r}")
    if not (isinstance(model.tol, Real) and float(model.tol) >= 0):
        raise InputError(f"tol: expected a number ≥ 0, got {model.tol!r}")
    check_threads(model.n_threads)


def check_flags(model: Any, *names: str) -> None:
    """An InputError for what is neither True nor False."""
    for name in names:
        if not isinstance(getattr(model, name), bool | np.bool_):
            raise InputError(f"{name}: expected True or False, got {getattr(model, name)!r}")


def check_threads(n_threads: Any) -> None:
    """An InputError for anything but an integer ≥ 1 or None."""
    if n_threads is not None and not (isinstance(n_threads, Integral) and int(n_threads) >= 1):
        raise InputError(f"n_threads: expected an integer ≥ 1 or None, got {n_threads!r}")


def make_generator(random_state: Any) -> np.random.Generator:
    """A generator that gives the same numbers for the same seed; None stands for the seed 0."""
    if random_state is None:
        return np.random.default_rng(0)
    return np.random.default_rng(check_random_state(random_state).randint(np.iinfo(np.int32).max))
