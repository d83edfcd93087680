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

_STEPS = 2.0 ** -np.arange(2, 22, 2)  # relative to the size of x
_RIGHT_SLOPE, _LEAST_SLOPE = 3.0, 2.0


@dataclass(frozen=True)
class GradientCheck:
    """What a check found.

    Attributes
    ----------
    ok : bool
        Whether the claim survived both tests.
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
    slope: float
    worst_index: tuple[int, ...]
    claimed: float
    measured: float
    measured_error: float
    relative_error: float
    n_coordinates: int

    def __str__(self) -> str:
        verdict = "right" if self.ok else "WRONG"
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
        Up to this many coordinates, each is held against finite differences; beyond, the largest of the claimed
        gradient and a random choice.
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
    _finite_scalar(f(point.copy()))
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
    return _verdict(min(slopes, default=math.inf), claimed, flat, measured, errors, rtol, atol)


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
    _shaped("gradient", gradient(point.copy()), point)
    rng = np.random.default_rng(seed)
    checks = []
    for _ in range(n_directions):
        v = rng.standard_normal(point.shape)
        claimed = _shaped("hvp", hvp(point.copy(), v.copy()), point)
        along = _Along(gradient, point, v)
        measured, errors = along.derivative()
        everything = np.arange(point.size)
        checks.append(
            _verdict(
                along.slope(claimed, atol), claimed, everything, measured.ravel(), errors.ravel(), rtol, atol
            )
        )
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


class _Along:
    """A function along the line x + t·v, by central differences at steps that shrink fourfold."""

    def __init__(self, f: Callable[[Array], Any], x: Array, v: Array) -> None:
        scale = max(1.0, float(np.abs(x[v != 0]).max(initial=0.0))) / max(1e-300, float(np.abs(v).max()))
        self.steps = _STEPS * scale
        values = [[np.asarray(f(x + sign * h * v), np.float64) for sign in (1, -1)] for h in self.steps]
        self.differences = np.array([(ahead - behind) / 2 for ahead, behind in values])
        self.noise = _noise([np.asarray(f(x + k * self.steps[-1] / 64 * v), np.float64) for k in range(7)])

    def derivative(self) -> tuple[Array, Array]:
        """The derivative at t = 0 and how far it may be off, elementwise (Ridders)."""
        quotients = self.differences / self._column(self.steps)
        table = [quotients]  # table[k][i]: from the steps i … i+k, error O(h^(2k+2))
        for order in range(1, 4):
            lower = table[-1]
            table.append(lower[1:] + (lower[1:] - lower[:-1]) / (16.0**order - 1))
        rounding = self.noise / self._column(self.steps)
        best, error = quotients[-1], np.full(quotients[-1].shape, np.inf)
        for order in range(1, 4):
            change = np.abs(table[order][1:] - table[order][:-1])
            for i in range(len(change)):
                candidate = change[i] + 2 * rounding[i + 1 + order]
                better = candidate < error
                best = np.where(better, table[order][i + 1], best)
                error = np.where(better, candidate, error)
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


def _noise(values: list[Array]) -> Array:
    """How far rounding blurs a function, from differences of high order over a tiny stretch."""
    table = np.array(values)
    level = np.finfo(float).eps * np.abs(table).max(axis=0)
    for order in range(1, len(values)):
        table = np.diff(table, axis=0)
        if order >= 3:
            gamma = math.factorial(order) ** 2 / math.factorial(2 * order)
            level = np.maximum(level, np.sqrt(gamma * (table**2).mean(axis=0)))
    return np.asarray(level)


def _verdict(
    slope: float, claimed: Array, flat: Array, measured: Array, errors: Array, rtol: float, atol: float
) -> GradientCheck:
    at = claimed.ravel()[flat]
    size = np.maximum(np.abs(at), np.abs(measured))
    difference = np.abs(at - measured)
    allowed = atol + rtol * size + 10 * errors
    worst = int(np.argmax(difference / np.maximum(allowed, 1e-300)))
    fits = difference <= allowed
    return GradientCheck(
        ok=bool(fits.all()) and slope >= _LEAST_SLOPE,
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


def _finite_scalar(value: Any) -> None:
    array = np.asarray(value, dtype=np.float64)
    if array.ndim != 0 and array.size != 1:
        raise ShapeError(f"f: expected one number, got shape {array.shape}")
    if not np.isfinite(array).all():
        raise InputError(f"f: expected a finite value at x, got {float(array)}")
