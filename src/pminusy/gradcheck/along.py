"""A function along a line, by central differences at shrinking steps.

Source: C. J. F. Ridders, Advances in Engineering Software 4 (1982) 75-76.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from pminusy.errors import InputError
from pminusy.gradcheck.noise import noise_near

Array = NDArray[Any]

LEAST_SLOPE = 2.0  # between 3 for a right derivative and 1 for a wrong one
_RATIO = 8.0
_STEPS = 0.25 * _RATIO ** -np.arange(11.0)  # relative to the size of x
_LEAST_STEPS = 3
_CLEAR = 100.0  # times the noise, where a kink is to be told from it


class Along:
    """A function along the line x + t·v, by central differences at shrinking steps.

    Steps at whose ends f is not finite are left out.
    """

    def __init__(self, f: Callable[[Array], Any], x: Array, v: Array) -> None:
        scale = max(1.0, float(np.abs(x[v != 0]).max(initial=0.0))) / max(1e-300, float(np.abs(v).max()))
        with np.errstate(all="ignore"):
            ends = [[np.asarray(f(x + sign * h * scale * v), float) for sign in (1, -1)] for h in _STEPS]
            here = np.asarray(f(x.copy()), float)
            finite = [bool(np.isfinite(ahead).all() and np.isfinite(behind).all()) for ahead, behind in ends]
            first = len(finite) - next(
                (i for i, fine in enumerate(reversed(finite)) if not fine), len(finite)
            )
            self.noise = noise_near(lambda t: np.asarray(f(x + t * v), float), _STEPS[-1] * scale / 64)
        if len(ends) - first < _LEAST_STEPS:
            raise InputError("f: expected finite values near x, got NaN or infinity")
        self.steps = _STEPS[first:] * scale
        self.differences = np.array([(ahead - behind) / 2 for ahead, behind in ends[first:]])
        self.bends = np.array([np.abs((ahead + behind) / 2 - here) for ahead, behind in ends[first:]])

    def with_noise(self, at_least: ArrayLike) -> Along:
        """The same where f is known to be blurred at least so much: in some direction it may just not show."""
        self.noise = np.maximum(self.noise, at_least)
        return self

    @cached_property
    def kink(self) -> Array:
        """Where f has a kink at x, elementwise.

        The even part ½(f(x + hv) + f(x − hv)) − f(x) falls like h² where f is smooth, and like h at a kink; at one that
        is merely near, it vanishes for steps that do not reach it.
        """
        clear = self.bends > _CLEAR * self.noise
        slopes = self.bends / self._column(self.steps)
        found = np.zeros(self.noise.shape, bool)
        for i in range(1, len(self.steps)):
            smallest = clear[i] & ~clear[i + 1 :].any(axis=0)
            alike = np.abs(slopes[i] - slopes[i - 1]) < 0.2 * slopes[i]
            goes_on = self.bends[i] / _RATIO > 2 * _CLEAR * self.noise if i + 1 < len(self.steps) else False
            found |= smallest & clear[i - 1] & alike & ~np.asarray(goes_on)
        return found

    def derivative(self) -> tuple[Array, Array]:
        """The derivative at t = 0 and how far it may be off, elementwise.

        Ridders' table of extrapolations, less those that a finer quotient contradicts: a function can be straight over
        long stretches, with another slope than here.
        """
        steps = self._column(self.steps)
        quotients = self.differences / steps
        rounding = 2 * self.noise / steps
        slack = 2 * np.abs(np.diff(quotients, axis=0)) + 10 * rounding[1:]
        low = np.maximum.accumulate((quotients[1:] - slack)[::-1])[::-1]
        high = np.minimum.accumulate((quotients[1:] + slack)[::-1])[::-1]
        best, error = quotients[-1], np.full(quotients[-1].shape, np.inf)
        lower = quotients
        for order in range(1, 4):
            table = lower[1:] + (lower[1:] - lower[:-1]) / (_RATIO ** (2 * order) - 1)
            for i in range(1, len(table)):
                finest = i + order - 1  # of the quotients that this entry is made of, in `low` and `high`
                candidate = np.abs(table[i] - table[i - 1]) + rounding[finest + 1]
                fits = (table[i] >= low[finest]) & (table[i] <= high[finest]) & (candidate < error)
                best, error = np.where(fits, table[i], best), np.where(fits, candidate, error)
            lower = table
        return best, np.where(self.kink, np.maximum(error, np.abs(quotients[-1]) + self._jump()), error)

    def _jump(self) -> Array:
        """Half the difference of the slopes on both sides of x."""
        return np.asarray((self.bends / self._column(self.steps))[-1])

    def slope(self, claimed: Array, atol: float) -> float:
        """Of the remainder, between the two smallest neighbouring steps where it is well above rounding.

        Where finite differences do not bear it out, a slope below that of a right derivative is rounding; at a kink it
        would be 1 whatever is claimed.
        """
        remainders = np.abs(self.differences - self._column(self.steps) * claimed)
        size = np.sqrt((remainders**2).reshape(len(self.steps), -1).sum(axis=1))
        claim_rounding = atol + np.finfo(float).eps * float(np.linalg.norm(claimed))
        clear = size > 30 * (float(np.linalg.norm(self.noise)) + claim_rounding * self.steps)
        for i in range(len(self.steps) - 2, -1, -1):
            if clear[i] and clear[i + 1]:
                slope = float(np.log(size[i] / size[i + 1]) / np.log(self.steps[i] / self.steps[i + 1]))
                return slope if slope >= LEAST_SLOPE or self._refutes(claimed) else math.inf
        return math.inf

    def _refutes(self, claimed: Array) -> bool:
        measured, error = self.derivative()
        return not self.kink.any() and bool((np.abs(measured - claimed) > 10 * error).any())

    def _column(self, values: Array) -> Array:
        return values.reshape((-1,) + (1,) * (self.differences.ndim - 1))
