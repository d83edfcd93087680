"""Proximal Newton steps on a working set: a quadratic model of the loss, minimised weight by weight, and a line search.

Source: J. D. Lee, Y. Sun and M. A. Saunders, Proximal Newton-type methods for minimizing composite functions, SIAM
Journal on Optimization 24, 2014.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from pminusy.formulas.elastic_net import ElasticNet
from pminusy.kernels.coordinate_descent import UNKNOWN, descend
from pminusy.linear.sparse.data import Data
from pminusy.linear.sparse.point import Point
from pminusy.linear.sparse.working_set import WorkingSet

Array = NDArray[Any]

_ARMIJO = 1e-4
_HALVINGS = 40
_LOST = 64  # roundings of the objective
_EPS = float(np.finfo(np.float64).eps)


@dataclass(frozen=True)
class Step:
    """Where a step led: weights (n, F), an intercept's first, the point, and whether its gain was lost in rounding."""

    W: Array
    point: Point
    lost: bool


def newton_step(
    data: Data,
    working: WorkingSet,
    point: Point,
    W: Array,
    G: Array,
    live: Array,
    net: ElasticNet,
    share: float,
    most: int,
) -> Step | None:
    """A step from weights W with gradient G of the loss; None where none lowers the objective.

    `share` and `most` tell how well the model is minimised: see `kernels/coordinate_descent.py`.
    """
    dtype, held = data.problem.dtype, data.n_held
    P = np.ascontiguousarray(point.probabilities[:, held:].T, dtype)
    U, s, moved = np.zeros_like(P), np.zeros(data.n_rows, dtype), W.copy()
    H, v, sums = np.full(W.shape, UNKNOWN), np.empty(W.shape[1]), np.zeros(3)
    descend(dtype)(
        *(working.columns(), P, U, s, G, moved, H, live.astype(np.int64)),
        *(net.alpha, net.mu, int(net.group), share, most, v, sums),
    )
    change = moved - W
    before = net.value(W)
    slope = float((G * change).sum()) + net.value(moved) - before
    if not slope <= _LOST * _EPS * abs(point.loss + before):
        return None
    V = np.zeros_like(point.Z)
    V[:, held:] = (U / np.where(data.roots > 0, data.roots, 1.0).astype(dtype)).T
    V[data.masses == 0] = 0.0
    return _search(data, point, W, change, V, net, before, slope)


def _search(
    data: Data, point: Point, W: Array, change: Array, V: Array, net: ElasticNet, before: float, slope: float
) -> Step | None:
    """Halve the step until it lowers the objective by a share of what the slope promises."""
    value = point.loss + before
    length, lost = 1.0, slope >= -_LOST * _EPS * abs(value)
    for _ in range(_HALVINGS):
        new = W + length * change
        at = Point.at(data, point.Z + length * V)
        found = at.loss + net.value(new)
        if found <= value + _ARMIJO * length * slope:
            return Step(new, at, lost=False)
        if lost and found <= value + _LOST * _EPS * abs(value):
            return Step(new, at, lost=True)
        length /= 2
    return None
