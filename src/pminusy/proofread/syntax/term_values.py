"""Terms as numbers modulo a prime, which tell whether two of them are the same but for arithmetic.

Every name is some number, and so is all that is not computed, such as a function of something.
"""

from __future__ import annotations

import math
import zlib
from collections.abc import Iterable
from fractions import Fraction

from pminusy.proofread.syntax.tree import (
    Add,
    Call,
    Divide,
    Group,
    Multiply,
    Negative,
    Node,
    Number,
    Power,
    Symbol,
    children,
)

PRIME = 2**61 - 1
MOST = 60  # of an exponent, or what a factorial is of, that is computed


def same(left: Node, right: Node) -> bool:
    """Whether two terms are equal by arithmetic alone."""
    return value(left) == value(right)


def exact(node: Node) -> Fraction | None:
    """The number that an expression without names is; None for any other."""
    if isinstance(node, Number):
        return node.value
    if isinstance(node, Group):
        return exact(node.body)
    if not isinstance(node, Negative | Add | Multiply | Divide):
        return None
    parts = [exact(child) for child in children(node)]
    known = [part for part in parts if part is not None]
    if len(known) < len(parts):
        return None
    if isinstance(node, Negative):
        return -known[0]
    if isinstance(node, Add):
        return sum(known, Fraction(0))
    if isinstance(node, Multiply):
        return math.prod(known, start=Fraction(1))
    return known[0] / known[1] if known[1] else None


def value(node: Node) -> int:
    """A term as a number modulo the prime."""
    known = exact(node)
    if known is not None and known.denominator % PRIME:
        return known.numerator * pow(known.denominator, -1, PRIME) % PRIME
    if isinstance(node, Group):
        return value(node.body)
    if isinstance(node, Negative):
        return -value(node.body) % PRIME
    if isinstance(node, Add):
        return sum(map(value, node.terms)) % PRIME
    if isinstance(node, Multiply):
        return math.prod(map(value, node.factors)) % PRIME
    if isinstance(node, Divide):
        below = value(node.denominator)
        return value(node.numerator) * pow(below, -1, PRIME) % PRIME if below else 0
    if isinstance(node, Power):
        return _power(node)
    if isinstance(node, Call) and node.function == Symbol("!"):
        number = exact(node.arguments[0])
        if number is not None and number.denominator == 1 and 0 <= number <= MOST:
            return math.factorial(int(number)) % PRIME
    return _hashed(
        type(node).__name__, node.name if isinstance(node, Symbol) else "", map(value, children(node))
    )


def _power(node: Power) -> int:
    base, exponent = value(node.base), exact(node.exponent)
    if exponent is None or exponent.denominator != 1 or abs(exponent) > MOST or (not base and exponent < 0):
        return _hashed("Power", "", [base, value(node.exponent)])
    return pow(base, int(exponent), PRIME)


def _hashed(kind: str, name: str, parts: Iterable[int]) -> int:
    text = ",".join([kind, name, *map(str, parts)]).encode()
    return (zlib.crc32(text) << 29 ^ zlib.crc32(text[::-1])) % PRIME
