"""Newton's method with the Hessian written out: for few parameters the surest way and the shortest.

Source: J. Nocedal and S. J. Wright, Numerical Optimization, Springer 2006, chapter 3.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.linalg import LinAlgError, cho_factor, cho_solve

from pminusy.solvers.descent import descend
from pminusy.solvers.line_search import Point
from pminusy.solvers.log import Log
from pminusy.solvers.objective import MakeHessian, Objective
from pminusy.solvers.result import Solution
from pminusy.solvers.vectors import dot

Array = NDArray[Any]


def minimize_newton(
    objective: Objective, start: Array, *, hessian: MakeHessian, tol: float, max_iter: int
) -> Solution:
    """Minimise from `start`; `descent.py` says when it ends."""
    log = Log(objective, "newton", tol)
    return descend(objective, _Newton(hessian, log), log, start, tol=tol, max_iter=max_iter)


class _Newton:
    def __init__(self, hessian: MakeHessian, log: Log) -> None:
        self._hessian, self._log = hessian, log
        self._direction = np.empty(0)

    def gain(self, gradient: Array) -> float:
        """½⟨g, H⁻¹g⟩, half the Newton decrement squared."""
        with self._log.phase("Hessians"):
            hessian = self._hessian()
        with self._log.phase("factorisations"):
            self._direction = -solve_positive(hessian, gradient)
        return -0.5 * dot(gradient, self._direction)

    def direction(self, gradient: Array, norm: float) -> Array:  # noqa: ARG002
        """What `gain` has solved for."""
        return self._direction

    def moved(self, old: Point, new: Point) -> None:
        """Nothing is carried over."""


def solve_positive(matrix: Array, right: Array) -> Array:
    """The solution of a system whose matrix is positive semidefinite but for rounding; `matrix` is overwritten.

    It is scaled to a diagonal of 1, so that parameters of any units are alike. Where Cholesky's method breaks down the
    smallest ridge that helps is added: a flat direction then keeps still.
    """
    diagonal = matrix.diagonal()
    scales = 1 / np.sqrt(np.where(diagonal > 0, diagonal, 1))
    matrix *= scales[:, None]
    matrix *= scales
    ridge = 0.0
    while True:
        try:
            factor = cho_factor(matrix, lower=True, check_finite=False)
            return scales * cho_solve(factor, scales * right, check_finite=False)
        except LinAlgError:
            if not ridge <= 1:  # no number helps a matrix that is not finite
                return np.full_like(right, np.nan)
            larger = max(10 * ridge, 10 * float(np.finfo(matrix.dtype).eps))
            matrix.flat[:: len(matrix) + 1] += larger - ridge
            ridge = larger
