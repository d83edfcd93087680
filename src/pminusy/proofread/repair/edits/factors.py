"""Edits of factors and terms: one more, one less, another one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from pminusy.proofread.repair.places import Edit, Place
from pminusy.proofread.repair.scope import Scope
from pminusy.proofread.repair.slips import (
    FACTOR_ADDED,
    FACTOR_LOST,
    INNER_LOST,
    NUMBER_LOST,
    NUMBER_WRONG,
    TERM_LOST,
    UPSIDE_DOWN,
    WRONG_FACTOR,
)
from pminusy.proofread.syntax.parentheses import bare, grouped, product, without
from pminusy.proofread.syntax.tree import (
    Add,
    Derivative,
    Divide,
    Fold,
    Group,
    Multiply,
    Negative,
    Node,
    Number,
    Power,
    Symbol,
    is_literal,
)

MOST_PARTS = 6


def drop_factor(place: Place, _: Scope) -> Iterator[Edit]:
    """A product without one factor, a fraction without its denominator."""
    node = place.node
    if isinstance(node, Multiply):
        for n, factor in enumerate(node.factors):
            slip = NUMBER_LOST if isinstance(bare(factor), Number) else FACTOR_ADDED
            yield Edit(node, without(node, n), slip, 0.2 if slip is NUMBER_LOST else 0.0)
    if isinstance(node, Divide):
        yield Edit(node, node.numerator, FACTOR_ADDED, 0.2)
        if node.numerator != Number("1"):
            yield Edit(node, replace(node, numerator=Number("1")), FACTOR_ADDED, 0.2)


def invert(place: Place, _: Scope) -> Iterator[Edit]:
    """A fraction turned over."""
    node = place.node
    if isinstance(node, Divide):
        yield Edit(node, replace(node, numerator=node.denominator, denominator=node.numerator), UPSIDE_DOWN)


def multiply_by_number(place: Place, scope: Scope) -> Iterator[Edit]:
    """A number or a size as one more factor, or instead of the number that stands there."""
    node = place.node
    if place.is_term and not isinstance(node, Number):
        for n, number in enumerate(scope.numbers):
            yield Edit(node, times(number, node), NUMBER_LOST, 0.02 * n + 0.1 * isinstance(node, Add))
    if isinstance(node, Number):
        for n, other in enumerate((Number("1"), Number("0"), *scope.numbers)):
            if not isinstance(place.parent, Power):
                yield Edit(node, other, NUMBER_WRONG, 0.02 * n)


def multiply_by_expression(place: Place, scope: Scope) -> Iterator[Edit]:
    """An expression of the page as one more factor, or its inverse."""
    node = place.node
    if not place.is_term or isinstance(node, Number):
        return
    for n, factor in enumerate(scope.expressions(place.bound)):
        slip = FACTOR_LOST if isinstance(factor, Symbol) else INNER_LOST
        size = 0.02 * n + 0.1 * isinstance(node, Add)
        yield Edit(node, times(factor, node), slip, size)
        if scope.has_vectors and not scope.is_scalar(factor):
            yield Edit(node, product(grouped(node), grouped(factor)), slip, size)
        elif isinstance(factor, Symbol | Fold | Power):
            yield Edit(node, divided(node, factor), FACTOR_LOST, size + 0.1)


def multiply_by_both(place: Place, scope: Scope) -> Iterator[Edit]:
    """A number and a quantity as further factors at once, as the power rule leaves them."""
    node = place.node
    if not place.is_term or isinstance(node, Add | Number):
        return
    quantities = [q for q in scope.expressions(place.bound) if isinstance(q, Symbol)][:8]
    for n, number in enumerate((Number("1"), *scope.numbers[:4])):
        for m, first in enumerate(quantities):
            size = 0.9 + 0.05 * (n + m)
            yield Edit(node, times(product(number, first), node), INNER_LOST, size)
            for second in quantities[m:]:
                both = Power(first, Number("2")) if first == second else product(first, second)
                yield Edit(node, times(product(number, both), node), INNER_LOST, size + 0.2)


def replace_factor(place: Place, scope: Scope) -> Iterator[Edit]:
    """Another quantity of the page where a symbol stands."""
    node = place.node
    if isinstance(node, Symbol) and not isinstance(place.parent, Derivative):
        for n, other in enumerate(scope.expressions(place.bound)):
            yield Edit(node, grouped(other), WRONG_FACTOR, 0.02 * n)


def add_term(place: Place, scope: Scope) -> Iterator[Edit]:
    """One more term: a number, an expression of the page, or a product of two vectors or matrices."""
    node = place.node
    if not (place.is_term or isinstance(place.parent, Group)) or isinstance(place.parent, Add):
        return
    half = Divide(Number("1"), Number("2"))
    expressions = list(scope.expressions(place.bound))
    numbers = (Number("1"), half, Number("2"))
    for n, term in enumerate((*numbers, *expressions, *_products(expressions, scope))):
        for signed in (term, Negative(term)):
            terms = node.terms if isinstance(node, Add) else (node,)
            yield Edit(node, Add((*terms, signed)), TERM_LOST, 0.02 * n)


def _products(expressions: list[Node], scope: Scope) -> Iterator[Node]:
    """Twice a vector or matrix, and products of two."""
    if not scope.has_vectors:
        return
    parts = [part for part in expressions if not scope.is_scalar(part)][:MOST_PARTS]
    for number in (Number("1"), Number("2")):
        for first in parts:
            yield product(number, first)
            for second in parts:
                yield product(number, first, second)


def times(factor: Node, node: Node) -> Node:
    """The product, written into a numerator of 1 where there is one."""
    if isinstance(node, Divide) and node.numerator == Number("1") and not isinstance(factor, Divide):
        return replace(node, numerator=bare(factor))
    first = node.factors[0] if isinstance(node, Multiply) else node
    if isinstance(first, Number) and not is_literal(factor):  # a number stays in front
        return product(node, factor) if first is node else product(first, factor, *node.factors[1:])  # type: ignore[attr-defined]
    return product(factor, node)


def divided(node: Node, by: Node) -> Node:
    """The quotient, written into the denominator where there is one."""
    if isinstance(node, Divide):
        return replace(node, denominator=product(grouped(node.denominator), grouped(by)))
    return Divide(node, by)
