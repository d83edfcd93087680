"""Edits of powers and functions."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from pminusy.proofread.repair.places import Edit, Place
from pminusy.proofread.repair.scope import Scope
from pminusy.proofread.repair.slips import FUNCTION, FUNCTION_ADDED, FUNCTION_LOST, POWER, QUOTIENT_SQUARE
from pminusy.proofread.syntax.parentheses import grouped
from pminusy.proofread.syntax.tree import (
    Add,
    Call,
    Derivative,
    Divide,
    Fold,
    Group,
    Negative,
    Node,
    Norm,
    Number,
    Power,
    Symbol,
)

_PARTNERS = {
    "sin": "cos",
    "cos": "sin",
    "sinh": "cosh",
    "cosh": "sinh",
    "log": "exp",
    "exp": "log",
    "tanh": "cosh",
}
_OPERANDS = Symbol | Group | Norm | Call | Fold


def change_power(place: Place, _: Scope) -> Iterator[Edit]:
    """A power one higher or lower, or none."""
    node, parent = place.node, place.parent
    one = Number("1")
    if isinstance(node, Power) and not isinstance(parent, Derivative):
        exponent = node.exponent
        if isinstance(exponent, Number) and exponent.text.isdigit():
            for value in (int(exponent.text) - 1, int(exponent.text) + 1):
                new = node.base if value == 1 else Power(node.base, Number(str(value)))
                yield Edit(node, new, POWER)
        elif node.base != Symbol("e"):
            yield Edit(node, Power(node.base, Add((exponent, Negative(one)))), POWER)
            yield Edit(node, Power(node.base, Add((exponent, one))), POWER)
            yield Edit(node, node.base, POWER, 0.3)
        if isinstance(exponent, Add) and exponent.terms[-1] in (one, Negative(one)):
            rest = exponent.terms[:-1]
            yield Edit(node, Power(node.base, rest[0] if len(rest) == 1 else Add(rest)), POWER)
    elif isinstance(node, _OPERANDS) and not isinstance(parent, Power | Derivative):
        yield Edit(node, Power(_base(node), Number("2")), POWER)
    if isinstance(node, Divide):
        squared = Power(_base(node.denominator), Number("2"))
        if not isinstance(node.denominator, Power | Number):
            yield Edit(node, replace(node, denominator=squared), QUOTIENT_SQUARE)


def _base(node: Node) -> Node:
    return node if isinstance(node, Symbol | Group | Norm) else Group(node)


def change_function(place: Place, _: Scope) -> Iterator[Edit]:
    """Another function, its derivative, or none."""
    node = place.node
    if isinstance(node, Call) and len(node.arguments) == 1:
        name = node.function.name
        if name in _PARTNERS:
            yield Edit(node, replace(node, function=Symbol(_PARTNERS[name])), FUNCTION)
        yield Edit(node, grouped(node.arguments[0]), FUNCTION_ADDED)
        if node.primes:
            yield Edit(node, replace(node, primes=node.primes - 1), FUNCTION)
    elif place.is_term and isinstance(node, Symbol):
        for name in ("log", "exp"):
            yield Edit(node, Call(Symbol(name), (node,)), FUNCTION_LOST)
