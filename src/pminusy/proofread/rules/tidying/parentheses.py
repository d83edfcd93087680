"""Parentheses put where a formula needs them to be written."""

from __future__ import annotations

from dataclasses import replace

from pminusy.proofread.syntax.parentheses import grouped, product
from pminusy.proofread.syntax.tree import (
    Add,
    Derivative,
    Divide,
    Group,
    Multiply,
    Negative,
    Node,
    Power,
    Transpose,
    map_children,
)

_OPEN = (Derivative, Divide, Power, Transpose)  # what stands alone among factors, but not under a power


def written(node: Node) -> Node:
    """A formula without parentheses, with those that it needs: the tree that its author would have written."""
    node = map_children(node, written)
    match node:
        case Multiply() if not any(node.signs):
            return product(*node.factors)
        case Negative() if isinstance(node.body, Add | Negative):
            return Negative(grouped(node.body))
        case Add():
            return replace(node, terms=tuple(grouped(t) if isinstance(t, Add) else t for t in node.terms))
        case Power() | Transpose():
            return _with_base(node)
    return node


def _with_base(node: Power | Transpose) -> Node:
    base = node.base if isinstance(node, Power) else node.body
    closed = Group(base) if isinstance(base, _OPEN) else grouped(base)
    return replace(node, base=closed) if isinstance(node, Power) else replace(node, body=closed)
