"""A step along a descent direction of a convex function, sound in low precision.

Along a line a convex function's slope only rises. Where it is still ≤ 0 the function has fallen all the way there, so
that the slope alone proves a decrease which the rounded values may no longer show.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from pminusy.solvers.objective import Objective
from pminusy.solvers.vectors import combine, dot

Array = NDArray[Any]

_SUFFICIENT = 1e-4  # of the decrease that the slope promises
_MOST_TRIES = 30


@dataclass(frozen=True)
class Point:
    """Parameters, and the objective's value and gradient there."""

    parameters: Array
    value: float
    gradient: Array


def search(objective: Objective, start: Point, direction: Array, spare: Point) -> Point | None:
    """The first acceptable point at 1 times the direction, then where the secant of the slopes crosses zero.

    None if there is none. It is written into the arrays of `spare`, and is where the objective was evaluated last.
    """
    slope = dot(start.gradient, direction)
    length, parameters, gradient = 1.0, spare.parameters, spare.gradient
    for _ in range(_MOST_TRIES):
        combine(parameters, 1.0, start.parameters, [length], direction[None])
        value = objective.value_and_gradient(parameters, gradient)
        new_slope = dot(gradient, direction)
        if new_slope <= 0 or value <= start.value + _SUFFICIENT * length * slope:
            return Point(parameters, value, gradient)
        shrink = slope / (slope - new_slope) if slope < 0 and np.isfinite(new_slope) else 0.0
        length *= min(max(shrink, 0.1), 0.9)
    return None
