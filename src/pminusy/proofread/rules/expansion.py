"""A formula with all its products multiplied out."""

from __future__ import annotations

from pminusy.proofread.rules.build import TWO, add, div, factors_of, mul, neg, terms_of
from pminusy.proofread.syntax.tree import (
    Add,
    Derivative,
    Divide,
    Multiply,
    Negative,
    Node,
    Power,
    Symbol,
    map_children,
)

MOST_TERMS = 16


def expanded(node: Node, kept: tuple[type[Node], ...] = (Derivative,)) -> Node:
    """Products of sums multiplied out and fractions of sums split, from the inside; exponents stay as they are.

    What stands inside of the `kept` kinds of nodes stays as it is, too.
    """
    if isinstance(node, (Symbol, *kept)):
        return node
    node = map_children(node, lambda child: expanded(child, kept))
    if isinstance(node, Power) and node.exponent == TWO and isinstance(node.base, Add):
        node = Multiply((node.base, node.base), ("",))
    if isinstance(node, Multiply):
        return _multiplied(node)
    if isinstance(node, Divide) and isinstance(node.numerator, Add):
        return add(div(term, node.denominator) for term in terms_of(node.numerator))
    if isinstance(node, Negative) and isinstance(node.body, Add):
        return add(neg(term) for term in terms_of(node.body))
    return node


def _multiplied(node: Multiply) -> Node:
    products: list[list[Node]] = [[]]
    for factor in factors_of(node):
        terms = terms_of(factor)
        if len(products) * len(terms) > MOST_TERMS:
            return node
        products = [[*product, term] for product in products for term in terms]
    if len(products) == 1:
        return node
    return add(mul(product) for product in products)
