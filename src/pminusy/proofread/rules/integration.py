"""Integrals recognised from what became of them: substitution, integration by parts, an antiderivative."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TypeAlias

from pminusy.proofread.rules.build import (
    ONE,
    TWO,
    ZERO,
    E,
    add,
    div,
    factors_of,
    mul,
    neg,
    power,
    split_fraction,
    terms_of,
)
from pminusy.proofread.rules.chains import worked_out
from pminusy.proofread.rules.families.antiderivatives import antiderivative, has
from pminusy.proofread.rules.families.integrals import INFINITY
from pminusy.proofread.rules.letters import put_in
from pminusy.proofread.rules.places import places
from pminusy.proofread.rules.setting import Setting
from pminusy.proofread.rules.tidy import Tidy
from pminusy.proofread.rules.words import tex
from pminusy.proofread.syntax.latex import to_latex
from pminusy.proofread.syntax.tree import (
    Add,
    Between,
    Call,
    Derivative,
    Divide,
    Integral,
    Negative,
    Node,
    Symbol,
    walk,
)

Equal: TypeAlias = Callable[[Node, Node], bool]
Recognised: TypeAlias = tuple[str, str]
MOST_CANDIDATES = 24


@dataclass(frozen=True)
class Asked:
    """An integral with what stands in front of it in its integrand, what became of it, and a test for equality."""

    integral: Integral
    integrand: Node
    right: Node
    setting: Setting
    equal: Equal


def recognised(left: Node, right: Node, setting: Setting, equal: Equal) -> Recognised | None:
    """The rule by which an integral became something else, and a sentence about it; None if none is recognised."""
    scale, integral = _scaled_integral(left)
    if integral is None:
        return None
    integrand = mul([scale, integral.body])
    for way in (_by_antiderivative, _by_parts, _by_substitution, _at_a_point):
        found = way(Asked(integral, integrand, right, setting, equal))
        if found is not None:
            return found
    return None


def _scaled_integral(node: Node) -> tuple[Node, Integral | None]:
    """The factor in front of the only integral of a product, and that integral."""
    if isinstance(node, Negative):
        scale, integral = _scaled_integral(node.body)
        return neg(scale), integral
    factors = factors_of(node)
    found = [f for f in factors if isinstance(f, Integral)]
    if len(found) != 1:
        if isinstance(node, Divide):
            scale, integral = _scaled_integral(node.numerator)
            return div(scale, node.denominator), integral
        return ONE, None
    return mul([f for f in factors if f is not found[0]]), found[0]


def _derivative(body: Node, x: Symbol) -> Node:
    return Derivative(body, (x,), "operator", "d")


def _by_antiderivative(asked: Asked) -> Recognised | None:
    integral, integrand, right = asked.integral, asked.integrand, asked.right
    x = integral.variable
    if any(isinstance(n, Integral) for n in walk(right)):
        return None
    scale, between = _scaled_between(right)
    if between is not None:
        body = mul([scale, between.body])
    elif integral.low is None:
        body = right
    else:
        return None
    if has(body, x) and asked.equal(_derivative(body, x), integrand):
        return "antiderivative", f"{tex(body)} has the derivative {tex(integrand)}."
    return None


def _scaled_between(node: Node) -> tuple[Node, Between | None]:
    if isinstance(node, Negative):
        scale, inside = _scaled_between(node.body)
        return neg(scale), inside
    factors = factors_of(node)
    found = [f for f in factors if isinstance(f, Between)]
    return (mul([f for f in factors if f is not found[0]]), found[0]) if len(found) == 1 else (ONE, None)


def _by_parts(asked: Asked) -> Recognised | None:
    integral, integrand, right = asked.integral, asked.integrand, asked.right
    if not isinstance(right, Add):
        return None
    x = integral.variable
    boundary: list[Node] = []
    remaining: list[Node] = []
    for term in terms_of(right):
        scale, inner = _scaled_integral(term)
        if inner is not None:
            remaining.append(mul([scale, put_in(inner.body, {inner.variable.name: x}, asked.setting)]))
            continue
        scale, between = _scaled_between(term)
        if between is not None:
            boundary.append(mul([scale, between.body]))
        elif integral.low is None:
            boundary.append(term)
        else:
            boundary.append(ZERO)
    if len(remaining) != 1:
        return None
    if integral.low is not None and len(boundary) != 1:
        return _by_parts_worked_out(integrand, remaining[0], x, asked.equal)
    if len(boundary) != 1:
        return None
    product = boundary[0]
    if integral.low is not None and product == ZERO:
        return _by_parts_worked_out(integrand, remaining[0], x, asked.equal)
    if not has(product, x) or not asked.equal(add([_derivative(product, x), remaining[0]]), integrand):
        return None
    factors = factors_of(product.body if isinstance(product, Negative) else product)
    for count in range(1, len(factors) + 1):
        for chosen in itertools.combinations(range(len(factors)), count):
            u = mul([factors[n] for n in chosen])
            v = mul([f for n, f in enumerate(factors) if n not in chosen])
            if (
                has(u, x)
                and has(v, x)
                and asked.equal(
                    mul([u, _derivative(v, x)]),
                    neg(integrand) if isinstance(product, Negative) else integrand,
                )
            ):
                return "integration by parts", _parts(u, v)
    return "integration by parts", r"$\int u v' = u v - \int u' v$."


def _by_parts_worked_out(integrand: Node, remaining: Node, x: Symbol, equal: Equal) -> Recognised | None:
    """By parts, the limits put in at once: u is some of the factors, v an antiderivative of the others."""
    above, below = split_fraction(integrand)
    factors = [*above, *(div(ONE, f) for f in below)]
    for count in range(1, len(factors) + 1):
        for chosen in itertools.combinations(range(len(factors)), count):
            u = mul([factors[n] for n in chosen])
            v = antiderivative(mul([f for n, f in enumerate(factors) if n not in chosen]), x)
            if v is not None and has(u, x) and equal(mul([neg(v), _derivative(u, x)]), remaining):
                return "integration by parts", _parts(u, v)
    return None


def _parts(u: Node, v: Node) -> str:
    return f"With $u = {to_latex(u)}$ and $v = {to_latex(v)}$: $\\int u v' = u v - \\int u' v$."


def _by_substitution(asked: Asked) -> Recognised | None:
    integral, integrand, right = asked.integral, asked.integrand, asked.right
    scale, other = _scaled_integral(right)
    if other is None:
        return None
    x, u = integral.variable, other.variable
    target = mul([scale, other.body])
    if u == x or has(integrand, u):
        fresh = Symbol("w" if not has(integrand, Symbol("w")) else "v")
        target = put_in(target, {u.name: fresh}, asked.setting)
    else:
        fresh = u
    if asked.equal(put_in(target, {fresh.name: x}, asked.setting), integrand):
        about = f"The variable of integration is called {tex(u)} instead of {tex(x)}."
        return ("rename the variable", about) if u != x else None
    for g in itertools.islice(_inner_functions(integrand, x, integral, other), MOST_CANDIDATES):
        replaced = mul([put_in(target, {fresh.name: g}, asked.setting), _derivative(g, x)])
        if asked.equal(replaced, integrand) or asked.equal(neg(replaced), integrand):
            return "substitution", _substituted(u, g, x, asked.setting)
    for h in itertools.islice(_inner_functions(target, fresh, other, integral), MOST_CANDIDATES):
        replaced = mul([put_in(integrand, {x.name: h}, asked.setting), _derivative(h, fresh)])
        if asked.equal(replaced, target) or asked.equal(neg(replaced), target):
            shown = put_in(h, {fresh.name: u}, asked.setting)
            return "substitution", _substituted(x, shown, u, asked.setting)
    return None


def _substituted(new: Symbol, of: Node, old: Symbol, setting: Setting) -> str:
    slope = _derivative(of, old)
    tidy = Tidy()
    for applied in worked_out(tidy(slope), setting, tidy):
        slope = applied.tree
    factor = to_latex(mul([slope, Symbol("d")]))[:-1].rstrip() if slope != ONE else ""
    return f"With ${to_latex(new)} = {to_latex(of)}$, so that $d{to_latex(new)} = {factor} d{to_latex(old)}$."


def _inner_functions(body: Node, x: Symbol, integral: Integral, other: Integral) -> Iterator[Node]:
    """What may be substituted: parts of the integrand, the linear map of the limits, and simple functions."""
    seen: set[Node] = {x}
    for node in _candidates(body, x, integral, other):
        if node not in seen and has(node, x):
            seen.add(node)
            yield node


def _candidates(body: Node, x: Symbol, integral: Integral, other: Integral) -> Iterator[Node]:
    if None not in (integral.low, integral.high, other.low, other.high):
        a, b, c, d = integral.low, integral.high, other.low, other.high
        if not any(has(limit, INFINITY) for limit in (a, b, c, d)):  # type: ignore[arg-type]
            yield add([c, mul([div(add([d, neg(c)]), add([b, neg(a)])), add([x, neg(a)])])])  # type: ignore[list-item, arg-type]
    inside = [node for node, _ in places(body) if has(node, x) and node is not body]
    yield from sorted(inside, key=lambda node: sum(1 for _ in walk(node)))
    yield neg(x)
    for name in ("sin", "tan", "cos", "log", "sqrt"):
        yield Call(Symbol(name), (x,))
    yield div(ONE, x)
    yield power(x, TWO)
    yield power(E, x)
    yield power(E, neg(x))


def _at_a_point(asked: Asked) -> Recognised | None:
    """Two integrals over neighbouring ranges."""
    integral, integrand, right = asked.integral, asked.integrand, asked.right
    if not isinstance(right, Add) or integral.low is None:
        return None
    pieces = []
    for term in terms_of(right):
        scale, piece = _scaled_integral(term)
        if piece is None or piece.low is None:
            return None
        pieces.append(
            (mul([scale, put_in(piece.body, {piece.variable.name: integral.variable}, asked.setting)]), piece)
        )
    if len(pieces) != 2:
        return None
    ends = {pieces[0][1].low, pieces[0][1].high} & {pieces[1][1].low, pieces[1][1].high}
    if ends and all(asked.equal(body, integrand) for body, _ in pieces):
        return "split the range", f"The range of integration is split at {tex(next(iter(ends)))}."  # type: ignore[arg-type]
    return None
