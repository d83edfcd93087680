"""Integrals evaluated wrongly: without a factor, a term at the limits, or a sign."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from pminusy.proofread.repair import slips
from pminusy.proofread.repair.mistakes.mistake import Make, Mistake, Write
from pminusy.proofread.rules.build import (
    ONE,
    add,
    div,
    factors_of,
    mul,
    neg,
    number,
    split_fraction,
    value_of,
)
from pminusy.proofread.rules.chains import first_moves
from pminusy.proofread.rules.families import integrals
from pminusy.proofread.rules.families.antiderivatives import antiderivative, slope_in
from pminusy.proofread.rules.families.reversed_chain import reversed_chain
from pminusy.proofread.rules.setting import Setting
from pminusy.proofread.syntax.tree import Add, Between, Call, Integral, Multiply, Negative, Node, Power, walk


def table(node: Node, setting: Setting, write: Write) -> Iterator[Mistake]:
    """An antiderivative without the division that it needs, with a multiplication instead, with the other sign."""
    if not isinstance(node, Integral):
        return
    found = antiderivative(node.body, node.variable)
    if found is None:
        yield from _without_number(node, setting, write)
        return
    about = f"The antiderivative of {write(node.body)} is {write(found)}"
    above, below = split_fraction(node.body)
    for part in (*above, *below):
        for divisor, why in _divisors(part, node, write):
            if divisor in (ONE, neg(ONE)):
                continue
            yield _with(node, mul([divisor, found]), f"{about}: {why} divides it, which is missing.")
            yield _with(
                node, mul([divisor, divisor, found]), f"{about}: {why} divides it and does not multiply it."
            )
    yield _with(node, neg(found), f"{about}: its sign was lost.")


def _without_number(node: Integral, setting: Setting, write: Write) -> Iterator[Mistake]:
    """The chain rule read backwards without the number that it needs."""
    found = reversed_chain(node.body, node.variable, setting)
    first = found.factors[0] if isinstance(found, Multiply) else None
    if found is None or first is None or value_of(first) is None:
        return
    about = f"The antiderivative of {write(node.body)} is {write(found)}"
    yield _with(node, div(found, first), f"{about}: its factor {write(first)} is missing.")
    yield _with(node, neg(found), f"{about}: its sign was lost.")


def _divisors(part: Node, node: Integral, write: Write) -> Iterator[tuple[Node, str]]:
    """What an antiderivative is divided by: the slope of what stands inside, the exponent and one."""
    if isinstance(part, Power):
        value = value_of(part.exponent)
        if value is not None and value != -1:
            yield number(value + 1), f"the new exponent {write(number(value + 1))}"
        inside = part.base if value is not None else part.exponent
    elif isinstance(part, Call) and len(part.arguments) == 1:
        inside = part.arguments[0]
    elif part == node.variable:
        yield number(2), f"the new exponent {write(number(2))}"
        return
    else:
        return
    slope = slope_in(inside, node.variable)
    if slope is not None and slope != ONE:
        yield slope, f"the factor {write(slope)} of {write(inside)}"


def _with(node: Integral, found: Node, sentence: str) -> Mistake:
    new = found
    if node.low is not None and node.high is not None:
        new = Between(found, node.variable, node.low, node.high)
    return Mistake(new, slips.ANTIDERIVATIVE, sentence)


def by_parts(node: Node, setting: Setting, write: Write) -> Iterator[Mistake]:
    """Integration by parts with the wrong sign, or without the term at the limits."""
    if not isinstance(node, Integral):
        return
    for _, move in first_moves((integrals.PARTS,), node, setting):
        if isinstance(move.new, Add):
            whole, minus = move.new.terms
            rest = minus.body if isinstance(minus, Negative) else minus
            yield Mistake(
                add([whole, rest]),
                slips.SIGN,
                f"{move.sentence}: the integral that is left has a minus before it.",
            )
            yield Mistake(minus, slips.BOUNDARY, f"{move.sentence}: the term {write(whole)} is missing.")


def limits(node: Node, setting: Setting, write: Write) -> Iterator[Mistake]:
    """The lower limit added, left out, or taken for the upper one."""
    if not isinstance(node, Between):
        return
    for _, move in first_moves((integrals.LIMITS,), node, setting):
        if not isinstance(move.new, Add):
            continue
        high, *low = move.new.terms
        below = add(low)
        value = write(neg(below))
        yield Mistake(
            add([high, neg(below)]),
            slips.SIGN,
            f"The value {value} at the lower limit is subtracted, not added.",
        )
        yield Mistake(high, slips.TERM_LOST, f"The value {value} at the lower limit is to be subtracted.")
        yield Mistake(
            neg(move.new),
            slips.LIMITS_SWAPPED,
            "The value at the lower limit is subtracted from the one at the upper limit.",
        )


def factors(node: Node, setting: Setting, write: Write) -> Iterator[Mistake]:
    """The integral of a product taken for the product of integrals."""
    if isinstance(node, Integral):
        parts = [f for f in factors_of(node.body) if any(each == node.variable for each in walk(f))]
        if len(parts) == 2:
            new = mul(replace(node, body=part) for part in parts)
            yield Mistake(
                new,
                slips.ANTIDERIVATIVE,
                f"The integral of {write(node.body)} is not the product of two integrals.",
            )


KINDS: tuple[Make, ...] = (table, by_parts, limits, factors)
