r"""Dual numbers over arrays: a value and how it moves, nested for higher derivatives.

A `Dual` is primal + ε·tangent with ε² = 0; each derivative has its own ε, told apart by `tag`. Primal and tangent are
arrays, or duals with lower tags. Operations work on either kind, so a derivative inside a derivative needs nothing new.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

Array: TypeAlias = NDArray[Any]


@dataclass(frozen=True, slots=True)
class Dual:
    """`primal + ε·tangent` for the ε of this tag."""

    tag: int
    primal: Value
    tangent: Value


Value: TypeAlias = "Array | Dual"


def tag_of(value: Value) -> int:
    """The tag of the outermost ε; −1 for an array."""
    return value.tag if isinstance(value, Dual) else -1


def parts(value: Value, tag: int) -> tuple[Value, Value | None]:
    """Primal and tangent with respect to a tag that is at least the value's own; no tangent is None."""
    if isinstance(value, Dual) and value.tag == tag:
        return value.primal, value.tangent
    return value, None


def plain(value: Value) -> Array:
    """The value itself, all tangents taken off."""
    while isinstance(value, Dual):
        value = value.primal
    return value


def in_floats(array: Array) -> Array:
    """An array in float64, or complex as it is, where it may hold numbers of many digits."""
    return array if np.iscomplexobj(array) else array.astype(float)


def tangent(value: Value, tag: int) -> Value | None:
    """The coefficient of ε of a tag, wherever it is nested; None if there is none."""
    if not isinstance(value, Dual) or value.tag < tag:
        return None
    if value.tag == tag:
        return value.tangent
    primal, moving = tangent(value.primal, tag), tangent(value.tangent, tag)
    if primal is None and moving is None:
        return None
    zero = np.zeros((1, 1, 1))
    return Dual(value.tag, zero if primal is None else primal, zero if moving is None else moving)


def without(value: Value, tag: int) -> Value:
    """The value with the ε of one tag set to zero."""
    if not isinstance(value, Dual) or value.tag < tag:
        return value
    if value.tag == tag:
        return value.primal
    return Dual(value.tag, without(value.primal, tag), without(value.tangent, tag))


def linear(operation: Callable[[Array], Array], value: Value) -> Value:
    """A linear operation on one value."""
    if isinstance(value, Dual):
        return Dual(value.tag, linear(operation, value.primal), linear(operation, value.tangent))
    return operation(value)


def bilinear(operation: Callable[[Array, Array], Array], a: Value, b: Value) -> Value:
    """A product of some kind: the product rule."""
    tag = max(tag_of(a), tag_of(b))
    if tag < 0:
        return operation(plain(a), plain(b))
    a0, a1 = parts(a, tag)
    b0, b1 = parts(b, tag)
    moving: Value | None = None
    if a1 is not None:
        moving = bilinear(operation, a1, b0)
    if b1 is not None:
        other = bilinear(operation, a0, b1)
        moving = other if moving is None else add(moving, other)
    assert moving is not None
    return Dual(tag, bilinear(operation, a0, b0), moving)


def add(a: Value, b: Value) -> Value:
    """a + b."""
    tag = max(tag_of(a), tag_of(b))
    if tag < 0:
        return plain(a) + plain(b)
    a0, a1 = parts(a, tag)
    b0, b1 = parts(b, tag)
    moving = b1 if a1 is None else a1 if b1 is None else add(a1, b1)
    assert moving is not None
    return Dual(tag, add(a0, b0), moving)


def multiply(a: Value, b: Value) -> Value:
    """a·b, entry by entry."""
    return bilinear(np.multiply, a, b)


def negative(a: Value) -> Value:
    """−a."""
    return linear(np.negative, a)


def subtract(a: Value, b: Value) -> Value:
    """a − b."""
    return add(a, negative(b))


def square(a: Value) -> Value:
    """a²."""
    return multiply(a, a)


def chained(function: Callable[[Array], Array], slope: Callable[[Value], Value], x: Value) -> Value:
    """f(x) where `slope` is f′: the chain rule."""
    if not isinstance(x, Dual):
        return function(x)
    return Dual(x.tag, chained(function, slope, x.primal), multiply(slope(x.primal), x.tangent))


def reciprocal(a: Value) -> Value:
    """1/a."""
    return chained(
        lambda x: _quotient(np.ones((1, 1, 1)), x),
        lambda x: negative(multiply(reciprocal(x), reciprocal(x))),
        a,
    )


def divide(a: Value, b: Value) -> Value:
    """a/b."""
    if not isinstance(a, Dual) and not isinstance(b, Dual):
        return _quotient(a, b)
    return multiply(a, reciprocal(b))


def _quotient(a: Array, b: Array) -> Array:
    """a/b; NaN where numbers of many digits are divided by zero, which they refuse."""
    if a.dtype == object or b.dtype == object:
        return np.frompyfunc(lambda x, y: x / y if y else np.nan, 2, 1)(a, b)
    return np.asarray(a / b)


def where(mask: Array, a: Value, b: Value) -> Value:
    """`a` where the mask holds, `b` elsewhere; what is not chosen may be infinite."""
    tag = max(tag_of(a), tag_of(b))
    if tag < 0:
        return np.where(mask, plain(a), plain(b))
    a0, a1 = parts(a, tag)
    b0, b1 = parts(b, tag)
    zero = np.zeros((1, 1, 1))
    return Dual(tag, where(mask, a0, b0), where(mask, zero if a1 is None else a1, zero if b1 is None else b1))
