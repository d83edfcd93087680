"""The parameters of a linear classifier, checked when it is fitted."""

from __future__ import annotations

from numbers import Integral, Real
from typing import Any

import numpy as np

from pminusy.classifier.options import check_flags, check_threads, seed_of
from pminusy.errors import InputError
from pminusy.linear.fit import SOLVERS


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


def make_generator(random_state: Any) -> np.random.Generator:
    """A generator that gives the same numbers for the same seed; None stands for the seed 0."""
    return np.random.default_rng(seed_of(random_state))
