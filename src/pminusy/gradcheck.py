"""A claimed derivative held against its function.

Two tests, both in float64. Along random directions v, the odd part of the Taylor remainder

    r(h) = ½(f(x + hv) − f(x − hv)) − h⟨g, v⟩

falls like h³ when g is the gradient and like h when it is not: the slope of log r against log h tells them apart.
And for single coordinates, a central difference extrapolated to h → 0 (Ridders' method), which comes with an error of
its own. How far rounding blurs f is measured first, so that noise is never mistaken for an error.

Sources: C. J. F. Ridders, Advances in Engineering Software 4 (1982) 75-76; J. J. Moré and S. M. Wild, SIAM Journal on
Scientific Computing 33 (2011) 1292-1314 (the noise).
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from pminusy.errors import GradientMismatch, InputError, ShapeError

Array = NDArray[Any]

_RATIO = 8.0
_STEPS = 0.25 * _RATIO ** -np.arange(11.0)  # relative to the size of x
_LEAST_STEPS = 3
_LEAST_SLOPE = 2.0  # between 3 for a right derivative and 1 for a wrong one


@dataclass(frozen=True)
class GradientCheck:
    """What a check found.

    Attributes
    ----------
    ok : bool
        Whether the claim survived both tests, and these could tell.
    measurable : bool
        Whether finite differences are sharp enough here to tell; f may be too noisy, or too steep.
    slope : float
        Of the Taylor remainder, at the smallest steps that rise above rounding, in the worst direction: 3 for a right
        derivative, 1 for a wrong one, inf where no remainder rises above rounding at all.
    worst_index : tuple of int
        The coordinate that fits least.
    claimed, measured : float
        The derivative there, as claimed and by finite differences.
    measured_error : float
        How far `measured` itself may be off.
    relative_error : float
        |claimed − measured| / max(|claimed|, |measured|), 0 where both are 0.
    n_coordinates : int
        How many coordinates were held against finite differences.
    """

    ok: bool
    measurable: bool
    slope: float
    worst_index: tuple[int, ...]
    claimed: float
    measured: float
    measured_error: float
    relative_error: float
    n_coordinates: int

    def __str__(self) -> str:
        verdict = "right" if self.ok else "WRONG" if self.measurable else "could not be measured"
        return (
            f"derivative {verdict}: Taylor slope {self.slope:.2f} (3 is right, 1 is wrong); worst of "
            f"{self.n_coordinates} coordinates {list(self.worst_index)}: claimed {self.claimed:.10g}, "
            f"measured {self.measured:.10g} ± {self.measured_error:.1g} (relative {self.relative_error:.1e})"
        )


def check_gradient(
    f: Callable[[Array], Any],
    gradient: Callable[[Array], ArrayLike] | ArrayLike,
    x: ArrayLike,
    *,
    n_directions: int = 3,
    max_coordinates: int = 200,
    rtol: float = 1e-6,
    atol: float = 1e-14,
    seed: int = 0,
) -> GradientCheck:
    """Hold a claimed gradient of a scalar function against the function.

    Parameters
    ----------
    f : callable
        Takes an array like x in float64, returns a number.
    gradient : callable or array like x
        The claim: a function of x, or its value at x.
    x : array
        Where to check. Every coordinate should be able to move freely around it.
    n_directions : int, default 3
        Random directions for the Taylor slope.
    max_coordinates : int, default 200
        Up to this many coordinates, each is held against finite differences, which tell a coordinate that is wrong by
        1e-4 of itself. Beyond, that is true of the largest of the claimed gradient and of a random choice, and the
        rest stands under the Taylor slope alone, which tells 1e-4 of what is not small beside the whole gradient.
    rtol : float, default 1e-6
        The relative difference in one coordinate that is still taken for right, on top of what finite differences can
        tell; far below 1e-4, which a wrong coordinate must not hide under.
    atol : float, default 1e-14
        The absolute difference that is still taken for rounding in the claim itself.
    seed : int, default 0
        For the directions and the choice of coordinates.

    Returns
    -------
    GradientCheck

    Raises
    ------
    ShapeError
        The claimed gradient is not shaped like x.
    InputError
        x is empty, or f or the gradient is not finite at x.

    Examples
    --------
    >>> import numpy as np
    >>> check_gradient(lambda x: np.sum(x**3), lambda x: 3 * x**2, np.array([1.0, 2.0])).ok
    True
    >>> check_gradient(lambda x: np.sum(x**3), lambda x: 2.9 * x**2, np.array([1.0, 2.0])).ok
    False
    """
    point = _point(x)
    claimed = _shaped("gradient", gradient(point.copy()) if callable(gradient) else gradient, point)
    _at_least_one(n_directions=n_directions, max_coordinates=max_coordinates)
    f = _scalar(f)
    if not np.isfinite(f(point.copy())):
        raise InputError(f"f: expected a finite value at x, got {f(point.copy())}")
    rng = np.random.default_rng(seed)
    slopes = []
    for _ in range(n_directions):
        v = rng.standard_normal(point.shape)
        along = _Along(f, point, v)
        slopes.append(along.slope(np.asarray(np.vdot(claimed, v)), atol))
    flat = _choose_coordinates(claimed.ravel(), max_coordinates, rng)
    if len(flat) < point.size and min(slopes, default=math.inf) < _LEAST_SLOPE:
        flat = np.append(flat, _locate(f, point, claimed, rng))
    measured, errors = np.empty(len(flat)), np.empty(len(flat))
    for position, coordinate in enumerate(flat):
        v = np.zeros(point.size)
        v[coordinate] = 1.0
        estimate, error = _Along(f, point, v.reshape(point.shape)).derivative()
        measured[position], errors[position] = float(estimate), float(error)
    tolerance = _Tolerance.at(point, f(point.copy()), rtol, atol)
    return _verdict(min(slopes, default=math.inf), claimed, flat, measured, errors, tolerance)


def check_hvp(
    gradient: Callable[[Array], ArrayLike],
    hvp: Callable[[Array, Array], ArrayLike],
    x: ArrayLike,
    *,
    n_directions: int = 3,
    rtol: float = 1e-6,
    atol: float = 1e-14,
    seed: int = 0,
) -> GradientCheck:
    """Hold a claimed Hessian-vector product against the gradient that it is the derivative of.

    Parameters
    ----------
    gradient : callable
        Takes an array like x in float64, returns the gradient there, like x. Check it first.
    hvp : callable
        Takes x and a direction v, returns the claimed H(x) v, like x.
    x, n_directions, rtol, atol, seed
        As for :func:`check_gradient`; each direction is a v, and all coordinates of H v are compared.

    Returns
    -------
    GradientCheck
        Of the direction that fits least.

    Raises
    ------
    ShapeError, InputError
        As for :func:`check_gradient`.

    Examples
    --------
    >>> import numpy as np
    >>> check_hvp(lambda x: x**3, lambda x, v: 3 * x**2 * v, np.array([1.0, 2.0])).ok
    True
    """
    point = _point(x)
    tolerance = _Tolerance.at(point, _shaped("gradient", gradient(point.copy()), point), rtol, atol)
    _at_least_one(n_directions=n_directions)
    rng = np.random.default_rng(seed)
    checks = []
    for _ in range(n_directions):
        v = rng.standard_normal(point.shape)
        claimed = _shaped("hvp", hvp(point.copy(), v.copy()), point)
        along = _Along(gradient, point, v)
        measured, errors = along.derivative()
        everything = np.arange(point.size)
        slope = along.slope(claimed, atol)
        checks.append(_verdict(slope, claimed, everything, measured.ravel(), errors.ravel(), tolerance))
    return min(checks, key=lambda check: (check.ok, check.slope, -check.relative_error))


def assert_gradient(
    f: Callable[[Array], Any],
    gradient: Callable[[Array], ArrayLike] | ArrayLike,
    x: ArrayLike,
    **options: Any,
) -> None:
    """Raise GradientMismatch, naming the worst coordinate, unless :func:`check_gradient` finds the gradient right.

    Examples
    --------
    >>> import numpy as np
    >>> assert_gradient(np.sum, np.ones(3), np.zeros(3))
    """
    check = check_gradient(f, gradient, x, **options)
    if not check.ok:
        raise GradientMismatch(f"gradient: {check}")


@dataclass(frozen=True)
class _Tolerance:
    relative: float
    absolute: float
    negligible: float  # a derivative that nobody needs to tell from 0

    @classmethod
    def at(cls, x: Array, value: ArrayLike, rtol: float, atol: float) -> _Tolerance:
        size = float(np.abs(value).max()) / max(1.0, float(np.abs(x).max()))
        return cls(rtol, atol, atol + 1e-8 * size)


class _Along:
    """A function along the line x + t·v, by central differences at shrinking steps.

    Steps at whose ends f is not finite are left out.
    """

    def __init__(self, f: Callable[[Array], Any], x: Array, v: Array) -> None:
        scale = max(1.0, float(np.abs(x[v != 0]).max(initial=0.0))) / max(1e-300, float(np.abs(v).max()))
        with np.errstate(all="ignore"):
            ends = [[np.asarray(f(x + sign * h * scale * v), float) for sign in (1, -1)] for h in _STEPS]
            finite = [bool(np.isfinite(ahead).all() and np.isfinite(behind).all()) for ahead, behind in ends]
            first = len(finite) - next(
                (i for i, fine in enumerate(reversed(finite)) if not fine), len(finite)
            )
            samples = _samples(lambda t: np.asarray(f(x + t * v), float), _STEPS[-1] * scale / 64)
        if len(ends) - first < _LEAST_STEPS:
            raise InputError("f: expected finite values around x, got some that are not")
        self.steps = _STEPS[first:] * scale
        self.differences = np.array([(ahead - behind) / 2 for ahead, behind in ends[first:]])
        self.noise = _noise(samples)

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
        return best, error

    def slope(self, claimed: Array, atol: float) -> float:
        """Of the remainder, between the two smallest neighbouring steps where it is well above rounding."""
        remainders = np.abs(self.differences - self._column(self.steps) * claimed)
        size = np.sqrt((remainders**2).reshape(len(self.steps), -1).sum(axis=1))
        claim_rounding = atol + np.finfo(float).eps * float(np.linalg.norm(claimed))
        clear = size > 30 * (float(np.linalg.norm(self.noise)) + claim_rounding * self.steps)
        for i in range(len(self.steps) - 2, -1, -1):
            if clear[i] and clear[i + 1]:
                return float(np.log(size[i] / size[i + 1]) / np.log(self.steps[i] / self.steps[i + 1]))
        return math.inf

    def _column(self, values: Array) -> Array:
        return values.reshape((-1,) + (1,) * (self.differences.ndim - 1))


def _samples(f: Callable[[float], Array], spacing: float) -> list[Array]:
    """Seven values close together, but not so close that most are the same: those would hide how coarse f is."""
    for _ in range(6):
        values = [f(k * spacing) for k in range(7)]
        if np.mean(np.diff(values, axis=0) != 0) >= 0.5:
            break
        spacing *= _RATIO
    return values


def _noise(values: list[Array]) -> Array:
    """How far rounding blurs a function, from differences of high order over a tiny stretch."""
    table = np.array(values)
    level = np.finfo(float).eps * np.abs(table).max(axis=0)
    # Rounding hides where the samples fall in step with it; the smallest change seen still bounds it then.
    changes = np.abs(np.diff(table, axis=0))
    smallest = np.where(changes > 0, changes, np.inf).min(axis=0)
    level = np.maximum(level, np.minimum(smallest / 2, 4096 * level))
    for order in range(1, len(values)):
        table = np.diff(table, axis=0)
        if order >= 3:
            gamma = math.factorial(order) ** 2 / math.factorial(2 * order)
            level = np.maximum(level, np.sqrt(gamma * (table**2).mean(axis=0)))
    return np.asarray(level)


def _verdict(
    slope: float, claimed: Array, flat: Array, measured: Array, errors: Array, tolerance: _Tolerance
) -> GradientCheck:
    at = claimed.ravel()[flat]
    size = np.maximum(np.abs(at), np.abs(measured))
    difference = np.abs(at - measured)
    allowed = tolerance.absolute + tolerance.relative * size + 10 * errors
    worst = int(np.argmax(difference / np.maximum(allowed, 1e-300)))
    worth_telling = max(0.01 * float(np.abs(claimed).max()), 0.01 * float(size.max()), tolerance.negligible)
    sharp = bool((10 * errors <= worth_telling).all())
    wrong = slope < _LEAST_SLOPE or bool((difference > allowed).any())
    return GradientCheck(
        ok=sharp and not wrong,
        measurable=sharp or wrong,
        slope=slope,
        worst_index=tuple(int(i) for i in np.unravel_index(int(flat[worst]), claimed.shape)),
        claimed=float(at[worst]),
        measured=float(measured[worst]),
        measured_error=float(errors[worst]),
        relative_error=float(difference[worst] / size[worst]) if size[worst] else 0.0,
        n_coordinates=len(flat),
    )


def _choose_coordinates(claimed: Array, at_most: int, rng: np.random.Generator) -> Array:
    if claimed.size <= at_most:
        return np.arange(claimed.size)
    largest = np.argsort(-np.abs(claimed), kind="stable")[: at_most // 2]
    others = np.setdiff1d(np.arange(claimed.size), largest)
    return np.concatenate([largest, rng.choice(others, at_most - len(largest), replace=False)])


def _locate(f: Callable[[Array], Any], x: Array, claimed: Array, rng: np.random.Generator) -> int:
    """A coordinate whose claimed derivative is off, by halving the set of those that may be."""
    suspects = np.arange(x.size)
    while len(suspects) > 1:
        halves = np.array_split(suspects, 2)
        misfits = []
        for half in halves:
            v = np.zeros(x.size)
            v[half] = rng.standard_normal(len(half))
            along = _Along(f, x, v.reshape(x.shape)).derivative()[0]
            misfits.append(abs(float(along) - float(claimed.ravel() @ v)))
        suspects = halves[int(np.argmax(misfits))]
    return int(suspects[0])


def _point(x: ArrayLike) -> Array:
    point = np.array(x, dtype=np.float64)
    if point.size == 0 or not np.isfinite(point).all():
        raise InputError(
            f"x: expected at least one finite coordinate, got shape {point.shape}: {point!r:.80}"
        )
    return point


def _shaped(name: str, values: ArrayLike, x: Array) -> Array:
    array = np.asarray(values, dtype=np.float64)
    if array.shape != x.shape:
        raise ShapeError(f"{name}: expected the shape of x, {x.shape}, got {array.shape}")
    if not np.isfinite(array).all():
        index = tuple(int(i) for i in np.argwhere(~np.isfinite(array))[0])
        raise InputError(f"{name}: expected finite numbers, got {array[index]} at {list(index)}")
    return array


def _scalar(f: Callable[[Array], Any]) -> Callable[[Array], float]:
    def scalar(x: Array) -> float:
        value = np.asarray(f(x), dtype=np.float64)
        if value.size != 1:
            raise ShapeError(f"f: expected one number, got shape {value.shape}")
        return float(value.item())

    return scalar


def _at_least_one(**counts: int) -> None:
    for name, count in counts.items():
        if count < 1:
            raise InputError(f"{name}: expected an integer ≥ 1, got {count!r}")
