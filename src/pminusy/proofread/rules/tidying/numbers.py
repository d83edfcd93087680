"""Written expressions: what a number in one is worth, its sign, powers and factors, and how long it is."""

from __future__ import annotations

from fractions import Fraction

from pminusy.proofread.rules.build import value_of
from pminusy.proofread.syntax.parentheses import bare
from pminusy.proofread.syntax.tree import Group, Multiply, Negative, Node, Number, Power, walk


def length(node: Node) -> int:
    """The number of nodes but parentheses."""
    return sum(not isinstance(each, Group) for each in walk(node))


def fraction_of(node: Node) -> Fraction | None:
    """What a whole number or a fraction of two is worth; None for all else, such as a decimal, which stays as it is."""
    value = value_of(node)
    decimal = value is not None and any(
        isinstance(n, Number) and not n.text.lstrip("-").isdigit() for n in walk(node)
    )
    return None if decimal else value


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
