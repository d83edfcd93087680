"""The search over C: all folds' paths, and the model that the best C gives."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np
from numpy.typing import NDArray

from pminusy.classifier.examples import Examples
from pminusy.errors import InputError
from pminusy.kernels.parallel import n_threads
from pminusy.linear.cross_validation.folds import Fold
from pminusy.linear.cross_validation.linear_model import fit_to_numbers, with_parameters
from pminusy.linear.cross_validation.path import fold_path
from pminusy.linear.cross_validation.scoring import HeldOutScore
from pminusy.linear.cross_validation.side_by_side import side_by_side
from pminusy.linear.regression import SoftmaxRegression
from pminusy.options import is_integer
from pminusy.solvers.result import SolverResult

Array = NDArray[Any]

# With fewer numbers, threads wait for one another's Python code for longer than they compute.
_WORTH_A_THREAD = 1 << 19


@dataclass(frozen=True)
class Grid:
    """Every fold at every C."""

    Cs: Array  # (n_cs,)
    parameters: Array  # (n_folds, n_cs, F, D + 1)
    scores: Array  # (n_folds, n_cs)
    results: list[list[SolverResult]]  # n_folds lists of n_cs


def read_grid(Cs: Any) -> Array:
    """The values of C, float64: those given, or that many from 1e-4 to 1e4.

    Raises
    ------
    InputError
        No integer ≥ 1, and no list of numbers > 0.
    """
    if is_integer(Cs) and Cs >= 1:
        return np.logspace(-4, 4, int(Cs))
    try:
        grid = np.asarray(Cs)
    except ValueError:  # rows of different lengths
        grid = np.empty(0)
    if grid.ndim != 1 or grid.size == 0 or grid.dtype.kind not in "iuf" or not (grid > 0).all():
        raise InputError(f"Cs: expected an integer ≥ 1 or a list of numbers > 0, got {Cs!r}")
    return grid.astype(np.float64)


def search(
    model: SoftmaxRegression, Cs: Array, folds: list[Fold], rows: Examples, score: HeldOutScore, verbose: bool
) -> Grid:
    """Fit and score every fold at every C, from the smallest up, on the threads that this context allows."""
    upwards = np.argsort(Cs, kind="stable")
    allowed = n_threads() if rows.n_numbers >= _WORTH_A_THREAD else 1
    at_once = min(allowed, len(folds))
    model.set_params(n_threads=allowed // at_once, warm_start=True)
    jobs = [partial(fold_path, model, Cs[upwards], fold, rows, score, verbose) for fold in folds]
    paths = side_by_side(jobs, at_once)
    given = np.argsort(upwards)
    return Grid(
        Cs,
        np.stack([path.parameters[given] for path in paths]),
        np.stack([path.scores[given] for path in paths]),
        [[path.results[i] for i in given] for path in paths],
    )


def refit_at_best(model: SoftmaxRegression, grid: Grid, rows: Examples) -> SoftmaxRegression:
    """A fit to all rows at the C of the best mean score, from the mean of the folds' parameters there."""
    best = int(grid.scores.sum(axis=0).argmax())
    start = np.ma.masked_invalid(grid.parameters[:, best]).mean(axis=0).filled(0.0)
    fitted = with_parameters(model, start, np.arange(rows.targets.n_classes))
    fitted.set_params(C=float(grid.Cs[best]), warm_start=True, n_threads=None)
    return fit_to_numbers(fitted, rows)


def mean_of_best(model: SoftmaxRegression, grid: Grid, rows: Examples) -> SoftmaxRegression:
    """The mean of each fold's parameters at its own best C, and of those C."""
    best = grid.scores.argmax(axis=1)
    mean = grid.parameters[np.arange(len(best)), best].mean(axis=0)
    return with_parameters(model, mean, rows.targets.classes).set_params(C=float(grid.Cs[best].mean()))


def unconverged(results: list[SolverResult]) -> str:
    """How many fits did not reach their tolerance, why, and what to try; empty if all did."""
    reasons = [result.reason for result in results if not result.converged]
    told = [
        f"{reasons.count(reason)} of {len(results)} fits did not converge: {reason.sentence} {reason.remedy}"
        for reason in dict.fromkeys(reasons)
    ]
    return " ".join(told)
