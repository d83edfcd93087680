"""Integration by parts recognised from an integral and what became of it."""

from __future__ import annotations

import itertools
from collections.abc import Iterator

from pminusy.proofread.rules.asked import Asked, Equal, derivative_by, scaled_between, scaled_integral
from pminusy.proofread.rules.build import ONE, ZERO, add, div, factors_of, mul, neg, split_fraction, terms_of
from pminusy.proofread.rules.families.antiderivatives import antiderivative, has
from pminusy.proofread.rules.letters import put_in
from pminusy.proofread.rules.lines import Line
from pminusy.proofread.syntax.latex import to_latex
from pminusy.proofread.syntax.tree import Add, Between, Negative, Node, Symbol

BY_PARTS = "integration by parts"


def by_parts(asked: Asked) -> list[Line]:
    """The lines with the product between its limits before these are put in; none if it is nothing of the kind."""
    integral, integrand, right = asked.integral, asked.integrand, asked.right
    if not isinstance(right, Add):
        return []
    x = integral.variable
    boundary: list[Node] = []
    remaining: list[tuple[Node, Node]] = []
    for term in terms_of(right):
        scale, inner = scaled_integral(term)
        if inner is not None:
            body = mul([scale, put_in(inner.body, {inner.variable.name: x}, asked.setting)])
            remaining.append((term, body))
            continue
        scale, between = scaled_between(term)
        if between is not None:
            boundary.append(mul([scale, between.body]))
        elif integral.low is None:
            boundary.append(term)
        else:
            boundary.append(ZERO)
    if len(remaining) != 1:
        return []
    ((rest, body),) = remaining
    if integral.low is not None and (len(boundary) != 1 or boundary == [ZERO]):
        return _limits_put_in(asked, rest, body)
    product = boundary[0] if len(boundary) == 1 else ZERO
    if not has(product, x) or not asked.equal(add([derivative_by(x, product), body]), integrand):
        return []
    return [Line(BY_PARTS, _told(product, integrand, x, asked.equal), right)]


def _told(product: Node, integrand: Node, x: Symbol, equal: Equal) -> str:
    """What u and v are, where the product tells."""
    sign = isinstance(product, Negative)
    for u, v in _in_two(factors_of(product.body if isinstance(product, Negative) else product)):
        if has(u, x) and has(v, x):
            whole = mul([u, derivative_by(x, v)])
            if equal(neg(whole) if sign else whole, integrand):
                return _sentence(u, v)
    return r"$\int u v' = u v - \int u' v$."


def _limits_put_in(asked: Asked, rest: Node, remaining: Node) -> list[Line]:
    """By parts with the limits put in at once: the line before that is written out."""
    factors = found_factors(asked.integrand, remaining, asked.integral.variable, asked.equal)
    if factors is None:
        return []
    integral = asked.integral
    product = Between(mul(factors), integral.variable, integral.low, integral.high)  # type: ignore[arg-type]
    parts = Line(BY_PARTS, _sentence(*factors), add([product, rest]))
    return [parts, Line("put in the limits", "The limits are put in.", asked.right)]


def found_factors(integrand: Node, remaining: Node, x: Symbol, equal: Equal) -> tuple[Node, Node] | None:
    """u and v, where u v' is an integrand and −u' v another one; u is some of the factors of the integrand."""
    above, below = split_fraction(integrand)
    for u, slope in _in_two([*above, *(div(ONE, f) for f in below)]):
        v = antiderivative(slope, x)
        if v is not None and has(u, x) and equal(mul([neg(v), derivative_by(x, u)]), remaining):
            return u, v
    return None


def _in_two(factors: list[Node]) -> Iterator[tuple[Node, Node]]:
    """Some of the factors, and the others."""
    for count in range(1, len(factors) + 1):
        for chosen in itertools.combinations(range(len(factors)), count):
            yield mul(factors[n] for n in chosen), mul(f for n, f in enumerate(factors) if n not in chosen)


def _sentence(u: Node, v: Node) -> str:
    return f"With $u = {to_latex(u)}$ and $v = {to_latex(v)}$: $\\int u v' = u v - \\int u' v$."
