"""Powers, and functions at 0 and 1."""

from __future__ import annotations

from collections.abc import Callable

from pminusy.proofread.rules.build import ONE, ZERO, number
from pminusy.proofread.rules.tidying.numbers import fraction_of
from pminusy.proofread.rules.tidying.signs import loose
from pminusy.proofread.syntax.parentheses import bare
from pminusy.proofread.syntax.tree import Call, Node, Power

_VALUES: dict[tuple[str, Node], Node] = {
    ("log", ONE): ZERO,
    ("ln", ONE): ZERO,
    ("exp", ZERO): ONE,
    ("sin", ZERO): ZERO,
    ("cos", ZERO): ONE,
}


def tidy_power(node: Power, is_scalar: Callable[[Node], bool]) -> Node:
    r"""`x^1` is `x`, `x^0` is 1, and `(x^2)^3` is `x^6`; the square of a root is what stands under it."""
    exponent = fraction_of(node.exponent)
    if exponent == 1:
        return node.base
    if not is_scalar(node.base):
        return node
    base = bare(node.base)
    if exponent == 0 or base == ONE:
        return ONE
    if exponent is not None and exponent.denominator == 1:
        if isinstance(base, Power):
            inner = fraction_of(base.exponent)
            if inner is not None and inner.denominator == 1:
                return Power(base.base, number(inner * exponent))
        if (
            exponent == 2
            and isinstance(base, Call)
            and base.function.name == "sqrt"
            and not base.function.lower
        ):
            return base.arguments[0]
    return node if loose(node.exponent) is node.exponent else Power(node.base, loose(node.exponent))


def tidy_call(node: Call, _: Callable[[Node], bool]) -> Node:
    r"""`\log 1` is 0, and the like."""
    if len(node.arguments) == 1 and not node.primes and not node.function.indices:
        return _VALUES.get((node.function.name.lstrip("\\"), bare(node.arguments[0])), node)
    return node
