"""Formulas without parentheses, needless ones and zeros, and signs inside products; tidied parts are shared."""

from __future__ import annotations

from dataclasses import dataclass, field

from pminusy.proofread.rules.build import ONE, ZERO, add, div, mul, neg, power, value_of
from pminusy.proofread.syntax.tree import (
    Add,
    Delta,
    Derivative,
    Divide,
    Fold,
    Group,
    Integral,
    Multiply,
    Negative,
    Node,
    Number,
    Power,
    Symbol,
    map_children,
)

_PLAIN_SIGNS = frozenset(["", r"\cdot", "*", r"\times"])


@dataclass
class Tidy:
    """Tidies formulas; what it returned once, it returns as it is."""

    _done: dict[int, Node] = field(default_factory=dict)

    def __call__(self, node: Node) -> Node:
        """The tidied formula."""
        if id(node) in self._done:
            return node
        new = _tidied(map_children(node, self))
        if id(new) not in self._done and new is not node and not isinstance(new, Symbol | Number):
            new = _tidied(map_children(new, self))
        self._done[id(new)] = new
        return new


def _tidied(node: Node) -> Node:
    match node:
        case Group():
            return node.body
        case Add():
            return _same_or(node, add(node.terms))
        case Multiply() if _PLAIN_SIGNS.issuperset(node.signs):
            return _same_or(node, mul(node.factors))
        case Negative():
            return _same_or(node, neg(node.body))
        case Divide():
            return _same_or(node, div(node.numerator, node.denominator))
        case Power() if node.base == ONE:
            return ONE
        case Power() if node.base == ZERO and value_of(node.exponent) is None:
            return ZERO
        case Power() if value_of(node.exponent) is not None:
            return _same_or(node, power(node.base, node.exponent))
        case Fold() if node.kind == "sum" and node.body == ZERO:
            return ZERO
        case Fold() if node.kind == "prod" and node.body == ONE:
            return ONE
        case Delta() if node.left == node.right:
            return ONE
        case Derivative() if isinstance(node.body, Number):
            return ZERO
        case Integral() if node.body == ZERO and node.low is not None:
            return ZERO
        case _:
            return node


def _same_or(node: Node, new: Node) -> Node:
    return node if new == node else new
