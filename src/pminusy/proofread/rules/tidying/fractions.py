"""Fractions: common factors cancelled, signs in front, fractions within fractions laid flat."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

from pminusy.proofread.rules.build import ONE, ZERO, number
from pminusy.proofread.rules.tidying.numbers import factors_of, fraction_of, power_of, split_sign
from pminusy.proofread.rules.tidying.signs import loose
from pminusy.proofread.syntax.parentheses import bare, product
from pminusy.proofread.syntax.tree import Divide, Negative, Node, Number, Power

IsScalar = Callable[[Node], bool]


def tidy_fraction(node: Divide, is_scalar: IsScalar) -> Node:
    """The fraction in its lowest terms, with its sign in front."""
    if bare(node.denominator) == ZERO:
        return node
    above_minus, numerator = split_sign(node.numerator)
    below_minus, denominator = split_sign(node.denominator)
    if numerator == ZERO:
        return ZERO
    above, below = _flat(factors_of(numerator), factors_of(denominator))
    above, below = cancelled(above, below, is_scalar)
    value = Fraction(1)
    for sign, side in ((1, above), (-1, below)):
        for each in side:
            worth = fraction_of(each)
            value *= 1 if not worth else worth**sign
    rest = [[each for each in side if not fraction_of(each)] for side in (above, below)]
    if fraction_of(numerator) is None or fraction_of(denominator) is None or not _is_lowest(node):
        new = quotient(value, rest[0], rest[1], node.slash)
    else:
        new = Divide(numerator, denominator, node.slash)
    return Negative(new) if above_minus != below_minus else new


def _is_lowest(node: Divide) -> bool:
    above, below = fraction_of(node.numerator), fraction_of(node.denominator)
    if above is None or below is None:
        return False
    value = above / below
    return abs(value.numerator) == abs(above) and value.denominator == abs(below) and below != 1


def _flat(above: list[Node], below: list[Node]) -> tuple[list[Node], list[Node]]:
    """Fractions above and below taken apart, but for numbers."""
    flat: tuple[list[Node], list[Node]] = ([], [])
    for n, side in enumerate((above, below)):
        for each in side:
            inner = bare(each)
            if isinstance(inner, Divide) and fraction_of(inner) is None:
                flat[n].extend(factors_of(inner.numerator))
                flat[1 - n].extend(factors_of(inner.denominator))
            else:
                flat[n].append(each)
    return flat


def cancelled(above: list[Node], below: list[Node], is_scalar: IsScalar) -> tuple[list[Node], list[Node]]:
    """Both without the factors that they share; of powers, the smaller one is taken from both."""
    above, below = list(above), list(below)
    for each in list(above):
        base, exponent = power_of(each)
        if fraction_of(each) is not None or exponent < 0 or not is_scalar(each):
            continue
        for other in below:
            other_base, other_exponent = power_of(other)
            if base == other_base and other_exponent > 0:
                left = exponent - other_exponent
                above[_position(above, each)] = _raised(base, max(left, Fraction(0)))
                below[_position(below, other)] = _raised(base, max(-left, Fraction(0)))
                break
    return [each for each in above if each != ONE], [each for each in below if each != ONE]


def _position(nodes: list[Node], node: Node) -> int:
    return next(n for n, each in enumerate(nodes) if each is node)


def _raised(base: Node, exponent: Fraction) -> Node:
    if exponent == 0:
        return ONE
    return base if exponent == 1 else Power(base, number(exponent))


def quotient(value: Fraction, above: list[Node], below: list[Node], slash: bool) -> Node:
    """The fraction that has a number in lowest terms, and factors, above and below."""
    minus, value = value < 0, abs(value)
    up = [Number(str(value.numerator))] if value.numerator != 1 or not above else []
    down = [Number(str(value.denominator))] if value.denominator != 1 else []
    numerator = _product([*up, *above])
    new = numerator if not (down or below) else Divide(numerator, _product([*down, *below]), slash)
    return Negative(new) if minus else new


def _product(factors: list[Node]) -> Node:
    """The product, which alone needs no parentheses."""
    if len(factors) == 1:
        return loose(factors[0])
    return product(*factors)
