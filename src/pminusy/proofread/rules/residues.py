"""Arithmetic modulo a large prime, with numbers and 2 × 2 matrices."""

from __future__ import annotations

from fractions import Fraction
from functools import cache
from itertools import count
from typing import TypeAlias

# −1 and all of 2, 3, 5, 7 and 11 are squares modulo this prime: it is 1 modulo 8 · 3 · 5 · 7 · 11.
PRIME = 2305843009213765561
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


@cache
def root(value: int) -> int | None:
    """The smaller square root of a residue (by Tonelli and Shanks); None where it is no square."""
    if value == 0 or pow(value, (PRIME - 1) // 2, PRIME) != 1:
        return 0 if value == 0 else None
    odd, twos = PRIME - 1, 0
    while odd % 2 == 0:
        odd, twos = odd // 2, twos + 1
    other = next(n for n in count(2) if pow(n, (PRIME - 1) // 2, PRIME) != 1)
    size, turn, rest, found = (
        twos,
        pow(other, odd, PRIME),
        pow(value, odd, PRIME),
        pow(value, (odd + 1) // 2, PRIME),
    )
    while rest != 1:
        power, square = 0, rest
        while square != 1:
            square, power = square * square % PRIME, power + 1
        step = pow(turn, 1 << (size - power - 1), PRIME)
        size, turn = power, step * step % PRIME
        rest, found = rest * turn % PRIME, found * step % PRIME
    return min(found, PRIME - found)
