"""Edits of sums: one more, one less, other limits, an exclusion."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from pminusy.proofread.meaning.names.letters import free_letters
from pminusy.proofread.repair.places import Edit, Place
from pminusy.proofread.repair.scope import Scope, rename
from pminusy.proofread.repair.slips import (
    EXCLUSION_ADDED,
    EXCLUSION_LOST,
    LIMITS,
    LIMITS_SWAPPED,
    OFF_DIAGONAL,
    SUM_ADDED,
    SUM_INSIDE,
    SUM_LOST,
)
from pminusy.proofread.syntax.parentheses import bare, grouped
from pminusy.proofread.syntax.tree import (
    LISTS,
    Add,
    Binding,
    Call,
    Derivative,
    Fold,
    Integral,
    Multiply,
    Negative,
    Node,
    Number,
    Relation,
    Symbol,
)


def change_exclusion(place: Place, scope: Scope) -> Iterator[Edit]:
    """A sum that leaves an index out, or no longer does."""
    node = place.node
    if not isinstance(node, Fold) or node.kind in LISTS:
        return
    if node.condition is not None:
        yield Edit(node, replace(node, condition=None), EXCLUSION_ADDED)
    elif len(node.bindings) == 1:
        index = node.bindings[0].index
        for letter in dict.fromkeys((*scope.letters, *place.bound)):
            if letter != index.name:
                unequal = Relation(r"\ne", index, Symbol(letter))
                yield Edit(node, replace(node, condition=unequal), EXCLUSION_LOST)


def change_limits(place: Place, _: Scope) -> Iterator[Edit]:
    """A sum that begins or ends one earlier or later."""
    node = place.node
    if not isinstance(node, Fold) or node.kind in LISTS:
        return
    for n, binding in enumerate(node.bindings):
        if binding.high is None:
            continue
        one = Number("1")
        for change in (
            replace(binding, high=Add((binding.high, Negative(one)))),
            replace(binding, high=Add((binding.high, one))),
            replace(binding, low=Number("0") if binding.low == one else one),
        ):
            bindings = (*node.bindings[:n], change, *node.bindings[n + 1 :])
            yield Edit(node, replace(node, bindings=bindings), LIMITS)


def swap_limits(place: Place, _: Scope) -> Iterator[Edit]:
    """An integral from the upper limit to the lower one."""
    node = place.node
    if isinstance(node, Integral) and node.low is not None and node.high is not None:
        yield Edit(node, replace(node, low=node.high, high=node.low), LIMITS_SWAPPED)


def add_sum(place: Place, scope: Scope) -> Iterator[Edit]:
    """A sum over a letter of the term."""
    node = place.node
    if not place.is_term or isinstance(node, Symbol | Number):
        return
    own = free_letters(node, scope.model.families) & scope.model.families.letters - set(place.bound)
    for letter in sorted(own):
        size = 0.0 if letter not in scope.free_on_left else 0.5
        body = grouped(node) if isinstance(node, Add) else node
        yield Edit(node, Fold("sum", (Binding(Symbol(letter)),), body), SUM_LOST, size)


def add_sum_within(place: Place, scope: Scope) -> Iterator[Edit]:
    """A sum over all outputs where one output stood, in some of the factors."""
    node = place.node
    if not isinstance(node, Multiply) or not place.is_term:
        return
    own = sorted(free_letters(node, scope.model.families) & scope.model.families.letters - set(place.bound))
    fresh = [
        letter for letter in (*scope.summed, "k", "l", "m") if letter not in own and letter not in place.bound
    ]
    for letter in own:
        for new in fresh[:1]:
            for factors in _renamed(node.factors, letter, new):
                body = Multiply(factors, node.signs)
                yield Edit(node, Fold("sum", (Binding(Symbol(new)),), body), OFF_DIAGONAL)


def _renamed(factors: tuple[Node, ...], old: str, new: str) -> Iterator[tuple[Node, ...]]:
    """The factors with a letter renamed in some: all up to one place, and in what is differentiated there."""
    changed = tuple(rename(factor, {old: new}) for factor in factors)
    for n in range(len(factors)):
        half = factors[n]
        if isinstance(half, Derivative):
            inner = replace(half, body=rename(half.body, {old: new}))
            yield (*changed[:n], inner, *factors[n + 1 :])
        if n:
            yield (*changed[:n], *factors[n:])
            yield (*factors[:n], *changed[n:])


def drop_sum(place: Place, _: Scope) -> Iterator[Edit]:
    """The term without the sum."""
    node = place.node
    if isinstance(node, Fold) and node.kind == "sum":
        yield Edit(node, node.body, SUM_ADDED)


def move_logarithm(place: Place, _: Scope) -> Iterator[Edit]:
    """`log Σ` for `Σ log`, and the other way round."""
    node = place.node
    if isinstance(node, Fold) and node.kind == "sum" and isinstance(bare(node.body), Call):
        call = bare(node.body)
        assert isinstance(call, Call)
        if len(call.arguments) == 1:
            inner = replace(node, body=call.arguments[0])
            yield Edit(node, replace(call, arguments=(inner,)), SUM_INSIDE)
    if isinstance(node, Call) and len(node.arguments) == 1 and isinstance(bare(node.arguments[0]), Fold):
        fold = bare(node.arguments[0])
        assert isinstance(fold, Fold)
        yield Edit(node, replace(fold, body=replace(node, arguments=(fold.body,))), SUM_INSIDE)
