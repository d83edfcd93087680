"""A single sparse classifier: by way of larger strengths, or from a start, to the strength that is asked for."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from pminusy.linear.fit import LinearSolution
from pminusy.linear.problem import LinearProblem
from pminusy.linear.sparse.data import Data
from pminusy.linear.sparse.fit import Ending, SparseFit
from pminusy.linear.sparse.options import NetOptions
from pminusy.solvers.log import Log
from pminusy.solvers.result import SolverResult

Array = NDArray[Any]

METHOD = "proximal-newton"
_RATIO = 0.2  # of one strength on the way to the one before
_ON_THE_WAY = 5e-2  # of the null objective, the gap at those strengths


@np.errstate(over="ignore", invalid="ignore")  # the result says where numbers overflow
def fit_sparse(
    problem: LinearProblem,
    options: NetOptions,
    start: tuple[Array, Array] | None,
    *,
    tol: float,
    max_iter: int,
) -> LinearSolution:
    """Fit with an elastic net of the problem's penalty, which is not 0; from coefficients (F, D) and intercepts (F,).

    The gap is to be within `tol` of the objective with all weights 0.
    """
    data = Data(problem)
    log = Log(data, METHOD, tol)
    fit = SparseFit(data, options, log)
    if start is not None:
        fit.start_from(start[0].T.astype(np.float64), start[1].astype(np.float64))
        ending = fit.go_to(problem.penalty, tol * fit.null_loss, max_iter, polish=True)
    else:
        ending = _by_way_of_larger_strengths(fit, problem.penalty, tol, max_iter, log)
    W, b = fit.parameters()
    return LinearSolution(W.T, b, describe(ending, log, fit, problem.total_scale))


def describe(ending: Ending, log: Log, fit: SparseFit, total_scale: float) -> SolverResult:
    """The result of a fit that ended so, in the units in which the objective is reported."""
    return replace(
        log.result(ending.reason),
        objective=ending.objective * total_scale,
        gradient_norm=ending.violation,
        gap=ending.gap * total_scale,
        null_objective=fit.null_loss * total_scale,
    )


def _by_way_of_larger_strengths(
    fit: SparseFit, strength: float, tol: float, max_iter: int, log: Log
) -> Ending:
    """Where most weights are 0 few features are worked on, and the strong rule tells which come next."""
    largest = fit.largest_strength(tol * fit.null_loss)
    ratio = strength / largest if strength < largest else 1.0
    n_strengths = int(np.ceil(np.log(ratio) / np.log(_RATIO))) if 0 < ratio < 1 else 0
    for number in range(1, n_strengths):
        on_the_way = largest * ratio ** (number / n_strengths)
        fit.go_to(on_the_way, max(tol, _ON_THE_WAY) * fit.null_loss, max_iter - log.n_iter)
    return fit.go_to(strength, tol * fit.null_loss, max_iter - log.n_iter, polish=True)
