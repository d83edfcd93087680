"""L-BFGS, begun from a preconditioner instead of a multiple of the identity.

Source: D. C. Liu and J. Nocedal, On the limited memory BFGS method for large scale optimization, Mathematical
Programming 45 (1989) 503-528.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from pminusy.solvers.descent import descend
from pminusy.solvers.line_search import Point
from pminusy.solvers.log import Log
from pminusy.solvers.objective import MakePreconditioner, Objective, Preconditioner
from pminusy.solvers.result import Solution
from pminusy.solvers.secant_pairs import SecantPairs
from pminusy.solvers.vectors import dot

Array = NDArray[Any]

_FIRST_RENEWAL = 14  # passes until the preconditioner is made anew, the first time; then four times as many
_MOST_PAIRS, _LEAST_PAIRS, _REMEMBERED = 20, 3, 20_000_000  # numbers in all pairs together


def minimize_lbfgs(
    objective: Objective, start: Array, *, preconditioner: MakePreconditioner, tol: float, max_iter: int
) -> Solution:
    """Minimise from `start`; `descent.py` says when it ends."""
    log = Log(objective, "lbfgs", tol)
    method = _Lbfgs(objective, preconditioner, log, start.size)
    return descend(objective, method, log, start, tol=tol, max_iter=max_iter)


class _Lbfgs:
    def __init__(self, objective: Objective, make: MakePreconditioner, log: Log, n_parameters: int) -> None:
        self._objective, self._make_preconditioner, self._log = objective, make, log
        self._preconditioner: Preconditioner | None = None
        n_pairs = min(_MOST_PAIRS, max(_LEAST_PAIRS, _REMEMBERED // (2 * n_parameters)))
        self._pairs = SecantPairs(n_pairs, n_parameters, objective.dtype)
        self._renewal, self._renew_at = _FIRST_RENEWAL, 0
        self._direction = np.empty(n_parameters, objective.dtype)

    def gain(self, gradient: Array) -> float:
        """½⟨g, B⁻¹g⟩ with the approximate Hessian B."""
        passes = self._objective.passes
        if self._preconditioner is None or passes >= self._renew_at:
            if self._preconditioner is not None:
                self._renewal *= 4
            self._preconditioner = None  # its memory first
            with self._log.phase("preconditioners"):
                self._preconditioner = self._make_preconditioner()
            self._renew_at = passes + self._renewal
        with self._log.phase("directions"):
            self._pairs.descent_direction(self._preconditioner, gradient, self._direction)
            return -0.5 * dot(gradient, self._direction)

    def direction(self, gradient: Array, norm: float) -> Array:  # noqa: ARG002
        """−B⁻¹g, as `gain` has computed it."""
        return self._direction

    def moved(self, old: Point, new: Point) -> None:
        """Remember the step and how the gradient changed along it."""
        with self._log.phase("directions"):
            self._pairs.add(old, new)
