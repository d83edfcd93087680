"""The last steps of L-BFGS with how the gradient changed along them, and the inverse Hessian that they make.

Steps s_i and changes y_i, the oldest first, are the rows of S and Y. With a symmetric positive definite start γM⁻¹,
R_ij = ⟨s_i, y_j⟩ for i ≤ j and 0 elsewhere, and D = diag(R), the BFGS updates of γM⁻¹ by all pairs give, for any g,

    u = R⁻¹ S g,    r = γM⁻¹ (g − Yᵀu),    B⁻¹g = r + Sᵀ R⁻ᵀ (D u − Y r)

This is the two-loop recursion with its sums taken together: S and Y are read twice each, whatever their number.

Source: R. H. Byrd, J. Nocedal and R. B. Schnabel, Representations of quasi-Newton matrices and their use in limited
memory methods, Mathematical Programming 63 (1994) 129-156, theorem 2.2.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.linalg.lapack import dtrtrs

from pminusy.solvers.line_search import Point
from pminusy.solvers.objective import Preconditioner
from pminusy.solvers.vectors import combine, dot, dots

Array = NDArray[Any]


class SecantPairs:
    """At most n_pairs pairs of vectors; a new one takes the place of the oldest."""

    def __init__(self, n_pairs: int, n_parameters: int, dtype: np.dtype[Any]) -> None:
        self._S, self._Y = np.zeros((2, n_pairs, n_parameters), dtype)
        self._SY = np.zeros((n_pairs, n_pairs))  # ⟨s_i, y_j⟩
        self._vector = np.empty(n_parameters, dtype)
        self._order: list[int] = []  # rows of S and Y in use, the oldest pair's first

    def add(self, old: Point, new: Point) -> None:
        """Remember a step and the change of the gradient along it, where they show a curvature."""
        if len(self._order) == len(self._S):
            self._order.pop(0)
        free = next(row for row in range(len(self._S)) if row not in self._order)
        combine(self._S[free], 1.0, new.parameters, [-1.0], old.parameters[None])
        combine(self._Y[free], 1.0, new.gradient, [-1.0], old.gradient[None])
        self._SY[:, free] = dots(self._S, self._Y[free])
        if self._SY[free, free] > 0:
            self._order.append(free)

    def descent_direction(self, precondition: Preconditioner, gradient: Array, out: Array) -> Array:
        """−B⁻¹g into `out`, with γ such that B agrees with the last pair's curvature."""
        if not self._order:
            return combine(out, -1.0, precondition(gradient, out), [], self._S[:0])
        R = self._SY[self._order][:, self._order]  # of which the upper triangle counts
        u = _solve(R, dots(self._S, gradient)[self._order])
        vector = combine(self._vector, -1.0, gradient, self._spread(u), self._Y)
        start = precondition(vector, out)
        last = self._Y[self._order[-1]]
        scale = R[-1, -1] / dot(last, precondition(last, vector))
        w = _solve(R, R.diagonal() * u + scale * dots(self._Y, start)[self._order], transposed=True)
        return combine(out, scale, start, self._spread(-w), self._S)

    def _spread(self, factors: Array) -> Array:
        """Factors of the pairs in their order as factors of the rows, 0 for those not in use."""
        spread = np.zeros(len(self._S))
        spread[self._order] = factors
        return spread


def _solve(R: Array, right: Array, transposed: bool = False) -> Array:
    """R⁻¹ or R⁻ᵀ times a vector, for the upper triangle of R."""
    return dtrtrs(R, right, trans=int(transposed))[0]
