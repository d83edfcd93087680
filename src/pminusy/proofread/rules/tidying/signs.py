"""Signs and parentheses."""

from __future__ import annotations

from collections.abc import Callable

from pminusy.proofread.rules.build import ZERO
from pminusy.proofread.rules.tidying.numbers import split_sign
from pminusy.proofread.syntax.tree import (
    Add,
    Call,
    Component,
    Delta,
    Divide,
    Group,
    Negative,
    Node,
    Norm,
    Number,
    Power,
    Symbol,
)

_ATOMS = (Symbol, Number, Group, Delta, Norm, Component)


def tidy_negative(node: Negative, _: Callable[[Node], bool]) -> Node:
    """`- - a` is `a`, and minus nothing is nothing."""
    minus, rest = split_sign(node)
    if rest == ZERO:
        return ZERO
    return Negative(as_term(rest)) if minus else rest


def tidy_group(node: Group, _: Callable[[Node], bool]) -> Node:
    """No parentheses around a name, a number, a call in its own parentheses, or other parentheses."""
    inner = node.body
    closed = isinstance(inner, Call) and bool(inner.opening)
    return inner if isinstance(inner, _ATOMS) or closed else node


def loose(node: Node) -> Node:
    """Without the parentheses around it, for a place that sets it apart anyway."""
    return loose(node.body) if isinstance(node, Group) and node.opening != "{" else node


def as_factor(node: Node) -> Node:
    """Without parentheses that a factor does not need."""
    inner = loose(node)
    return inner if isinstance(inner, (*_ATOMS, Divide, Power)) else node


def as_term(node: Node) -> Node:
    """Without parentheses that a term does not need."""
    inner = loose(node)
    return node if isinstance(inner, Add | Negative) else inner
