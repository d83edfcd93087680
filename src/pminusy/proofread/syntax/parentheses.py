"""Parentheses in trees: taken off, put where a product needs them, and products and signs written with them."""

from __future__ import annotations

from dataclasses import replace

from pminusy.proofread.syntax.tree import (
    Add,
    Between,
    Call,
    Component,
    Delta,
    Derivative,
    Divide,
    Fold,
    Group,
    Indicator,
    Multiply,
    Negative,
    Node,
    Norm,
    Number,
    Power,
    Symbol,
    Transpose,
)

TIGHT = (
    Symbol,
    Number,
    Group,
    Call,
    Divide,
    Power,
    Transpose,
    Delta,
    Indicator,
    Norm,
    Derivative,
    Component,
    Between,
)


def bare(node: Node) -> Node:
    """The node without the parentheses around it."""
    return bare(node.body) if isinstance(node, Group) else node


def grouped(node: Node) -> Node:
    """In parentheses, where a product needs them."""
    return node if isinstance(node, TIGHT) else Group(node)


def product(*factors: Node) -> Node:
    """The product, without factors of 1 and in one level."""
    flat: list[Node] = []
    for factor in factors:
        if factor == Number("1"):
            continue
        flat.extend(factor.factors if isinstance(factor, Multiply) else (factor,))
    if not flat:
        return Number("1")
    tight = [f if _may_stand(f, f is flat[-1]) else Group(f) for f in flat]
    return tight[0] if len(tight) == 1 else Multiply(tuple(tight), ("",) * (len(tight) - 1))


def _may_stand(factor: Node, last: bool) -> bool:
    r"""Whether a factor needs no parentheses: `\log p` and sums reach on, so they may stand last only."""
    if isinstance(factor, Fold) or (isinstance(factor, Call) and not factor.opening):
        return last
    return isinstance(factor, TIGHT)


def without(node: Multiply, n: int) -> Node:
    """The product without its nth factor."""
    factors = node.factors[:n] + node.factors[n + 1 :]
    if len(factors) == 1:
        return factors[0]
    signs = node.signs[: max(n - 1, 0)] + node.signs[max(n, 1) :] if n else node.signs[1:]
    return Multiply(factors, signs)


def negated(node: Node) -> Node:
    """Minus the node; a minus that stands in it, before a factor or above a fraction, goes instead."""
    if isinstance(node, Negative):
        return node.body
    if isinstance(node, Number) and node.text.startswith("-"):
        return Number(node.text[1:])
    if isinstance(node, Divide) and _has_sign(node.numerator):
        return replace(node, numerator=negated(bare(node.numerator)))
    if isinstance(node, Multiply):
        for n, factor in enumerate(node.factors):
            if _has_sign(factor):
                positive = negated(bare(factor))
                if positive == Number("1"):
                    return without(node, n)
                return replace(node, factors=(*node.factors[:n], grouped(positive), *node.factors[n + 1 :]))
    return Negative(Group(node) if isinstance(node, Add) else node)


def _has_sign(node: Node) -> bool:
    """Whether a minus can be taken from an expression."""
    node = bare(node)
    if isinstance(node, Divide):
        return _has_sign(node.numerator)
    if isinstance(node, Multiply):
        return any(map(_has_sign, node.factors))
    return isinstance(node, Negative) or (isinstance(node, Number) and node.text.startswith("-"))
