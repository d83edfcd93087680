"""Edits of indices: another letter, two exchanged, one step further, a δ more or less."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from pminusy.proofread.meaning.names.letters import free_letters
from pminusy.proofread.repair.places import Edit, Place
from pminusy.proofread.repair.scope import Scope, rename
from pminusy.proofread.repair.slips import (
    DELTA_ADDED,
    DELTA_LOST,
    LETTERS_EXCHANGED,
    SHIFTED_INDEX,
    SWAPPED_INDICES,
    WRONG_INDEX,
)
from pminusy.proofread.syntax.parentheses import product, without
from pminusy.proofread.syntax.tree import Add, Delta, Multiply, Negative, Node, Number, Symbol


def swap_index(place: Place, scope: Scope) -> Iterator[Edit]:
    """Another letter in one index place of a symbol or a δ."""
    node = place.node
    letters = tuple(dict.fromkeys((*scope.letters, *place.bound)))
    if isinstance(node, Delta):
        for letter in letters:
            yield Edit(node, replace(node, left=Symbol(letter)), WRONG_INDEX)
            yield Edit(node, replace(node, right=Symbol(letter)), WRONG_INDEX)
    if isinstance(node, Symbol):
        for side, n in scope.index_slots(node):
            for letter in letters:
                yield Edit(node, _with_index(node, side, n, Symbol(letter)), WRONG_INDEX)


def exchange_indices(place: Place, scope: Scope) -> Iterator[Edit]:
    """`W_{kj}` for `W_{jk}`."""
    node = place.node
    slots = scope.index_slots(node) if isinstance(node, Symbol) else []
    if isinstance(node, Symbol) and len(slots) == 2:
        (side, n), (other, m) = slots
        first, second = getattr(node, side)[n], getattr(node, other)[m]
        yield Edit(node, _with_index(_with_index(node, side, n, second), other, m, first), SWAPPED_INDICES)


def shift_index(place: Place, scope: Scope) -> Iterator[Edit]:
    """`c_{t-1}` for `c_t`, and the other way round."""
    node = place.node
    if not isinstance(node, Symbol):
        return
    for side, n in scope.index_slots(node):
        index = getattr(node, side)[n]
        one = Number("1")
        if isinstance(index, Symbol):
            yield Edit(node, _with_index(node, side, n, Add((index, Negative(one)))), SHIFTED_INDEX)
            yield Edit(node, _with_index(node, side, n, Add((index, one))), SHIFTED_INDEX)
        elif isinstance(index, Add) and isinstance(index.terms[0], Symbol):
            yield Edit(node, _with_index(node, side, n, index.terms[0]), SHIFTED_INDEX)


def exchange_letters(place: Place, scope: Scope) -> Iterator[Edit]:
    """Two letters exchanged, or one replaced, throughout a term."""
    if not place.is_term or isinstance(place.node, Symbol | Number):
        return
    own = sorted(free_letters(place.node, scope.model.families) & scope.model.families.letters)
    letters = tuple(dict.fromkeys((*scope.letters, *place.bound)))
    for n, a in enumerate(own):
        for b in own[n + 1 :]:
            yield Edit(place.node, rename(place.node, {a: b, b: a}), LETTERS_EXCHANGED)
        for b in letters:
            if b not in own:
                yield Edit(place.node, rename(place.node, {a: b}), LETTERS_EXCHANGED)


def change_deltas(place: Place, scope: Scope) -> Iterator[Edit]:
    """A δ put before a term, or taken away."""
    node = place.node
    if isinstance(node, Delta):
        yield Edit(node, Number("1"), DELTA_ADDED, 0.3)
    if isinstance(node, Multiply):
        for n, factor in enumerate(node.factors):
            if isinstance(factor, Delta):
                yield Edit(node, without(node, n), DELTA_ADDED)
    if place.is_term and not isinstance(node, Delta):
        letters = tuple(dict.fromkeys((*scope.letters, *place.bound)))
        for n, a in enumerate(letters):
            for b in letters[n + 1 :]:
                if not (isinstance(node, Multiply) and any(isinstance(f, Delta) for f in node.factors)):
                    yield Edit(node, product(Delta(Symbol(a), Symbol(b)), node), DELTA_LOST)


def _with_index(node: Symbol, side: str, n: int, index: Node) -> Symbol:
    indices = getattr(node, side)
    new = (*indices[:n], index, *indices[n + 1 :])
    return replace(node, lower=new) if side == "lower" else replace(node, upper=new)
