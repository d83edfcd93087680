"""Whether the loss has a minimum at all: without a penalty it has none where rows can be separated.

A row's margins are the logit of its label less that of each other class. A direction (V, c) of the parameters separates
if along it no margin of a counted row falls, and some rise. The loss then decreases along it for ever.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray
from scipy.optimize import linprog

from pminusy.linear.evaluation import Evaluation
from pminusy.linear.problem import LinearProblem
from pminusy.losses.targets import LabelTargets

Array = NDArray[Any]

_DOUBLE = np.dtype(np.float64)
_ZERO = 1e-11  # a margin so small beside the terms that it was summed of
_SURE_OF = 0.9  # the probability of its label, of a row that may be separated
_MOST_NUMBERS = 1 << 16  # in a linear programme: some 30 ms


def may_separate(problem: LinearProblem) -> bool:
    """Whether a loss without a minimum is possible: no penalty, and labels without smoothing."""
    targets = problem.settle(_DOUBLE)
    return not problem.penalty and isinstance(targets, LabelTargets) and not targets.shift.size


def separates(at: Evaluation, V: Array, c: Array) -> bool:
    """Whether a direction separates, by its margins in float64; where `may_separate` only."""
    margins = at.margins(V, c, _labels(at.problem))
    return margins.largest > _ZERO and margins.smallest >= -_ZERO


def find_direction(at: Evaluation) -> tuple[Array, Array] | None:
    """A direction that separates, of length 1, by a linear programme; None if there is none, or X is large.

    The sum of the margins is maximised, all of them ≥ 0, on columns with mean 0 and mean square 1 and parameters of at
    most 1. For the multinomial case see A. Albert and J. A. Anderson, On the existence of maximum likelihood estimates
    in logistic regression models, Biometrika 71 (1984) 1-10.
    """
    problem, counted = at.problem, at.masses > 0
    n_rows, n_own = int(np.count_nonzero(counted)), problem.X.shape[1] + problem.fit_intercept
    if n_rows * (problem.n_classes - 1) * problem.n_free * n_own > _MOST_NUMBERS:
        return None
    labels = _labels(problem)[counted]
    if not at.largest_probability(_labels(problem)) > _SURE_OF:
        return None
    X = (problem.X.toarray() if sp.issparse(problem.X) else problem.X)[counted].astype(_DOUBLE)
    centre = X.mean(axis=0) if problem.fit_intercept else np.zeros(X.shape[1])
    scale = np.sqrt(np.square(X - centre).mean(axis=0))
    scale[scale <= _ZERO * np.abs(centre)] = np.inf  # a constant column separates nothing
    A = np.concatenate([(X - centre) / scale, np.ones((n_rows, int(problem.fit_intercept)))], axis=1)
    margins = _margin_rows(A, labels, problem.n_classes)[:, problem.n_classes - problem.n_free :]
    margins = margins.reshape(len(margins), -1)
    found = linprog(-margins.sum(axis=0), A_ub=-margins, b_ub=np.zeros(len(margins)), bounds=(-1, 1))
    if found.status != 0 or not found.x.any():
        return None
    parameters = found.x.reshape(problem.n_free, n_own)
    if problem.n_free == problem.n_classes:
        parameters = parameters - parameters.mean(axis=0)  # what all classes share tells none apart
    V = parameters[:, : X.shape[1]] / scale
    c = parameters[:, -1] - V @ centre if problem.fit_intercept else np.zeros(problem.n_free)
    direction = unit(V, c)
    return direction if direction and separates(at, *direction) else None


def unit(V: Array, c: Array) -> tuple[Array, Array] | None:
    """The direction with length 1; None where it has none, or one that is not finite."""
    length = np.sqrt(float(np.vdot(V, V)) + float(np.vdot(c, c)))
    return (V / length, c / length) if length and np.isfinite(length) else None


def _labels(problem: LinearProblem) -> Array:
    targets = problem.settle(_DOUBLE)
    assert isinstance(targets, LabelTargets)
    return targets.labels


def _margin_rows(A: Array, labels: Array, n_classes: int) -> Array:
    """For each row and each class that is not its label, what its margin over that class is of all parameters."""
    rows = np.zeros((n_classes, len(A), n_classes, A.shape[1]))
    rows[:, np.arange(len(A)), labels] += A
    for other in range(n_classes):
        rows[other, :, other] -= A
    return rows[np.arange(n_classes)[:, None] != labels]
