"""A direction that separates, by a linear programme: for small problems."""

from __future__ import annotations

from typing import Any

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray
from scipy.optimize import linprog

from pminusy.linear.evaluation import AnyEvaluation
from pminusy.linear.separation import Direction, from_one_scale, separates

Array = NDArray[Any]

_MOST_NUMBERS = 1 << 16  # some 30 ms
_MOST_ROWS = 1 << 20  # whose masses are looked at, and of which most then don't count
_CONSTANT = 1e-11  # a deviation of a column, beside its mean


def find_direction(at: AnyEvaluation) -> Direction | None:
    """A direction that separates, of length 1; None if there is none, or the programme is too large.

    The sum of the margins is maximised, all of them ≥ 0, on columns with mean 0 and mean square 1 and parameters of at
    most 1. Classes with mass in the same row are to rise alike.
    """
    problem = at.problem
    n_rows, n_own = problem.X.shape[0], problem.X.shape[1] + problem.fit_intercept
    if n_rows > _MOST_ROWS:
        return None
    counted = at.masses > 0
    n_rows = int(np.count_nonzero(counted))
    if n_rows * (problem.n_classes - 1) * problem.n_free * n_own > _MOST_NUMBERS:
        return None
    X = problem.X[counted]
    X = (X.toarray() if sp.issparse(X) else X).astype(np.float64)
    centre = X.mean(axis=0) if problem.fit_intercept else np.zeros(X.shape[1])
    scale = np.sqrt(np.square(X - centre).mean(axis=0))
    scale[scale <= _CONSTANT * np.abs(centre)] = np.inf  # a constant column separates nothing
    A = np.concatenate([(X - centre) / scale, np.ones((n_rows, int(problem.fit_intercept)))], axis=1)
    rising, alike = _margin_rows(A, at.support(counted))
    held = problem.n_classes - problem.n_free
    rising, alike = (rows[:, held:].reshape(len(rows), problem.n_free * n_own) for rows in (rising, alike))
    found = linprog(
        -rising.sum(axis=0),
        A_ub=-rising,
        b_ub=np.zeros(len(rising)),
        A_eq=alike if len(alike) else None,
        b_eq=np.zeros(len(alike)) if len(alike) else None,
        bounds=(-1, 1),
    )
    if found.status != 0:
        return None
    parameters = np.zeros((problem.n_free, X.shape[1] + 1))
    parameters[:, :n_own] = found.x.reshape(problem.n_free, n_own)
    direction = from_one_scale(problem, parameters, centre, scale)
    return direction if direction and separates(at, *direction) else None


def _margin_rows(A: Array, support: NDArray[np.bool_]) -> tuple[Array, Array]:
    """The margins of each row's first class with mass, over the classes without and with mass: rows (n, K, own)."""
    first = support.argmax(axis=1)
    every = np.arange(len(A))
    n_classes = support.shape[1]
    rows = np.zeros((n_classes, len(A), n_classes, A.shape[1]))
    rows[:, every, first] += A
    for other in range(n_classes):
        rows[other, :, other] -= A
    others = np.arange(n_classes)[:, None] != first
    return rows[others & ~support.T], rows[others & support.T]
