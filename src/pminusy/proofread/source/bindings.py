r"""Which of two different indices a sum is over: in `x_i = \sum_{i \ne j} y_j`, i stands outside, so that j runs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from pminusy.proofread.source.page import Member
from pminusy.proofread.syntax.tree import Binding, Fold, Node, Relation, Symbol, transform, walk


def rebound(members: Sequence[Member]) -> list[Member]:
    r"""The members of a chain, with sums over `i \ne j` running over that index which its left side does not have."""
    first = members[0].tree if members else None
    outside = set() if first is None else _indices(first) - _bound(first)
    return [
        replace(m, tree=transform(m.tree, lambda node: _with_other_index(node, outside))) if m.tree else m
        for m in members
    ]


def _with_other_index(node: Node, outside: set[str]) -> Node:
    if not isinstance(node, Fold) or len(node.bindings) != 1 or not isinstance(node.condition, Relation):
        return node
    relation, index = node.condition, node.bindings[0].index
    other = relation.right
    if (
        relation.operator != r"\ne"
        or relation.left != index
        or not isinstance(other, Symbol)
        or other.indices
    ):
        return node
    if index.name not in outside or other.name in outside or other.name not in _indices(node.body):
        return node
    binding = Binding(Symbol(other.name, span=other.span), span=other.span)
    return replace(node, bindings=(binding,))


def _indices(node: Node) -> set[str]:
    """The letters that stand as indices in an expression."""
    symbols = (n for n in walk(node) if isinstance(n, Symbol))
    return {
        index.name for s in symbols for index in s.indices if isinstance(index, Symbol) and not index.indices
    }


def _bound(node: Node) -> set[str]:
    return {binding.index.name for n in walk(node) if isinstance(n, Fold) for binding in n.bindings}
