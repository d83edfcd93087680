"""The chain rule applied wrongly: without the inner derivative, its sign, or a factor of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from pminusy.proofread.repair import slips
from pminusy.proofread.repair.mistakes.mistake import Mistake, Write
from pminusy.proofread.rules.build import (
    ONE,
    E,
    add,
    factors_of,
    mul,
    neg,
    number,
    power,
    value_of,
)
from pminusy.proofread.rules.carried_out import carried_out
from pminusy.proofread.rules.families.functions import slope_of
from pminusy.proofread.rules.families.operator import by, moves_with
from pminusy.proofread.rules.setting import Setting
from pminusy.proofread.syntax.tree import (
    Call,
    Derivative,
    Negative,
    Node,
    Power,
)


def without_inner(new: Node, inside: Node, node: Derivative, setting: Setting, write: Write) -> Mistake:
    """The chain rule without its inner derivative, of which a sign may be all."""
    slope = _slope(inside, node, setting)
    if value_of(slope) == -1:
        return Mistake(
            new,
            slips.SIGN,
            f"Inside of {write(node.body)} stands {write(inside)}, whose derivative brings a minus: the sign was lost.",
        )
    return Mistake(
        new,
        slips.INNER_LOST,
        f"The chain rule: {write(inside)} stands inside of {write(node.body)}, and its derivative "
        f"{write(slope)} is missing as a factor.",
    )


def wrong_sign_inside(
    new: Node, inside: Node, node: Derivative, setting: Setting, write: Write
) -> Iterator[Mistake]:
    """The chain rule with an inner derivative that has lost its minus."""
    slope = _slope(inside, node, setting)
    if isinstance(slope, Negative) and value_of(slope) != -1:
        yield Mistake(
            new,
            slips.SIGN,
            f"The chain rule: {write(inside)} stands inside of {write(node.body)}, and the sign of its derivative "
            f"{write(slope)} was lost.",
        )


def factors_inside(node: Node, setting: Setting, write: Write) -> Iterator[Mistake]:
    """The chain rule with an inner derivative that has lost a factor, such as -x taken for -1."""
    found = _outer(node, setting) if isinstance(node, Derivative) else None
    if found is None or not isinstance(node, Derivative):
        return
    outer, inside = found
    slope = _slope(inside, node, setting)
    sign = neg(ONE) if isinstance(slope, Negative) else ONE
    factors = factors_of(slope.body if isinstance(slope, Negative) else slope)
    for n, factor in enumerate(factors):
        if (len(factors) > 1 or sign != ONE) and factor != ONE:
            yield Mistake(
                mul([*outer, sign, *factors[:n], *factors[n + 1 :]]),
                slips.INNER_LOST,
                f"The chain rule: the derivative of {write(inside)}, which stands inside of {write(node.body)}, is "
                f"{write(slope)}: its factor {write(factor)} is missing.",
            )


def _outer(node: Derivative, setting: Setting) -> tuple[list[Node], Node] | None:
    """The outer derivative of a power or a function, and what stands inside; None where nothing does."""
    body = node.body
    if isinstance(body, Power) and body.base != E and not moves_with(body.exponent, node, setting):
        value = value_of(body.exponent)
        lower = power(body.base, add([body.exponent, neg(ONE)]) if value is None else number(value - 1))
        outer, inside = [body.exponent, lower], body.base
    elif isinstance(body, Power) and body.base == E:
        outer, inside = [body], body.exponent
    elif isinstance(body, Call) and len(body.arguments) == 1 and not body.primes:
        slope = body if body.function.name == "exp" else slope_of(body, setting)
        if slope is None:
            return None
        outer, inside = [slope], body.arguments[0]
    else:
        return None
    return (outer, inside) if moves_with(inside, node, setting) and inside != node.variables[-1] else None


def taken_elsewhere(
    slope: Node, inside: Node, node: Derivative, setting: Setting, write: Write
) -> Iterator[Mistake]:
    """f'(x) g'(x) and f'(g'(x)) for f'(g(x)) g'(x), of a function that is left open."""
    if not isinstance(slope, Call) or not slope.primes:
        return
    about = f"The chain rule takes the derivative of the outer function at {write(inside)}"
    inner = by(inside, node)
    for place in (node.variables[-1], inner):
        outer = replace(slope, arguments=(place,))
        for factors in ([outer, inner], [outer]):
            yield Mistake(mul(factors), slips.OUTER_ELSEWHERE, f"{about}, not at {write(place)}.")


def _slope(inside: Node, node: Derivative, setting: Setting) -> Node:
    """The derivative of what stands inside, worked out where that is seen."""
    slope = by(inside, node)
    return carried_out(slope, setting) or slope
