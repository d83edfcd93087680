"""Products: numbers folded into one, signs in front, a factor cancelled against what another is divided by."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

from pminusy.proofread.rules.build import ONE, ZERO, number
from pminusy.proofread.rules.tidying.fractions import cancelled, quotient
from pminusy.proofread.rules.tidying.numbers import (
    factors_of,
    fraction_of,
    is_plain,
    length,
    power_of,
    split_sign,
)
from pminusy.proofread.rules.tidying.signs import as_factor
from pminusy.proofread.syntax.parentheses import bare
from pminusy.proofread.syntax.tree import (
    Call,
    Derivative,
    Divide,
    Fold,
    Integral,
    Multiply,
    Negative,
    Node,
    Power,
)

IsScalar = Callable[[Node], bool]


def tidy_product(node: Multiply, is_scalar: IsScalar) -> Node:
    """The product, tidied, with its sign in front."""
    if not is_plain(node):
        return node
    minus, parts = False, []
    for factor in _flat(node):
        negative, rest = split_sign(factor)
        minus ^= negative
        parts.append(as_factor(rest) if not _reaches_on(rest) else rest)
    parts = _folded(parts)
    parts = _without_inverses(parts, is_scalar)
    parts = _powers(parts, is_scalar)
    if ZERO in parts:
        return ZERO
    whole = _joined(node, [part for part in parts if part != ONE])
    return Negative(whole) if minus else whole


def _flat(node: Multiply) -> list[Node]:
    """The factors; those of an inner product only where it is not the whole of a sum or a call."""
    return [each for factor in node.factors for each in factors_of(factor)]


def _reaches_on(node: Node) -> bool:
    return isinstance(bare(node), Fold | Integral | Derivative) or (
        isinstance(bare(node), Call) and not bare(node).opening  # type: ignore[attr-defined]
    )


def _joined(node: Multiply, parts: list[Node]) -> Node:
    """The factors with the signs that stood between them, or the usual ones where some have gone."""
    if not parts:
        return ONE
    if len(parts) == 1:
        return parts[0]
    signs = node.signs if len(parts) == len(node.factors) else ("",) * (len(parts) - 1)
    return Multiply(tuple(parts), signs)


def _folded(parts: list[Node]) -> list[Node]:
    """All numbers in one: where a fraction with a number stands, in that, otherwise where the first one stood."""
    values = [fraction_of(part) for part in parts]
    places = [n for n, value in enumerate(values) if value is not None]
    if not places:
        return parts
    total = Fraction(1)
    for value in values:
        total *= 1 if value is None else value
    rest = [part for part, value in zip(parts, values, strict=True) if value is None]
    if total == 1:
        return rest
    if total == 0:
        return [ZERO]
    for n, part in enumerate(rest):
        taken = _taken_in(part, total)
        if taken is not None:
            return [*rest[:n], taken, *rest[n + 1 :]]
    if len(places) == 1:
        return parts
    return [*rest[: places[0]], number(total), *rest[places[0] :]]


def _taken_in(part: Node, factor: Fraction) -> Node | None:
    """A fraction times a number as one fraction, where it has a number above or below that changes by that."""
    part = bare(part)
    if not isinstance(part, Divide):
        return None
    above, below = factors_of(part.numerator), factors_of(part.denominator)
    own = Fraction(1)
    for sign, side in ((1, above), (-1, below)):
        for each in side:
            value = fraction_of(each)
            if value:
                own *= value**sign
    numeric = any(fraction_of(each) is not None for each in (*above, *below))
    if not numeric:
        return None
    value = own * factor
    rest = [[each for each in side if fraction_of(each) is None] for side in (above, below)]
    new = quotient(value, rest[0], rest[1], part.slash)
    return new if length(new) <= length(part) + length(number(factor)) else None


def _without_inverses(parts: list[Node], is_scalar: IsScalar) -> list[Node]:
    """`a` and `b / a` make `b`."""
    for n, part in enumerate(parts):
        fraction = bare(part)
        if not isinstance(fraction, Divide):
            continue
        for m, other in enumerate(parts):
            if m == n or not is_scalar(other):
                continue
            inner = bare(other)
            if isinstance(inner, Divide):
                above, below = cancelled(
                    factors_of(inner.numerator), factors_of(fraction.denominator), is_scalar
                )
                if len(below) == len(factors_of(fraction.denominator)):
                    continue
                new = list(parts)
                new[m] = quotient(Fraction(1), above, factors_of(inner.denominator), inner.slash)
            else:
                above, below = cancelled([other], factors_of(fraction.denominator), is_scalar)
                if len(below) == len(factors_of(fraction.denominator)):
                    continue
                new = list(parts)
                new[m] = above[0] if above else ONE
            new[n] = quotient(Fraction(1), factors_of(fraction.numerator), below, fraction.slash)
            return _without_inverses(_folded(new), is_scalar)
    return parts


def _has_power(*parts: Node) -> bool:
    return any(isinstance(bare(part), Power) for part in parts)


def _powers(parts: list[Node], is_scalar: IsScalar) -> list[Node]:
    """Equal factors that stand side by side as a power."""
    done: list[Node] = []
    for part in parts:
        if done and is_scalar(part) and not isinstance(bare(part), Divide):
            base, exponent = power_of(part)
            before, other = power_of(done[-1])
            if base == before and (fraction_of(base) is None or _has_power(part, done[-1])):
                done[-1] = Power(base, number(exponent + other))
                continue
        done.append(part)
    return done
