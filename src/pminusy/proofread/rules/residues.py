"""Arithmetic modulo a large prime, with numbers and 2 × 2 matrices."""

from __future__ import annotations

from fractions import Fraction
from typing import TypeAlias

PRIME = (1 << 61) - 1
Matrix2: TypeAlias = tuple[int, int, int, int]
Value: TypeAlias = int | Matrix2


class NoValue(Exception):
    """Raised for a division by zero."""


def fraction(value: Fraction) -> int:
    """A fraction as a residue."""
    return value.numerator * inverse(value.denominator % PRIME) % PRIME


def inverse(value: int) -> int:
    """The reciprocal of a residue."""
    if value % PRIME == 0:
        raise NoValue
    return pow(value, -1, PRIME)


def scaled(number: int, value: Value) -> Value:
    """A number times a value."""
    if isinstance(value, int):
        return number * value % PRIME
    a, b, c, d = value
    return (number * a % PRIME, number * b % PRIME, number * c % PRIME, number * d % PRIME)


def plus(one: Value, other: Value) -> Value:
    """The sum of two values."""
    if isinstance(one, int) and isinstance(other, int):
        return (one + other) % PRIME
    a, b = matrix(one), matrix(other)
    return ((a[0] + b[0]) % PRIME, (a[1] + b[1]) % PRIME, (a[2] + b[2]) % PRIME, (a[3] + b[3]) % PRIME)


def times(one: Value, other: Value) -> Value:
    """The product of two values."""
    if isinstance(one, int):
        return scaled(one, other)
    if isinstance(other, int):
        return scaled(other, one)
    a, b, c, d = one
    e, f, g, h = other
    return (
        (a * e + b * g) % PRIME, (a * f + b * h) % PRIME, (c * e + d * g) % PRIME, (c * f + d * h) % PRIME,
    )  # fmt: skip


def entrywise(one: Value, other: Value) -> Value:
    """The product entry by entry."""
    a, b = matrix(one), matrix(other)
    return (a[0] * b[0] % PRIME, a[1] * b[1] % PRIME, a[2] * b[2] % PRIME, a[3] * b[3] % PRIME)


def matrix(value: Value) -> Matrix2:
    """A value as a matrix."""
    return (value, 0, 0, value) if isinstance(value, int) else value


def reciprocal(value: Value) -> Value:
    """The inverse of a value."""
    if isinstance(value, int):
        return inverse(value)
    a, b, c, d = value
    scale = inverse((a * d - b * c) % PRIME)
    return scaled(scale, (d, -b % PRIME, -c % PRIME, a))
