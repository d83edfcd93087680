"""The parameters of a linear classifier, checked when it is fitted."""

from __future__ import annotations

from typing import Any

import numpy as np

from pminusy.classifier.options import check_threads, seed_of
from pminusy.errors import InputError
from pminusy.linear.fit import SOLVERS
from pminusy.linear.sparse.options import NetOptions, read_net_options
from pminusy.options import check_flags, check_integer, is_number


def check_parameters(model: Any) -> None:
    """An InputError for a parameter of a SoftmaxRegression outside its range; weights are checked with the classes."""
    if not (is_number(model.C) and float(model.C) > 0):
        raise InputError(f"C: expected a number > 0, got {model.C!r}")
    if model.solver not in ("auto", *SOLVERS):
        raise InputError(f"solver: expected one of {('auto', *SOLVERS)}, got {model.solver!r}")
    check_flags(fit_intercept=model.fit_intercept, compute_inference=model.compute_inference)
    check_integer(0, verbose=model.verbose, max_iter=model.max_iter)
    if not (is_number(model.tol) and float(model.tol) >= 0):
        raise InputError(f"tol: expected a number ≥ 0, got {model.tol!r}")
    check_threads(model.n_threads)


def read_net(model: Any) -> NetOptions:
    """The shape of a SoftmaxRegression's penalty.

    Raises
    ------
    InputError
        An option of it out of range, or one that such a penalty does not allow.
    """
    net = read_net_options(model.l1_ratio, model.group, model.penalty_factors)
    if net.is_ridge or np.isinf(model.C):
        return net
    if model.solver != "auto":
        raise InputError(
            f'solver: expected "auto" with l1_ratio > 0 or penalty_factors, got {model.solver!r}, '
            "which needs a penalty of ½‖W‖²"
        )
    if model.compute_inference:
        raise InputError(
            "compute_inference: expected False with l1_ratio > 0 or penalty_factors, got True; "
            "standard errors are those of a penalty of ½‖W‖², or of none"
        )
    return net


def make_generator(random_state: Any) -> np.random.Generator:
    """A generator that gives the same numbers for the same seed; None stands for a fixed one."""
    return np.random.default_rng(seed_of(random_state))
