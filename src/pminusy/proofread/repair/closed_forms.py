"""The short forms that gradients of losses usually take, over the quantities of a page."""

from __future__ import annotations

import itertools
from collections.abc import Iterator

from pminusy.proofread.meaning.names.letters import free_letters
from pminusy.proofread.repair.scope import Scope, rename
from pminusy.proofread.syntax.parentheses import product
from pminusy.proofread.syntax.tree import (
    Add,
    Binding,
    Delta,
    Divide,
    Fold,
    Group,
    Negative,
    Node,
    Number,
    Symbol,
    walk,
)

MOST_QUANTITIES, MOST_FACTORS = 10, 8


def closed_forms(scope: Scope, free: frozenset[str]) -> Iterator[Node]:
    r"""Forms whose free indices are the given ones: differences, each alone, times a quantity, and divided by one.

    The differences are :math:`a_i - b_i`, :math:`a_i \sum_k b_k - b_i`, :math:`1 - a_i` and
    :math:`\delta_{ij} - a_j`.
    """
    families = scope.model.families
    quantities = [q for q in scope.expressions(()) if isinstance(q, Symbol)][:MOST_QUANTITIES]
    sizes = [Symbol(name) for name in sorted(scope.model.sizes)]
    for difference in _differences(scope, quantities, free):
        own = free_letters(difference, families)
        if own == free:
            yield difference
        for factor in [*quantities, *sizes][:MOST_FACTORS]:
            if own | free_letters(factor, families) == free:
                yield product(factor, Group(difference))
                yield Divide(difference, factor)


def _differences(scope: Scope, quantities: list[Symbol], free: frozenset[str]) -> Iterator[Node]:
    families = scope.model.families
    letters = [name for name in _summed(scope) if name not in free][:1]
    for a, b in itertools.permutations(quantities, 2):
        own = free_letters(a, families)
        if own != free_letters(b, families) or not own <= free:
            continue
        yield Add((a, Negative(b)))
        for index, letter in itertools.product(sorted(own), letters):
            total = Fold("sum", (Binding(Symbol(letter)),), rename(b, {index: letter}))
            yield Add((product(a, total), Negative(b)))
    for a in quantities:
        if free_letters(a, families) <= free:
            yield Add((Number("1"), Negative(a)))
    for i, j in itertools.permutations(sorted(free), 2):
        for a in quantities:
            if free_letters(a, families) == {j}:
                yield Add((Delta(Symbol(i), Symbol(j)), Negative(a)))


def _summed(scope: Scope) -> Iterator[str]:
    """Letters to sum over, those of the step at hand first."""
    for tree in (scope.problem.right, scope.problem.left):
        for node in walk(tree):
            if isinstance(node, Fold):
                yield from (binding.index.name for binding in node.bindings)
    yield from scope.summed
