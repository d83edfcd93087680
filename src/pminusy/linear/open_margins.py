"""A direction that separates, out of coefficients that have run far along it.

Where rows can be separated, coefficients grow along a direction and soon are far, but never exactly on it: θ = t V +
θ₀. Rows that the direction leaves alone keep classes that are open, with probabilities that stay away from 0. V is what
remains of θ once it is projected onto the parameters for which the open margins are 0. Since a few rows settle that
projection, a sample is taken first, and rows in which the remainder falls are added until none is left: the work is
that of a few passes over X, whatever its size.

Conventions
-----------
A row's reference r is its first class with mass. Its margin over class j is u_r − u_j for u = V x + c. It is taken for
open if j has mass as well, or a probability above a threshold, or if it falls along what the others leave: thresholds
are tried from the least, since a fit that ended early still gives classes a chance that it would rule out.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray
from scipy.sparse.linalg import LinearOperator, lsmr

from pminusy.linear.evaluation import AnyEvaluation, Evaluation
from pminusy.linear.problem import AnyProblem
from pminusy.linear.separation import VISIBLE, Direction, from_one_scale
from pminusy.losses.softmax import softmax

Array = NDArray[Any]

_THRESHOLDS = (0.01, 0.1, 0.5)  # probabilities
_ROUNDS = 8
_MOST_NUMBERS = 1 << 23  # of the rows that settle the projection
_MOST_STEPS = 300
_NOTHING = 1e-9  # of θ, a remainder that is rounding
_CONSTANT = 1e-11  # a deviation of a column, beside its mean


def clear_direction(at: AnyEvaluation, V: Array, c: Array) -> Direction | None:
    """The part of (V, c) along which no open margin changes, of length 1, if it separates; None if it doesn't.

    Parameters
    ----------
    at : AnyEvaluation
        Whose probabilities tell which margins are open.
    V, c : array (F, D), (F,)
        Where the coefficients have gone: usually they themselves.
    """
    found = (_clear(at, V, c, threshold) for threshold in _THRESHOLDS)
    return next((direction for direction in found if direction), None)


def _clear(at: AnyEvaluation, V: Array, c: Array, threshold: float) -> Direction | None:
    problem = at.problem
    most = min(
        2 * problem.n_free * problem.X.shape[1] + 64,
        1 + _MOST_NUMBERS // (1 + problem.n_numbers // problem.X.shape[0]),
    )
    chosen = _OpenRows.of(at, _spread(_open_rows(at, threshold), most), threshold)
    for _ in range(_ROUNDS):
        direction = chosen.without(V, c)
        if direction is None:
            return None
        worst = at.falling_rows(*direction, -VISIBLE, most)
        if not len(worst):
            return direction if at.margin_range(*direction)[1] > VISIBLE else None
        chosen = chosen.joined_by(_OpenRows.of(at, worst, threshold, falling_along=direction))
    return None


def _spread(numbers: Array, most: int) -> Array:
    """So many of the numbers, evenly spread, or all."""
    places = np.linspace(0, len(numbers) - 1, min(most, len(numbers))).astype(np.intp)
    return np.unique(numbers[places])


def _open_rows(at: AnyEvaluation, threshold: float) -> Array:
    return np.flatnonzero(np.concatenate(at.sum_over_logits(_has_open, threshold)[0]))


def _has_open(
    part: Evaluation, _: None, Z: Array, rows: slice, threshold: float
) -> tuple[list[NDArray[np.bool_]]]:
    is_open = _open_classes(part.support(rows), part.masses[rows] > 0, softmax(Z) > threshold)
    return ([np.any(is_open, axis=1)],)


def _open_classes(
    support: NDArray[np.bool_], counted: NDArray[np.bool_], likely: NDArray[np.bool_]
) -> NDArray[np.bool_]:
    is_open: NDArray[np.bool_] = (support | likely) & counted[:, None]
    is_open[np.arange(len(is_open)), support.argmax(axis=1)] = False
    return is_open


@dataclass(frozen=True)
class _OpenRows:
    """Some rows, and their open margins.

    Attributes
    ----------
    problem : AnyProblem
    X : array or CSR matrix (n, D), float64
    reference : array (n,)
    is_open : array (n, K)
    """

    problem: AnyProblem
    X: Any
    reference: Array
    is_open: NDArray[np.bool_]

    @classmethod
    def of(
        cls, at: AnyEvaluation, rows: Array, threshold: float, falling_along: Direction | None = None
    ) -> _OpenRows:
        X, support = at.problem.X[rows].astype(np.float64), at.support(rows)
        counted: NDArray[np.bool_] = np.asarray(support.any(axis=1))  # the others have no reference
        reference = support.argmax(axis=1)
        open_classes = softmax(at.with_held(X @ at.W.T + at.b)) > threshold
        if falling_along:
            V, c = falling_along
            U = at.with_held(X @ V.T + c)
            terms = (abs(X) @ np.abs(V).T).max(axis=1, keepdims=True) + np.abs(c).max()
            open_classes |= np.take_along_axis(U, reference[:, None], axis=1) - U < -VISIBLE * terms
        return cls(at.problem, X, reference, _open_classes(support, counted, open_classes))

    def joined_by(self, others: _OpenRows) -> _OpenRows:
        """All of these rows and the others; a row may come twice, with different margins."""
        stack = sp.vstack if sp.issparse(self.X) else np.concatenate
        return _OpenRows(
            self.problem,
            stack([self.X, others.X]),
            np.concatenate([self.reference, others.reference]),
            np.concatenate([self.is_open, others.is_open]),
        )

    def without(self, V: Array, c: Array) -> Direction | None:
        """What remains of a direction without the shortest part that the open margins see; None if nothing does."""
        X, centre, scale = self._on_one_scale()
        theta = np.concatenate([V * scale, (c + V @ centre)[:, None]], axis=1)
        operator = LinearOperator(
            shape=(self.is_open.size, theta.size),
            matvec=lambda flat: self._margins(X, flat.reshape(theta.shape)).ravel(),
            rmatvec=lambda flat: self._adjoint(X, flat.reshape(self.is_open.shape)).ravel(),
            dtype=np.dtype(np.float64),
        )
        right = self._margins(X, theta).ravel()
        seen = lsmr(operator, right, atol=1e-15, btol=1e-15, conlim=0, maxiter=_MOST_STEPS)[0]
        remainder = theta - seen.reshape(theta.shape)
        if not np.abs(remainder).max() > _NOTHING * np.abs(theta).max():
            return None
        return from_one_scale(self.problem, remainder, centre, scale)

    def _on_one_scale(self) -> tuple[Any, Array, Array]:
        """The rows with columns of mean square 1, and what was subtracted from and divided out of each column.

        Dense rows are centred, where there is an intercept.
        """
        X, centre = self.X, np.zeros(self.X.shape[1])
        if sp.issparse(X):
            scale = np.sqrt(np.asarray(X.power(2).sum(axis=0)).ravel() / max(1, X.shape[0]))
            scale[scale == 0] = 1.0
            return (X @ sp.diags_array(1 / scale)).tocsr(), centre, scale
        if self.problem.fit_intercept and len(X):
            centre = X.mean(axis=0)
        X = X - centre
        scale = np.sqrt(np.square(X).sum(axis=0) / max(1, len(X)))
        scale[scale <= _CONSTANT * np.abs(centre)] = 1.0
        return X / scale, centre, scale

    def _margins(self, X: Any, theta: Array) -> Array:
        """The open margins (n, K), 0 elsewhere."""
        free = X @ theta[:, :-1].T + theta[:, -1] * self.problem.fit_intercept
        U = np.concatenate([np.zeros((len(free), self.problem.n_classes - len(theta))), free], axis=1)
        return np.where(self.is_open, np.take_along_axis(U, self.reference[:, None], axis=1) - U, 0.0)

    def _adjoint(self, X: Any, weights: Array) -> Array:
        dU = np.where(self.is_open, -weights, 0.0)
        dU[np.arange(len(dU)), self.reference] = -dU.sum(axis=1)
        dU = dU[:, self.problem.n_classes - self.problem.n_free :]
        dc = dU.sum(axis=0) * self.problem.fit_intercept
        return np.concatenate([(X.T @ dU).T, dc[:, None]], axis=1)
