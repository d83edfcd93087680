"""Index letters that an expression leaves free."""

from __future__ import annotations

from collections.abc import Iterator

from pminusy.proofread.meaning.names.definitions import Meaning
from pminusy.proofread.meaning.names.families import Families
from pminusy.proofread.syntax.tree import (
    Call,
    Component,
    Delta,
    Fold,
    Indicator,
    Node,
    Relation,
    Symbol,
    children,
    walk,
)


def free_letters(node: Node, families: Families, bound: frozenset[str] = frozenset()) -> frozenset[str]:
    """Letters in index places that no sum around them binds, in no order."""
    return frozenset(_free(node, families, bound))


def dynamic_letters(definitions: dict[str, Meaning], families: Families) -> dict[str, frozenset[str]]:
    r"""For each definition the letters of its body that its left side lacks.

    `J = -\log p_c` leaves c to whoever uses J.
    """
    found = {
        family: free_letters(meaning.body, families)
        - set(meaning.parameters)
        - {a.name for a in meaning.arguments}
        for family, meaning in definitions.items()
    }
    grown = True
    while grown:
        grown = False
        for family, meaning in definitions.items():
            used = {families.resolve(node)[0] for node in walk(meaning.body) if isinstance(node, Symbol)}
            more = frozenset[str]().union(*(found[other] for other in used if other in found)) - set(
                meaning.parameters
            )
            if not more <= found[family]:
                found[family] |= more
                grown = True
    return found


def _free(node: Node, families: Families, bound: frozenset[str]) -> Iterator[str]:
    if isinstance(node, Symbol):
        for index in families.resolve(node)[1]:
            yield from _letters_of(index, families, bound)
    elif isinstance(node, Delta):
        for side in (node.left, node.right):
            yield from _letters_of(side, families, bound)
    elif isinstance(node, Relation):
        for side in (node.left, node.right):
            if isinstance(side, Symbol) and side.name in families.letters:
                yield from _letters_of(side, families, bound)
            else:
                yield from _free(side, families, bound)
    elif isinstance(node, Component):
        yield from _free(node.body, families, bound)
        for index in node.indices:
            yield from _letters_of(index, families, bound)
    elif isinstance(node, Fold):
        inner = bound | {binding.index.name for binding in node.bindings}
        for binding in node.bindings:
            for limit in (binding.low, binding.high):
                if isinstance(limit, Symbol) and limit.name in families.letters:
                    yield from _letters_of(limit, families, bound)
        if not node.bindings:
            inner |= open_letters(node, families)
        yield from _free(node.body, families, inner)
        if node.condition is not None:
            yield from _free(node.condition, families, inner)
    elif isinstance(node, Call):
        for index in families.resolve(node.function)[1]:
            yield from _letters_of(index, families, bound)
        for argument in node.arguments:
            if isinstance(argument, Symbol) and argument.name in families.bound and not argument.indices:
                yield from _letters_of(argument, families, bound)
            else:
                yield from _free(argument, families, bound)
    else:
        for child in children(node):
            yield from _free(child, families, bound)


def open_letters(node: Fold, families: Families) -> frozenset[str]:
    r"""What a bare `\sum` runs over: the letters of its body."""
    return free_letters(node.body, families)


def _letters_of(index: Node, families: Families, bound: frozenset[str]) -> Iterator[str]:
    if isinstance(index, Symbol) and not index.indices:
        if index.name not in bound and index.name != ":":
            yield index.name
    elif isinstance(index, Symbol | Call | Indicator):
        yield from _free(index, families, bound)
    else:
        for child in children(index):
            yield from _letters_of(child, families, bound)
