"""The search over C and l1_ratio: all folds' paths, and the model that the best of them give."""

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
from pminusy.linear.cross_validation.path import OnFit, fold_path
from pminusy.linear.cross_validation.scoring import HeldOutScore
from pminusy.linear.cross_validation.side_by_side import side_by_side
from pminusy.linear.regression import SoftmaxRegression
from pminusy.options import is_integer
from pminusy.solvers.result import SolverResult

Array = NDArray[Any]

# With fewer numbers, threads wait for one another's Python code for longer than they compute.
WORTH_A_THREAD = 1 << 19


@dataclass(frozen=True)
class Grid:
    """Every fold at every point: all C for the first l1_ratio, then all for the next."""

    l1_ratios: Array  # (n_points,)
    Cs: Array  # (n_points,)
    parameters: Array  # (n_folds, n_points, F, D + 1)
    scores: Array  # (n_folds, n_points)
    results: list[list[SolverResult]]  # n_folds lists of n_points


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


def read_ratios(l1_ratios: Any) -> Array:
    """The values of l1_ratio, float64: those given, or 0 for None.

    Raises
    ------
    InputError
        No list of numbers in [0, 1].
    """
    if l1_ratios is None:
        return np.zeros(1)
    try:
        ratios = np.asarray(l1_ratios)
    except ValueError:  # rows of different lengths
        ratios = np.empty(0)
    usable = ratios.ndim == 1 and ratios.size > 0 and ratios.dtype.kind in "iuf"
    if not (usable and ((ratios >= 0) & (ratios <= 1)).all()):
        raise InputError(f"l1_ratios: expected None or a list of numbers in [0, 1], got {l1_ratios!r}")
    return ratios.astype(np.float64)


def search(
    model: SoftmaxRegression,
    l1_ratios: Array,
    Cs: Array,
    folds: list[Fold],
    rows: Examples,
    score: HeldOutScore,
    on_fit: OnFit,
) -> Grid:
    """Fit and score every fold at every ratio and C, from the smallest up, on the threads that this context allows."""
    l1_ratios, Cs = np.repeat(l1_ratios, len(Cs)), np.tile(Cs, len(l1_ratios))
    upwards = np.lexsort((Cs, l1_ratios))
    points = list(zip(l1_ratios[upwards].tolist(), Cs[upwards].tolist(), strict=True))
    allowed = n_threads() if rows.n_numbers >= WORTH_A_THREAD else 1
    at_once = min(allowed, len(folds))
    model.set_params(n_threads=allowed // at_once, warm_start=True)
    jobs = [partial(fold_path, model, points, fold, rows, score, on_fit) for fold in folds]
    paths = side_by_side(jobs, at_once)
    given = np.argsort(upwards)
    return Grid(
        l1_ratios,
        Cs,
        np.stack([path.parameters[given] for path in paths]),
        np.stack([path.scores[given] for path in paths]),
        [[path.results[i] for i in given] for path in paths],
    )


def refit_at_best(model: SoftmaxRegression, grid: Grid, rows: Examples) -> SoftmaxRegression:
    """A fit to all rows at the point of the best mean score, from the mean of the folds' parameters there."""
    best = int(grid.scores.sum(axis=0).argmax())
    start = np.ma.masked_invalid(grid.parameters[:, best]).mean(axis=0).filled(0.0)
    fitted = with_parameters(model, start, np.arange(rows.targets.n_classes))
    fitted.set_params(
        C=float(grid.Cs[best]), l1_ratio=float(grid.l1_ratios[best]), warm_start=True, n_threads=None
    )
    return fit_to_numbers(fitted, rows)


def mean_of_best(model: SoftmaxRegression, grid: Grid, rows: Examples) -> SoftmaxRegression:
    """The mean of each fold's parameters at its own best point, and of those points."""
    best = grid.scores.argmax(axis=1)
    mean = grid.parameters[np.arange(len(best)), best].mean(axis=0)
    point = {"C": float(grid.Cs[best].mean()), "l1_ratio": float(grid.l1_ratios[best].mean())}
    return with_parameters(model, mean, rows.targets.classes).set_params(**point)


def unconverged(results: list[SolverResult]) -> str:
    """How many fits did not reach their tolerance, why, and what to try; empty if all did."""
    reasons = [result.reason for result in results if not result.converged]
    told = [
        f"{reasons.count(reason)} of {len(results)} fits did not converge: {reason.sentence} {reason.remedy}"
        for reason in dict.fromkeys(reasons)
    ]
    return " ".join(told)
