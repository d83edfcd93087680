"""The usual order of factors, in which a formula is written in the end."""

from __future__ import annotations

from pminusy.proofread.rules.build import E
from pminusy.proofread.rules.setting import Setting
from pminusy.proofread.syntax.tree import (
    Add,
    Call,
    Cases,
    Derivative,
    Fold,
    Integral,
    Multiply,
    Node,
    Power,
    Symbol,
    map_children,
)


def in_order(factors: list[Node]) -> list[Node]:
    """Names, functions, sums, and last what reaches on without parentheses; entries of one name by their indices."""
    placed = sorted(factors, key=_place)
    for n, factor in enumerate(placed):
        for m in range(n + 1, len(placed)):
            other = placed[m]
            if isinstance(factor, Symbol) and isinstance(other, Symbol) and factor.name == other.name:
                placed[n], placed[m] = sorted((factor, other), key=repr)
                factor = placed[n]
    return placed


def written(node: Node, setting: Setting) -> Node:
    """The formula with the factors of its products in order."""
    node = map_children(node, lambda child: written(child, setting))
    if isinstance(node, Multiply) and not any(node.signs) and setting.is_scalar(node):
        factors = tuple(in_order(list(node.factors)))
        return node if factors == node.factors else Multiply(factors, node.signs)
    return node


def _place(factor: Node) -> int:
    if isinstance(factor, Fold | Integral | Derivative) or (isinstance(factor, Call) and not factor.opening):
        return 4
    if isinstance(factor, Cases):
        return 3
    base = factor.base if isinstance(factor, Power) else factor
    if isinstance(base, Add):
        return 2
    return 1 if isinstance(base, Call) or base == E else 0
