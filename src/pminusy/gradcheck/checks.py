"""A claimed gradient, or Hessian-vector product, held against its function."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from pminusy.errors import GradientMismatch, InputError, ShapeError
from pminusy.gradcheck.along import LEAST_SLOPE, Along
from pminusy.gradcheck.verdict import GradientCheck, Tolerance, verdict_on

Array = NDArray[Any]


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
    """Check the gradient of a scalar function numerically.

    Parameters
    ----------
    f : callable
        Takes a float64 array like x and returns a number.
    gradient : callable or array like x
        The gradient to check: a function of x, or its value at x.
    x : array
        Point at which to check; f must be defined in a neighbourhood of it.
    n_directions : int, default 3
        Number of random directions for the Taylor slope.
    max_coordinates : int, default 200
        Up to this many coordinates, each is compared with finite differences, which detect a relative error of 1e-4
        in a coordinate. With more, only the largest of the claimed gradient and a random selection are compared; the
        others are covered by the Taylor slope alone, which detects relative errors of 1e-4 in coordinates that are not
        small compared with the whole gradient.
    rtol : float, default 1e-6
        Relative tolerance for a single coordinate, on top of the error of finite differences. Keep it well below 1e-4,
        so that a wrong coordinate is still detected.
    atol : float, default 1e-14
        Absolute tolerance, for rounding in the claimed gradient.
    seed : int, default 0
        Random seed for the directions and the selection of coordinates.

    Returns
    -------
    GradientCheck

    Raises
    ------
    ShapeError
        The claimed gradient does not have the shape of x.
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
    directions = [rng.standard_normal(point.shape) for _ in range(n_directions)]
    lines = [Along(f, point, v) for v in directions]
    noise = max(float(line.noise) for line in lines)
    slopes = [
        line.with_noise(noise).slope(np.asarray(np.vdot(claimed, v)), atol)
        for line, v in zip(lines, directions, strict=True)
    ]
    flat = _choose_coordinates(claimed.ravel(), max_coordinates, rng)
    if len(flat) < point.size and min(slopes, default=math.inf) < LEAST_SLOPE:
        flat = np.append(flat, _locate(f, point, claimed, rng))
    measured, errors = np.empty(len(flat)), np.empty(len(flat))
    for position, coordinate in enumerate(flat):
        v = np.zeros(point.size)
        v[coordinate] = 1.0
        lines.append(Along(f, point, v.reshape(point.shape)).with_noise(noise))
        estimate, error = lines[-1].derivative()
        measured[position], errors[position] = float(estimate), float(error)
    kink = any(bool(line.kink) for line in lines)
    tolerance = Tolerance.at(point, f(point.copy()), rtol, atol)
    return verdict_on(min(slopes, default=math.inf), claimed, flat, measured, errors, tolerance, kink)


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
    """Check a Hessian-vector product numerically against the gradient.

    Parameters
    ----------
    gradient : callable
        Takes a float64 array like x and returns the gradient there. Check it first with :func:`check_gradient`.
    hvp : callable
        Takes x and a direction v and returns the H(x) v to check.
    x, n_directions, rtol, atol, seed
        As for :func:`check_gradient`; each direction is a v, and all coordinates of H v are compared.

    Returns
    -------
    GradientCheck
        For the direction with the worst mismatch.

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
    tolerance = Tolerance.at(point, _shaped("gradient", gradient(point.copy()), point), rtol, atol)
    _at_least_one(n_directions=n_directions)
    rng = np.random.default_rng(seed)
    checks = []
    for _ in range(n_directions):
        v = rng.standard_normal(point.shape)
        claimed = _shaped("hvp", hvp(point.copy(), v.copy()), point)
        along = Along(gradient, point, v)
        measured, errors = along.derivative()
        everything = np.arange(point.size)
        slope = along.slope(claimed, atol)
        kink = bool(along.kink.any())
        checks.append(
            verdict_on(slope, claimed, everything, measured.ravel(), errors.ravel(), tolerance, kink)
        )
    return min(checks, key=lambda check: (check.ok, check.slope, -check.relative_error))


def assert_gradient(
    f: Callable[[Array], Any],
    gradient: Callable[[Array], ArrayLike] | ArrayLike,
    x: ArrayLike,
    **options: Any,
) -> None:
    """Raise GradientMismatch, naming the worst coordinate, unless :func:`check_gradient` passes.

    Examples
    --------
    >>> import numpy as np
    >>> assert_gradient(np.sum, np.ones(3), np.zeros(3))
    """
    check = check_gradient(f, gradient, x, **options)
    if not check.ok:
        raise GradientMismatch(f"gradient: {check}")


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
            along = Along(f, x, v.reshape(x.shape)).derivative()[0]
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
