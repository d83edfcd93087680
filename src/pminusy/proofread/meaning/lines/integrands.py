r"""Integrals and sums as products of factors, and what is left of these without some: `x^2 f(x)` without `x^2`."""

from __future__ import annotations

from pminusy.proofread.syntax.tree import (
    Divide,
    Fold,
    Group,
    Integral,
    Multiply,
    Node,
    Number,
    Power,
    Symbol,
    transform,
)


def limits_of(node: Node) -> tuple[Node | None, Node | None]:
    """The limits of an integral, or of a sum over one index."""
    if isinstance(node, Integral):
        return node.low, node.high
    if isinstance(node, Fold) and node.kind == "sum" and len(node.bindings) == 1:
        return node.bindings[0].low, node.bindings[0].high
    return None, None


def integrated(
    node: Node,
) -> tuple[Symbol, Node | None, Node | None, tuple[Node, ...], bool] | None:
    """Of an integral with constant factors: variable, limits, factors of the body, and whether it is a sum."""
    factors = _factors(node)
    whole = [f for f in factors if isinstance(f, Integral | Fold)]
    if len(whole) != 1:
        return None
    inner, rest = whole[0], [f for f in factors if f is not whole[0]]
    low, high = limits_of(inner)
    if isinstance(inner, Integral):
        return inner.variable, low, high, (*rest, *_factors(inner.body)), False
    if not isinstance(inner, Fold) or inner.kind != "sum" or len(inner.bindings) != 1:
        return None
    if inner.condition is not None:
        return None
    return inner.bindings[0].index, low, high, (*rest, *_factors(inner.body)), True


def _factors(node: Node) -> list[Node]:
    """What an expression is a product of; fractions with a numerator of several factors come apart."""
    if isinstance(node, Group):
        return _factors(node.body)
    if isinstance(node, Multiply):
        return [factor for each in node.factors for factor in _factors(each)]
    if isinstance(node, Divide):
        return [*_factors(node.numerator), Divide(Number("1"), node.denominator)]
    return [node]


def quotient(body: tuple[Node, ...], function: Node, variable: Symbol, other: Symbol) -> Node:
    """A body, of `other` for its variable, without the factors of a function; divided by those that it lacks."""
    kept = [transform(f, lambda node: other if node == variable else node) for f in body]
    left_over = []
    for factor in _factors(function):
        if factor in kept:
            kept.remove(factor)
        elif (part := _taken(kept, factor)) is not None:
            kept = part
        else:
            left_over.append(factor)
    product: Node = Number("1") if not kept else kept[0]
    if len(kept) > 1:
        product = Multiply(tuple(Group(each) for each in kept), ("",) * (len(kept) - 1))
    for factor in left_over:
        product = Divide(product, factor)
    return product


def _taken(kept: list[Node], factor: Node) -> list[Node] | None:
    """The factors without one that stands there in brackets, or as the square of what it is the square of."""
    for n, each in enumerate(kept):
        if isinstance(each, Power) and isinstance(factor, Power) and each.exponent == factor.exponent:
            bases = [b.body if isinstance(b, Group) else b for b in (each.base, factor.base)]
            if bases[0] == bases[1]:
                return kept[:n] + kept[n + 1 :]
    return None
