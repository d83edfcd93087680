"""Sums, products and fractions put together without needless signs, ones and zeros."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction

from pminusy.proofread.syntax.parentheses import bare
from pminusy.proofread.syntax.tree import (
    Add,
    Divide,
    Group,
    Multiply,
    Negative,
    Node,
    Number,
    Power,
    Symbol,
    map_children,
)

ZERO, ONE, TWO = Number("0"), Number("1"), Number("2")
HALF = Divide(ONE, TWO)
E = Symbol("e")


def without_groups(node: Node) -> Node:
    """The tree without the parentheses that were written; the tree itself says what belongs together."""
    node = map_children(node, without_groups)
    return node.body if isinstance(node, Group) else node


def number(value: Fraction | int) -> Node:
    """A number, as a fraction where it is none of the integers."""
    value = Fraction(value)
    if value < 0:
        return Negative(number(-value))
    if value.denominator == 1:
        return Number(str(value.numerator))
    return Divide(Number(str(value.numerator)), Number(str(value.denominator)))


def value_of(node: Node) -> Fraction | None:
    """The value of a number, a negative one, or a fraction of numbers, in parentheses or not; None for all else."""
    node = bare(node)
    if isinstance(node, Number):
        return node.value
    if isinstance(node, Negative):
        value = value_of(node.body)
        return None if value is None else -value
    if isinstance(node, Divide):
        above, below = value_of(node.numerator), value_of(node.denominator)
        return None if above is None or not below else above / below
    return None


def terms_of(node: Node) -> list[Node]:
    """The terms of a sum, nested sums and signs resolved."""
    if isinstance(node, Add):
        return [term for each in node.terms for term in terms_of(each)]
    if isinstance(node, Negative) and isinstance(node.body, Add | Negative):
        return [neg(term) for term in terms_of(node.body)]
    return [node]


def factors_of(node: Node) -> list[Node]:
    """The factors of a product, nested products resolved."""
    if isinstance(node, Multiply):
        return [factor for each in node.factors for factor in factors_of(each)]
    return [node]


def neg(node: Node) -> Node:
    """Minus the node."""
    if isinstance(node, Negative):
        return node.body
    return node if node == ZERO else Negative(node)


def add(terms: Iterable[Node]) -> Node:
    """The sum."""
    flat = [term for each in terms for term in terms_of(each) if term != ZERO]
    if not flat:
        return ZERO
    return flat[0] if len(flat) == 1 else Add(tuple(flat))


def mul(factors: Iterable[Node]) -> Node:
    """The product, its sign and its number in front."""
    flat: list[Node] = []
    sign, coefficient = 1, Fraction(1)
    for factor in (f for each in factors for f in factors_of(each)):
        while isinstance(factor, Negative):
            sign, factor = -sign, factor.body
        if isinstance(factor, Number):
            coefficient *= factor.value
        else:
            flat.extend(factors_of(factor))
    if coefficient == 0:
        return ZERO
    if coefficient != 1 or not flat:
        flat.insert(0, number(coefficient))
    body = flat[0] if len(flat) == 1 else Multiply(tuple(flat), ("",) * (len(flat) - 1))
    return body if sign > 0 else neg(body)


def div(above: Node, below: Node) -> Node:
    """The fraction."""
    if below == ONE or above == ZERO:
        return above
    if isinstance(above, Negative):
        return neg(div(above.body, below))
    if isinstance(below, Negative):
        return neg(div(above, below.body))
    return Divide(above, below)


def power(base: Node, exponent: Node) -> Node:
    """The power."""
    if exponent == ONE:
        return base
    return ONE if exponent == ZERO else Power(base, exponent)


def split_fraction(node: Node) -> tuple[list[Node], list[Node]]:
    """The factors above and below the bar of a product of fractions; powers with negative numbers are below."""
    above: list[Node] = []
    below: list[Node] = []
    for factor in factors_of(node):
        if isinstance(factor, Divide):
            up, down = split_fraction(factor.numerator)
            up2, down2 = split_fraction(factor.denominator)
            above += up + down2
            below += down + up2
        elif isinstance(factor, Negative):
            up, down = split_fraction(factor.body)
            above += [Negative(ONE), *up]
            below += down
        elif isinstance(factor, Power) and (value := value_of(factor.exponent)) is not None and value < 0:
            below.append(power(factor.base, number(-value)))
        else:
            above.append(factor)
    return above, below
