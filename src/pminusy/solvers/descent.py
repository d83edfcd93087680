"""The loop that all methods share: a direction, a step along it, a reason to stop.

A method supplies directions and an estimate of what is left to gain. It has converged when the gradient norm is at
most `tol` and the gain at most tol·|f|/1000, because along flat directions a gradient can be small where the objective
is not yet (a value that is negligible to the objective need not be halved again and again); or when the gain is lost in
the value's rounding and no step helps any more. Precision runs out when that happens while the norm is above `tol`.
"""

from __future__ import annotations

from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from pminusy.solvers.line_search import Point, search
from pminusy.solvers.log import Log
from pminusy.solvers.objective import Objective
from pminusy.solvers.result import Reason, Solution

Array = NDArray[Any]

_SPARE = 1e-3  # the estimate may be a tenth of what is left
_NO_LOSS = float(np.finfo(np.float64).eps)  # of a mean loss, which is never negative
_LOST = 100  # a gain of so many roundings of the objective can't be told from none
_MOST_STALLS = (
    4  # iterations in a row that bring neither a smaller gradient nor a lower value where the gain is lost
)


class Method(Protocol):
    """Where to go from a point; it is asked at the point of the objective's last evaluation."""

    def gain(self, gradient: Array) -> float:
        """An estimate of f − min f."""
        ...

    def direction(self, gradient: Array, norm: float) -> Array:
        """A descent direction, at a gradient of this norm."""
        ...

    def moved(self, old: Point, new: Point) -> None:
        """A step has been taken."""
        ...


def descend(
    objective: Objective, method: Method, log: Log, start: Array, *, tol: float, max_iter: int
) -> Solution:
    """Minimise from `start` in at most `max_iter` steps."""
    point = _evaluate(objective, log, start.copy())
    spare = Point(start.copy(), np.nan, np.empty_like(start))
    smallest, lowest, stalls = np.inf, np.inf, 0
    while True:
        norm = objective.gradient_norm(point.gradient)
        log.record(point.value, norm)
        reason, lost = None, False
        if not (np.isfinite(point.value) and np.isfinite(norm)):
            reason = Reason.NOT_FINITE
        else:
            gain = method.gain(point.gradient)
            lost = gain <= _LOST * np.finfo(objective.dtype).eps * abs(point.value)
            small = gain <= _SPARE * tol * max(abs(point.value), objective.negligible)
            small = small or abs(point.value) <= _NO_LOSS
            if norm <= tol and small:
                reason = Reason.GRADIENT_TOLERANCE
            elif log.n_iter >= max_iter:
                reason = Reason.MAX_ITERATIONS
        if reason is None:
            stalls = stalls + 1 if lost and norm > 0.9 * smallest and point.value >= lowest else 0
            smallest, lowest = min(smallest, norm), min(lowest, point.value)
            direction = method.direction(point.gradient, norm)
            with log.phase("gradients"):
                step = None if stalls > _MOST_STALLS else search(objective, point, direction, spare)
            if step is not None:
                method.moved(point, step)
                point, spare = step, point
                continue
            if stalls <= _MOST_STALLS:  # leave the objective where the search ends, not where it last tried
                point = spare = _evaluate(objective, log, point.parameters)
            at_rest = Reason.GRADIENT_TOLERANCE if norm <= tol else Reason.PRECISION
            reason = at_rest if lost else Reason.LINE_SEARCH
        last_step = point.parameters - spare.parameters
        return Solution(point.parameters, point.gradient, last_step, log.result(reason))


def _evaluate(objective: Objective, log: Log, parameters: Array) -> Point:
    gradient = np.empty_like(parameters)
    with log.phase("gradients"):
        return Point(parameters, objective.value_and_gradient(parameters, gradient), gradient)
