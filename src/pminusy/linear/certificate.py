"""What can be said for certain about where a fit ended."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from pminusy.linear.last_point import all_logits
from pminusy.linear.objective import LinearObjective
from pminusy.losses.targets import LabelTargets
from pminusy.solvers.newton import solve_positive

Array = NDArray[Any]

_BLOCK = 8192
_MOST_CROSSED = 256  # classes
_FLAT = 1e-5  # a margin this small beside the largest counts as zero, when a direction is judged


def gap_bound(objective: LinearObjective, gradient: Array) -> float:
    """An upper bound on f − min f from the gradient at the point of the last evaluation, in the mean's units.

    The penalty makes f strongly convex in W, which bounds f − min f where b is the best for its W. Nothing penalises b.
    A Newton step in b alone leads to its best, which changes f and ∂f/∂W by what the Hessian says; this part is exact
    to second order.
    """
    if objective.penalty.vanishes:
        return np.inf
    saved, layout = 0.0, objective.layout
    if layout.fit_intercept:
        _, db = layout.unpack(gradient.astype(np.float64))
        move = -solve_positive(_intercept_hessian(objective), db)
        direction, product = np.zeros_like(gradient), np.empty_like(gradient)
        layout.unpack(direction)[1][:] = move
        objective.hessian_product(direction, product)
        gradient, saved = gradient + product, -0.5 * float(db @ move)
    return objective.penalty.gap_bound(layout.user_gradient(gradient)[0]) + saved


def _intercept_hessian(objective: LinearObjective) -> Array:
    """∂²f/∂b², with a stiffness where all b shift alike, along which there is no gradient.

    For very many classes its diagonal, from which it then differs little: no class has much of the mass.
    """
    n_free = objective.layout.n_free
    own, crossed = np.zeros(n_free), np.zeros((n_free, n_free))
    for rows in _blocks(objective):
        P = objective.point.probabilities(rows).astype(np.float64)
        weighted = P * objective.masses[rows, None]
        own += weighted.sum(axis=0)
        if n_free <= _MOST_CROSSED:
            crossed += weighted.T @ P
        else:
            own -= (weighted * P).sum(axis=0)
    return np.diag(own) - crossed + (0.0 if objective.layout.n_held else own.mean() / n_free)


def separates(objective: LinearObjective, direction: Array) -> bool:
    """Whether going along a direction for ever classifies every row at least as well, and some ever better.

    Then the loss has no minimum along it. With labels only; rows without weight don't count.
    """
    targets = objective.targets
    if not isinstance(targets, LabelTargets) or targets.shift.size:
        return False
    layout = objective.layout
    W, b = layout.unpack(direction)
    smallest, largest = np.inf, 0.0
    for rows in _blocks(objective):
        counted = objective.masses[rows] > 0
        Z, labels = all_logits(objective.rows, layout, rows, W, b)[counted], targets.labels[rows][counted]
        own = np.take_along_axis(Z, labels[:, None], axis=1)
        np.put_along_axis(Z, labels[:, None], -np.inf, axis=1)
        margins = own[:, 0] - Z.max(axis=1)
        smallest = min(smallest, float(margins.min(initial=np.inf)))
        largest = max(largest, float(margins.max(initial=0.0)))
    return largest > 0 and smallest >= -_FLAT * largest


def _blocks(objective: LinearObjective) -> list[slice]:
    n_rows = objective.rows.shape[0]
    return [slice(start, min(start + _BLOCK, n_rows)) for start in range(0, n_rows, _BLOCK)]
