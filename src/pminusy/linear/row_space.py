"""Dense data with many more features than rows, in the span of the rows, where the optimum lies.

With the centred rows X̄ = RᵀQᵀ, Q of orthonormal columns, coefficients W = W'Qᵀ have the same length as W', and the
logits W x̄ are those of the rows of Rᵀ: at most N features take the place of D. Without an intercept rows are not
centred. Rows that don't count are 0 there, so that they turn nothing; directions in which rows differ by rounding only
are left out.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any, TypeGuard, final

import numpy as np
from numpy.typing import NDArray
from scipy.linalg import get_lapack_funcs, qr

from pminusy.blocks.outside import OutsideMatrix
from pminusy.linear.problem import AnyProblem, LinearProblem

Array = NDArray[Any]

_MOST_ROWS = 4000
_ROUNDINGS = 10
_COPIES = 4  # of X, in float64, while it is turned


def is_wide(problem: AnyProblem) -> TypeGuard[LinearProblem]:
    """Whether X is dense and wide, with few enough rows, and can be in memory."""
    n_rows, n_features = problem.X.shape
    if isinstance(problem.X, OutsideMatrix):
        if _COPIES * 8 * problem.X.size > problem.X.memory:
            return False
    elif not isinstance(problem.X, np.ndarray):
        return False
    return 2 * n_rows < n_features and n_rows <= _MOST_ROWS


@final
class RowSpace:
    """A problem with no more features than rows, `within`, and the way there and back."""

    def __init__(self, problem: LinearProblem) -> None:
        n_rows, self._n_features = problem.X.shape
        masses = problem.settle(problem.dtype).mass()
        counted = masses > 0
        self._centre = np.zeros(self._n_features)
        if problem.fit_intercept:
            self._centre = (masses / masses.sum())[counted] @ problem.X[counted].astype(np.float64)
        X = (problem.X[:] - self._centre).astype(problem.dtype)
        X[~counted] = 0
        size = float(np.linalg.norm(X))
        (self._reflections, self._scales), R = qr(X.T, mode="raw", overwrite_a=True, check_finite=False)
        self._multiply = get_lapack_funcs("ormqr", (self._reflections,))
        # Once more, with pivots, for the rank.
        self._basis, R, order = qr(np.triu(R[:n_rows]), pivoting=True, check_finite=False)
        diagonal = np.abs(R.diagonal())
        # Entries are rounded one by one, so that rounding, too, is a matrix of N D numbers.
        offset = self.offset * np.sqrt(np.count_nonzero(counted))
        noise = float(np.finfo(problem.dtype).eps) * size + float(np.finfo(np.float64).eps) * offset
        rank = max(1, int(np.count_nonzero(diagonal > _ROUNDINGS * noise)))
        self._basis = np.ascontiguousarray(self._basis[:, :rank])
        within = np.empty((n_rows, rank), problem.dtype)
        within[order] = R[:rank].T
        self.within = replace(problem, X=within)

    @property
    def offset(self) -> float:
        """How far the middle of the rows is from 0."""
        return float(np.linalg.norm(self._centre))

    def inward(self, W: Array, b: Array) -> tuple[Array, Array]:
        """Coefficients and intercepts of the problem within: W' = W Q."""
        turned = self._reflected(W.astype(self._basis.dtype), "T")
        return turned[:, : len(self._basis)] @ self._basis, b + (W @ self._centre).astype(b.dtype)

    def outward(self, W: Array, b: Array) -> tuple[Array, Array]:
        """Those of the problem itself: W = W' Qᵀ."""
        padded = np.zeros((len(W), self._n_features), self._basis.dtype)
        padded[:, : len(self._basis)] = W @ self._basis.T
        outer = self._reflected(padded, "N")
        return outer, b - outer @ self._centre

    def _reflected(self, W: Array, transposed: str) -> Array:
        """W times the reflections of the first factorisation, or their transpose."""
        work = max(1, len(W)) * 64
        reflected: Array = self._multiply("L", transposed, self._reflections, self._scales, W.T, work)[0].T
        return reflected
