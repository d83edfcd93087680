r"""Double exponential quadrature (Takahasi and Mori, 1974).

The integrand at $x(t)$, where $x$ goes to the limits double exponentially, is summed over equal steps of $t$. Halving
the step squares the error, so the two sums agree only where the finer one is right to all digits.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cache

import mpmath
import numpy as np

from pminusy.proofread.checking.axes import axis, summed
from pminusy.proofread.checking.dual import Array, Value, add, linear, multiply, negative, plain

NEGLIGIBLE = 1e-11  # of the integral, for terms at its ends that cannot be computed
ROUGH = 1e-6  # the same where a rough value will do
RIM = 4  # terms before those that cannot be computed, which show what these would come to


@dataclass(frozen=True)
class Range:
    """The limits of an integral, None for −∞ and ∞; `scale` is the distance from the end of a ray where t is 0."""

    low: Value | None
    high: Value | None
    scale: Value | None = None

    @property
    def is_ray(self) -> bool:
        """Whether one of the limits is infinite."""
        return (self.low is None) != (self.high is None)


@dataclass(frozen=True)
class Rule:
    """`count` steps of t of size `step`, in so many decimal `digits`, or in float64 where these are 0.

    The two sums have to agree to `agree`; the finer one is then right to about the square of that. A `rough` rule asks
    for less, as is enough at the singularity of an integrand.
    """

    step: float
    digits: int = 0
    rough: bool = False

    @property
    def reach(self) -> float:
        """How far t goes."""
        return 6.0 if self.digits else 5.0

    @property
    def agree(self) -> float:
        """How near to each other the sums with steps h and 2h have to be."""
        return 1e-5 if self.rough else 1e-11 if self.digits else 1e-8

    @property
    def tail(self) -> float:
        """What share of the integral the last term on either side may have."""
        return ROUGH if self.rough else 1e-18 if self.digits else 1e-13

    @property
    def negligible(self) -> float:
        """What share of the integral those terms have at most that cannot be computed."""
        return ROUGH if self.rough else NEGLIGIBLE

    @property
    def count(self) -> int:
        """How many places the integrand is evaluated at."""
        return len(_steps(self.step, self.reach))

    def places(self, over: Range, level: int) -> tuple[Value, Value]:
        """Where the integrand is evaluated, and with which weights, along a new axis."""
        if over.low is None and over.high is None:
            place, weight = _line(self)
            return axis(place, level), axis(weight, level)
        if over.low is None or over.high is None:
            away, weight = _ray(self)
            distance: Value = axis(away, level)
            weights: Value = axis(weight, level)
            if over.scale is not None:
                distance, weights = multiply(distance, over.scale), multiply(weights, over.scale)
            if over.low is not None:
                return add(over.low, distance), weights
            assert over.high is not None
            return add(over.high, negative(distance)), weights
        share, density = _segment(self)
        width = add(over.high, linear(np.negative, over.low))
        return add(over.low, multiply(width, axis(share, level))), multiply(width, axis(density, level))

    def scaled(self, over: Range, terms: Value, level: int) -> Range:
        """A ray with its largest terms in the middle, so that it is resolved best where it counts."""
        size = np.nan_to_num(np.abs(plain(terms)).astype(float), nan=0, posinf=0)
        if size.ndim < level + 4:
            return over
        return replace(over, scale=_ray(self)[0].astype(float)[size.argmax(0)])

    def total(self, terms: Value, level: int) -> Value:
        """The sum of the weighted terms; NaN where it has not settled, which has no derivative either."""
        terms = _trimmed(terms, level, self.negligible)
        coarse = (np.arange(self.count) % 2 == 0) * 2.0
        fine = summed(terms, level, self.count)
        rough = summed(multiply(terms, axis(coarse, level)), level, self.count)
        gap, size = np.abs(plain(fine) - plain(rough)), np.abs(plain(terms)).astype(float)
        settled = gap <= self.agree * np.maximum(np.abs(plain(fine)), 1)
        if size.ndim == level + 4:
            settled = settled & (np.maximum(size[0], size[-1]) <= self.tail * np.maximum(size.sum(0), 1e-300))
        return multiply(np.where(settled, 1.0, np.nan), fine)


def _steps(step: float, reach: float) -> Array:
    return np.arange(-reach, reach + step / 2, step)


def _map(function: Callable[..., tuple[object, object]], rule: Rule) -> tuple[Array, Array]:
    """Places and weights by a function of s and the speed of s."""
    number, lib = (mpmath.mpf, mpmath) if rule.digits else (float, np)
    pairs = [
        function(lib, lib.pi / 2 * lib.sinh(t), lib.pi / 2 * lib.cosh(t) * number(rule.step))
        for t in map(number, _steps(rule.step, rule.reach))
    ]
    kind = object if rule.digits else float
    places, weights = (np.array([pair[n] for pair in pairs], dtype=kind) for n in (0, 1))
    return places, weights


@cache
def _line(rule: Rule) -> tuple[Array, Array]:
    return _map(lambda lib, s, speed: (lib.sinh(s), lib.cosh(s) * speed), rule)


@cache
def _ray(rule: Rule) -> tuple[Array, Array]:
    return _map(lambda lib, s, speed: (lib.exp(s), lib.exp(s) * speed), rule)


@cache
def _segment(rule: Rule) -> tuple[Array, Array]:
    return _map(lambda lib, s, speed: (1 / (1 + lib.exp(-2 * s)), speed / (2 * lib.cosh(s) ** 2)), rule)


def _trimmed(terms: Value, level: int, most: float) -> Value:
    """The terms, those towards an end that cannot be computed left out where the last before them no longer count.

    There `e^{ax} e^{-bx}` is ∞·0, or the place is the limit itself.
    """
    size = np.abs(plain(terms)).astype(float)
    if size.ndim < level + 4:
        return terms
    finite = np.isfinite(size)
    total = np.where(finite, size, 0).sum(0)
    middle = len(size) // 2
    beyond = np.zeros(size.shape, bool)
    for side in (slice(middle, None), slice(middle, None, -1)):
        beyond[side] = _negligible_from(size[side], finite[side], total, most)
    unknown = beyond & ~finite
    return linear(lambda x: np.where(unknown, 0, x), terms)


def _negligible_from(size: Array, finite: Array, total: Array, most: float) -> Array:
    """Which terms, counted outwards, lie beyond the last computable ones, if those are negligible."""
    inside = np.logical_and.accumulate(finite, 0)
    count = inside.sum(0)
    place = np.arange(len(size)).reshape((-1,) + (1,) * (size.ndim - 1))
    rim = inside & (place >= count - RIM)
    settled = (np.where(rim, size, 0).max(0) <= most * total) & (count > RIM)
    return np.asarray(~inside & settled)
