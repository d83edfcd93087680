"""L-BFGS, begun from a preconditioner instead of a multiple of the identity.

Source: D. C. Liu and J. Nocedal, On the limited memory BFGS method for large scale optimization, Mathematical
Programming 45 (1989) 503-528.
"""

from __future__ import annotations

from collections import deque
from typing import Any

import numpy as np
from numpy.typing import NDArray

from pminusy.solvers.descent import descend
from pminusy.solvers.line_search import Point
from pminusy.solvers.log import Log
from pminusy.solvers.objective import Preconditioner, TwiceDifferentiable
from pminusy.solvers.result import Solution
from pminusy.solvers.vectors import add_scaled, difference, dot

Array = NDArray[Any]

_FIRST_RENEWAL = 20  # passes until the preconditioner is made anew, the first time; then four times as many
_MOST_PAIRS, _LEAST_PAIRS, _REMEMBERED = 20, 3, 20_000_000  # numbers in all pairs together


def minimize_lbfgs(objective: TwiceDifferentiable, start: Array, *, tol: float, max_iter: int) -> Solution:
    """Minimise from `start`; `descent.py` says when it ends."""
    log = Log(objective, "lbfgs", tol)
    return descend(objective, _Lbfgs(objective, log, start.size), log, start, tol=tol, max_iter=max_iter)


class _Lbfgs:
    def __init__(self, objective: TwiceDifferentiable, log: Log, n_parameters: int) -> None:
        self._objective, self._log = objective, log
        self._preconditioner: Preconditioner | None = None
        n_pairs = min(_MOST_PAIRS, max(_LEAST_PAIRS, _REMEMBERED // (2 * n_parameters)))
        self._pairs: deque[tuple[Array, Array, float]] = deque(maxlen=n_pairs)
        self._renewal, self._renew_at = _FIRST_RENEWAL, 0
        self._vector, self._direction = np.empty((2, n_parameters), objective.dtype)

    def gain(self, gradient: Array) -> float:
        """½⟨g, B⁻¹g⟩ with the approximate Hessian B."""
        passes = self._objective.passes
        if self._preconditioner is None or passes >= self._renew_at:
            if self._preconditioner is not None:
                self._renewal *= 4
            self._preconditioner = None  # its memory first
            with self._log.phase("preconditioners"):
                self._preconditioner, self._renew_at = (
                    self._objective.preconditioner(),
                    passes + self._renewal,
                )
        with self._log.phase("directions"):
            self._apply(self._preconditioner, gradient)
        return -0.5 * dot(gradient, self._direction)

    def direction(self, gradient: Array, norm: float) -> Array:  # noqa: ARG002
        """−B⁻¹g, as `gain` has computed it."""
        return self._direction

    def moved(self, old: Point, new: Point) -> None:
        """Remember the step and how the gradient changed along it, where that shows a curvature."""
        full = len(self._pairs) == self._pairs.maxlen
        memory = self._pairs.popleft()[:2] if full else np.empty((2, self._vector.size), self._vector.dtype)
        step = difference(new.parameters, old.parameters, memory[0])
        change = difference(new.gradient, old.gradient, memory[1])
        curvature = dot(step, change)
        if curvature > 0:
            self._pairs.append((step, change, curvature))

    def _apply(self, precondition: Preconditioner, gradient: Array) -> None:
        """Direction = −B⁻¹g: the two-loop recursion, begun from M⁻¹ in the last step's scale."""
        vector = self._vector
        np.copyto(vector, gradient)
        shares = []
        for step, change, curvature in reversed(self._pairs):
            shares.append(dot(step, vector) / curvature)
            add_scaled(vector, -shares[-1], change)
        result, scale = precondition(vector, self._direction), 1.0
        if self._pairs:
            _, change, curvature = self._pairs[-1]
            scale = curvature / dot(change, precondition(change, vector))
        result *= result.dtype.type(-scale)
        for (step, change, curvature), share in zip(self._pairs, reversed(shares), strict=True):
            add_scaled(result, -share - dot(change, result) / curvature, step)
