"""A direction that separates, out of coefficients that have run far along it.

Where rows can be separated, coefficients grow along a direction and soon are far, but never exactly on it: θ = t V +
θ₀. Rows that the direction leaves alone keep classes that are open, with probabilities that stay away from 0. V is what
remains of θ once it is projected onto the parameters for which the open margins are 0. Since a few rows settle that
projection, a sample is taken first, and rows in which the remainder falls are added until none is left: the work is
that of a few passes over X, whatever its size.

Conventions
-----------
A row's reference r is its first class with mass. Its margin over class j is u_r − u_j for u = V x + c; it is open if j
has mass as well, or a probability above _OPEN.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray
from scipy.sparse.linalg import LinearOperator, lsmr

from pminusy.linear.evaluation import Evaluation
from pminusy.linear.problem import LinearProblem
from pminusy.linear.separation import VISIBLE, Direction, between_classes, unit
from pminusy.losses.softmax import softmax

Array = NDArray[Any]

_OPEN = 0.01  # a probability
_ROUNDS = 8
_MOST_NUMBERS = 1 << 23  # of the rows that settle the projection
_MOST_STEPS = 300
_NOTHING = 1e-9  # of θ, a remainder that is rounding
_ROUNDING = 1e-12  # of the largest parameter, on columns of the same size


def clear_direction(at: Evaluation, V: Array, c: Array) -> Direction | None:
    """The part of (V, c) along which no open margin changes, of length 1, if it separates; None if it doesn't.

    Parameters
    ----------
    at : Evaluation
        Whose probabilities tell which margins are open.
    V, c : array (F, D), (F,)
        Where the coefficients have gone: usually they themselves.
    """
    problem = at.problem
    open_rows = _open_rows(at)
    most = max(
        1, min(2 * (problem.X.shape[1] + 1) + 64, _MOST_NUMBERS // max(1, _numbers_of_a_row(problem.X)))
    )
    rows = open_rows[np.unique(np.linspace(0, len(open_rows) - 1, min(most, len(open_rows))).astype(np.intp))]
    for _ in range(_ROUNDS):
        direction = _OpenRows.of(at, rows).without(V, c)
        if direction is None:
            return None
        margins = at.margins(*direction)
        falling = np.flatnonzero(margins.smallest < -VISIBLE)
        if not len(falling):
            return direction if margins.largest.max() > VISIBLE else None
        worst = falling[np.argsort(margins.smallest[falling], kind="stable")[:most]]
        grown = np.union1d(rows, worst)
        if len(grown) == len(rows):
            return None
        rows = grown
    return None


def _numbers_of_a_row(X: Any) -> int:
    return int(X.nnz // X.shape[0] if sp.issparse(X) else X.shape[1])


def _spread(numbers: Array, most: int) -> Array:
    """So many of the numbers, evenly spread, or all."""
    places = np.linspace(0, len(numbers) - 1, min(most, len(numbers))).astype(np.intp)
    return np.unique(numbers[places])


def _open_rows(at: Evaluation) -> Array:
    def visit(_: Any, Z: Array, rows: slice) -> tuple[list[NDArray[np.bool_]]]:
        return ([np.any(_open_classes(at, softmax(Z), rows), axis=1)],)

    return np.flatnonzero(np.concatenate(at.sum_over_logits(visit)[0]))


def _open_classes(at: Evaluation, P: Array, rows: slice | Array) -> NDArray[np.bool_]:
    support, counted = at.support(rows), at.masses[rows] > 0
    is_open: NDArray[np.bool_] = (support | (P > _OPEN)) & counted[:, None]
    is_open[np.arange(len(P)), support.argmax(axis=1)] = False
    return is_open


@dataclass(frozen=True)
class _OpenRows:
    """Some rows, on columns of the same size, and their open margins.

    Attributes
    ----------
    problem : LinearProblem
    X : array or CSR matrix (n, D)
        Centred, where there is an intercept and the rows are dense, and scaled.
    centre, scale : array (D,)
    reference : array (n,)
    is_open : array (n, K)
    """

    problem: LinearProblem
    X: Any
    centre: Array
    scale: Array
    reference: Array
    is_open: NDArray[np.bool_]

    @classmethod
    def of(cls, at: Evaluation, rows: Array) -> _OpenRows:
        problem = at.problem
        X = problem.X[rows].astype(np.float64)
        Z = np.concatenate([np.zeros((len(rows), at.n_held)), X @ at.W.T + at.b], axis=1)
        centre = np.zeros(X.shape[1])
        if sp.issparse(X):
            scale = np.sqrt(np.asarray(X.power(2).mean(axis=0)).ravel())
            scale[scale == 0] = 1.0
            X = (X @ sp.diags_array(1 / scale)).tocsr()
        else:
            centre = X.mean(axis=0) if problem.fit_intercept and len(X) else centre
            X -= centre
            scale = np.sqrt(np.square(X).mean(axis=0)) if len(X) else np.ones(X.shape[1])
            scale[scale <= _ROUNDING * np.abs(centre)] = 1.0
            X /= scale
        is_open = _open_classes(at, softmax(Z), rows)
        return cls(problem, X, centre, scale, at.support(rows).argmax(axis=1), is_open)

    def without(self, V: Array, c: Array) -> Direction | None:
        """What remains of a direction without the shortest part that the open margins see; None if nothing does."""
        theta = np.concatenate([V * self.scale, (c + V @ self.centre)[:, None]], axis=1)
        operator = LinearOperator(
            shape=(self.is_open.size, theta.size),
            matvec=lambda flat: self._margins(flat.reshape(theta.shape)).ravel(),
            rmatvec=lambda flat: self._adjoint(flat.reshape(self.is_open.shape)).ravel(),
            dtype=np.dtype(np.float64),
        )
        right = self._margins(theta).ravel()
        seen = lsmr(operator, right, atol=1e-15, btol=1e-15, conlim=0, maxiter=_MOST_STEPS)[0]
        remainder = theta - seen.reshape(theta.shape)
        size = np.abs(remainder).max(initial=0.0)
        if not size > _NOTHING * np.abs(theta).max():
            return None
        remainder[np.abs(remainder) < _ROUNDING * size] = 0.0
        V = remainder[:, :-1] / self.scale
        return unit(*between_classes(self.problem, V, remainder[:, -1] - V @ self.centre))

    def _margins(self, theta: Array) -> Array:
        """The open margins (n, K), 0 elsewhere."""
        free = self.X @ theta[:, :-1].T + theta[:, -1] * self.problem.fit_intercept
        U = np.concatenate([np.zeros((len(free), self.problem.n_classes - len(theta))), free], axis=1)
        return np.where(self.is_open, np.take_along_axis(U, self.reference[:, None], axis=1) - U, 0.0)

    def _adjoint(self, weights: Array) -> Array:
        dU = np.where(self.is_open, -weights, 0.0)
        dU[np.arange(len(dU)), self.reference] = -dU.sum(axis=1)
        dU = dU[:, self.problem.n_classes - self.problem.n_free :]
        dc = dU.sum(axis=0) * self.problem.fit_intercept
        return np.concatenate([(self.X.T @ dU).T, dc[:, None]], axis=1)
