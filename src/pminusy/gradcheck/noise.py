"""How far rounding blurs a function near a place.

Source: J. J. Moré and S. M. Wild, SIAM Journal on Scientific Computing 33 (2011) 1292-1314.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[Any]

_WIDENING = 8.0
_WIDENINGS = 13  # from steps of rounding in float64 to those of central differences
_HALVINGS = 40
_LEAST_JUMP = 1e-3


def noise_near(f: Callable[[float], Array], spacing: float) -> Array:
    """How far rounding blurs a function near 0, elementwise.

    Differences of high order over seven places close together show it; not so close, though, that most values are the
    same. What is computed in single or half precision, or rounded, is constant over stretches and jumps between them,
    and the smallest jump seen bounds the noise, too.
    """
    table = np.array([f(k * spacing) for k in range(7)])
    level = np.finfo(float).eps * np.abs(table).max(axis=0)
    settled = np.zeros(level.shape, bool)
    for widening in range(_WIDENINGS):
        if widening:
            spacing *= _WIDENING
            table = np.array([f(k * spacing) for k in range(7)])
            if not np.isfinite(table).all():
                break
        changes = np.abs(np.diff(table, axis=0))
        smallest = np.where(changes > 0, changes, np.inf).min(axis=0)
        fresh = ((changes > 0).mean(axis=0) >= 0.5) & ~settled
        stepped = (changes == 0).any(axis=0) & np.isfinite(smallest) & ~settled
        jump = (
            _jump(f, spacing, changes, fresh | stepped) if widening and (fresh | stepped).any() else math.inf
        )
        if not jump:
            break  # flat here, and f itself that moves further off
        coarse = stepped | (fresh & math.isfinite(jump))
        level = np.where(coarse, np.maximum(level, np.minimum(smallest, jump)), level)
        level = np.where(fresh, np.maximum(level, _blur(table, smallest, level)), level)
        settled |= fresh
        if settled.all():
            break
    return np.asarray(level)


def _jump(f: Callable[[float], Array], spacing: float, changes: Array, among: Array) -> float:
    """By how much a function jumps where the largest of some changes between neighbours is; 0 if it does not."""
    place, *at = np.unravel_index(int(np.argmax(np.where(among, changes, -1.0))), changes.shape)
    element = tuple(at)
    low, high = float(place) * spacing, (float(place) + 1) * spacing
    below, above = float(f(low)[element]), float(f(high)[element])
    whole = abs(above - below)
    for _ in range(_HALVINGS):
        middle = (low + high) / 2
        value = float(f(middle)[element])
        if abs(value - below) > abs(above - value):
            high, above = middle, value
        else:
            low, below = middle, value
    # Across so short a stretch, what is smooth changes by a billionth of the whole; of that, a jump may be one of many.
    return abs(above - below) if abs(above - below) > _LEAST_JUMP * whole else 0.0


def _blur(table: Array, smallest: Array, level: Array) -> Array:
    """The noise in equally spaced values, from their differences of high order."""
    # Rounding hides where the samples fall in step with it; the smallest change seen still bounds it then.
    found = np.minimum(smallest / 2, 4096 * level)
    for order in range(1, len(table)):
        table = np.diff(table, axis=0)
        if order >= 3:
            gamma = math.factorial(order) ** 2 / math.factorial(2 * order)
            found = np.maximum(found, np.sqrt(gamma * (table**2).mean(axis=0)))
    return found
