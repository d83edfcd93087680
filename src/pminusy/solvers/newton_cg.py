"""Truncated Newton: each step solves H d = −g by preconditioned conjugate gradients, as far as it is worth.

Source: S. C. Eisenstat and H. F. Walker, Choosing the forcing terms in an inexact Newton method, SIAM Journal on
Scientific Computing 17 (1996) 16-32; J. Nocedal and S. J. Wright, Numerical Optimization, Springer 2006, chapter 7.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from pminusy.solvers.descent import descend
from pminusy.solvers.line_search import Point
from pminusy.solvers.log import Log
from pminusy.solvers.objective import MakePreconditioner, Preconditioner, TwiceDifferentiable
from pminusy.solvers.result import Solution
from pminusy.solvers.vectors import combine, dot

Array = NDArray[Any]

_LOOSEST = 0.25  # how much of the residual a step may leave
_MOST_PRODUCTS = 250  # within one step
_WORTH_A_PRECONDITIONER = 10  # passes since the last one was made


def minimize_newton_cg(
    objective: TwiceDifferentiable,
    start: Array,
    *,
    preconditioner: MakePreconditioner,
    tol: float,
    max_iter: int,
) -> Solution:
    """Minimise from `start`; `descent.py` says when it ends."""
    log = Log(objective, "newton-cg", tol)
    method = _TruncatedNewton(objective, preconditioner, log)
    return descend(objective, method, log, start, tol=tol, max_iter=max_iter)


class _TruncatedNewton:
    def __init__(self, objective: TwiceDifferentiable, make: MakePreconditioner, log: Log) -> None:
        self._objective, self._make_preconditioner, self._log = objective, make, log
        self._preconditioner: Preconditioner | None = None
        self._made_at, self._first_norm = 0, 0.0

    def gain(self, gradient: Array) -> float:
        """½⟨g, M⁻¹g⟩: half the Newton decrement squared, with the preconditioner for H."""
        passes = self._objective.passes
        if self._preconditioner is None or passes - self._made_at >= _WORTH_A_PRECONDITIONER:
            self._preconditioner = None  # its memory first
            with self._log.phase("preconditioners"):
                self._preconditioner, self._made_at = self._make_preconditioner(), passes
        return 0.5 * dot(gradient, self._preconditioner(gradient))

    def direction(self, gradient: Array, norm: float) -> Array:
        """Conjugate gradients until the M⁻¹-norm of the residual is a share of what it was, √(norm / first norm)."""
        self._first_norm = self._first_norm or norm
        leave = min(_LOOSEST, float(np.sqrt(norm / self._first_norm)))
        assert self._preconditioner is not None  # `gain` comes first
        with self._log.phase("Hessian products"):
            return _conjugate_gradients(self._objective, gradient, self._preconditioner, leave)

    def moved(self, old: Point, new: Point) -> None:
        """Nothing is carried over but the preconditioner."""


def _conjugate_gradients(
    objective: TwiceDifferentiable, gradient: Array, precondition: Preconditioner, leave: float
) -> Array:
    """D with H d ≈ −g; a descent direction whenever it stops, since every iterate of conjugate gradients is one."""
    solution, residual, product = np.zeros_like(gradient), -gradient, np.empty_like(gradient)
    preconditioned = precondition(residual)
    search, remaining = preconditioned.copy(), dot(residual, preconditioned)
    enough = leave**2 * remaining
    for _ in range(_MOST_PRODUCTS):
        objective.hessian_product(search, product)
        curvature = dot(search, product)
        if not curvature > 0:  # rounding alone can do this: the objective is convex
            break
        step = remaining / curvature
        combine(solution, 1.0, solution, [step], search[None])
        combine(residual, 1.0, residual, [-step], product[None])
        precondition(residual, preconditioned)
        previous, remaining = remaining, dot(residual, preconditioned)
        if not remaining > enough:
            break
        combine(search, remaining / previous, search, [1.0], preconditioned[None])
    return solution if solution.any() else -precondition(gradient)
