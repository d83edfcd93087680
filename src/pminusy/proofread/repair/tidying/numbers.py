"""Numbers in trees: what a node is worth as a fraction, and back; how long an expression is."""

from __future__ import annotations

from fractions import Fraction

from pminusy.proofread.repair.places import bare
from pminusy.proofread.syntax.tree import Divide, Group, Multiply, Negative, Node, Number, Power, walk

ZERO, ONE = Number("0"), Number("1")


def length(node: Node) -> int:
    """The number of nodes but parentheses."""
    return sum(not isinstance(each, Group) for each in walk(node))


def fraction_of(node: Node) -> Fraction | None:
    """What a whole number or a fraction of two is worth; None for all else."""
    node = bare(node)
    if isinstance(node, Number):
        return Fraction(node.text) if node.text.lstrip("-").isdigit() else None
    if isinstance(node, Negative):
        inner = fraction_of(node.body)
        return None if inner is None else -inner
    if isinstance(node, Divide):
        above, below = fraction_of(node.numerator), fraction_of(node.denominator)
        return None if above is None or not below else above / below
    return None


def number(value: Fraction) -> Node:
    """The node for a fraction; a minus is put before it."""
    if value < 0:
        return Negative(number(-value))
    if value.denominator == 1:
        return Number(str(value.numerator))
    return Divide(Number(str(value.numerator)), Number(str(value.denominator)))


def split_sign(node: Node) -> tuple[bool, Node]:
    """Whether a minus stands before an expression, and the rest."""
    inner = bare(node)
    if isinstance(inner, Negative):
        minus, rest = split_sign(inner.body)
        return not minus, rest
    if isinstance(inner, Number) and inner.text.startswith("-"):
        return True, Number(inner.text[1:])
    return False, node


def power_of(node: Node) -> tuple[Node, Fraction]:
    """The base and the exponent of a power with a whole number for exponent; 1 for all else."""
    inner = bare(node)
    if isinstance(inner, Power):
        exponent = fraction_of(inner.exponent)
        if exponent is not None and exponent.denominator == 1:
            return bare(inner.base), exponent
    return inner, Fraction(1)


def factors_of(node: Node) -> list[Node]:
    """The factors of a product of numbers, parentheses around the product or not."""
    inner = bare(node)
    if isinstance(inner, Multiply) and is_plain(inner):
        return [each for factor in inner.factors for each in factors_of(factor)]
    return [node]


def is_plain(node: Multiply) -> bool:
    """Whether the signs between the factors are those of the usual product."""
    return all(sign in ("", "*", r"\cdot", r"\times", "·") for sign in node.signs)
