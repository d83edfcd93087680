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
from pminusy.linear.sparse.support import Curvature, support_step
from pminusy.linear.sparse.working_set import WorkingSet

Array = NDArray[Any]

_ARMIJO = 1e-4
_HALVINGS = 40
_ROUNDS = 40  # of steps weight by weight, and of steps of all weights that are not 0
_FEW_ROUNDS = 4  # where the latter are dear
_MOST_SUPPORT = 256  # weights: beyond, their Hessian takes longer than many sweeps
_CHEAP = 1 << 27  # products for a Hessian, that take no longer than some sweeps
_LOST = 64  # roundings of the objective
_EPS = float(np.finfo(np.float64).eps)


@dataclass(frozen=True)
class Step:
    """Where a step led.

    Attributes
    ----------
    W : array (n, F)
        Weights, an intercept's first.
    point : Point
    promised : float
        How much less the objective would be if it fell all the way as it does at first.
    lost : bool
        Whether the gain was lost in rounding.
    """

    W: Array
    point: Point
    promised: float
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
    P = np.ascontiguousarray(point.probabilities[:, data.n_held :].T, data.problem.dtype)
    moved, U = _minimise_model(working, P, G, W, live, net, share, most)
    change = moved - W
    before = net.value(W)
    slope = float((G * change).sum()) + net.value(moved) - before
    if not slope <= _LOST * _EPS * abs(point.loss + before):
        return None
    return _search(data, point, W, change, data.unscaled(U), net, before, slope)


def _minimise_model(
    working: WorkingSet, P: Array, G: Array, W: Array, live: Array, net: ElasticNet, share: float, most: int
) -> tuple[Array, Array]:
    """Weights that minimise the model, nearly, and their change's logits times √m: (F, N)."""
    dtype = P.dtype
    U, s, moved = np.zeros_like(P), np.zeros(P.shape[1], dtype), W.copy()
    H, v, sums = np.full(W.shape, UNKNOWN), np.empty(W.shape[1]), np.zeros(3)
    columns, chosen = working.columns(), live.astype(np.int64)
    curvature, first = Curvature(working, P, W.shape), None
    for number in range(_ROUNDS):
        descend(dtype)(
            *(columns, P, U, s, G, moved, H, chosen),
            *(net.alpha, net.mu, int(net.group), share, most, v, sums),
        )
        first = sums[1] if first is None else first
        n_support = int(np.count_nonzero(moved)) + int(np.count_nonzero(net.alpha == 0)) * W.shape[1]
        # Gains that fall need not mean that little is left, where columns are far from orthogonal.
        cheap = len(s) * n_support**2 <= _CHEAP
        settled = sums[2] <= share * sums[1] and (sums[1] < share * first or not cheap)
        if settled or n_support > _MOST_SUPPORT or not (cheap or number < _FEW_ROUNDS):
            break
        better = support_step(curvature, G, W, moved, live, net)
        if better is moved:
            break
        moved = better
        U = np.ascontiguousarray(working.product(moved - W))
        s = np.ascontiguousarray((P * U).sum(axis=0))
    return moved, U


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
        allowed = _LOST * _EPS * abs(value) if lost else _ARMIJO * length * slope
        if found <= value + allowed:
            return Step(new, at, -slope, lost)
        length /= 2
    return None
