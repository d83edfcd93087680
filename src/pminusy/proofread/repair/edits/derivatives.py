"""Edits of what is differentiated: by another variable, once more or once less."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from pminusy.proofread.repair.places import Edit, Place
from pminusy.proofread.repair.scope import Scope
from pminusy.proofread.repair.slips import WRONG_ORDER, WRONG_VARIABLE
from pminusy.proofread.syntax.tree import Call, Derivative, Symbol, walk

MOST_VARIABLES = 8


def change_variable(place: Place, scope: Scope) -> Iterator[Edit]:
    """A derivative by another variable that something is differentiated by, or that the body is made of."""
    node = place.node
    if not isinstance(node, Derivative):
        return
    for n, other in enumerate(_variables(node, scope)[:MOST_VARIABLES]):
        yield Edit(node, replace(node, variables=(*node.variables[:-1], other)), WRONG_VARIABLE, 0.02 * n)


def _variables(node: Derivative, scope: Scope) -> list[Symbol]:
    used = [
        v for tree in scope.model.trees for n in walk(tree) if isinstance(n, Derivative) for v in n.variables
    ]
    inside = [q for q in scope.expressions(()) if isinstance(q, Symbol)]
    found = dict.fromkeys(v for v in (*used, *inside) if isinstance(v, Symbol) and v.name)
    return [v for v in found if v not in node.variables and v != node.body]


def change_order(place: Place, _: Scope) -> Iterator[Edit]:
    """A prime or a variable of a derivative more or less."""
    node = place.node
    if isinstance(node, Call) and node.primes:
        yield Edit(node, replace(node, primes=node.primes + 1), WRONG_ORDER)
        if node.primes > 1:
            yield Edit(node, replace(node, primes=node.primes - 1), WRONG_ORDER)
    if isinstance(node, Derivative):
        yield Edit(node, replace(node, variables=(*node.variables, node.variables[-1])), WRONG_ORDER)
        if len(node.variables) > 1:
            yield Edit(node, replace(node, variables=node.variables[:-1]), WRONG_ORDER)
