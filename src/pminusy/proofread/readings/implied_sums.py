r"""The summation convention: `A_{ij} x_j` is the sum over j, where an index stands twice in a product."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

from pminusy.proofread.source.page import Chain, Page
from pminusy.proofread.syntax.tree import (
    Binding,
    Delta,
    Fold,
    Multiply,
    Node,
    Symbol,
    map_children,
    walk,
)

_CONVENTION = re.compile(r"einstein|summation convention|repeated ind|求和约定|縮約", re.IGNORECASE)


def with_implied_sums(part: tuple[Page, Chain]) -> tuple[Page, Chain] | None:
    """A part of a page with its chain's products summed over what stands twice in them.

    None where nothing does, or where the page writes sums, speaks of no convention, and the chain has no Kronecker
    delta. An index that the start of the chain has once is free.
    """
    page, chain = part
    trees = [member.tree for member in chain.members if member.tree is not None]
    said = _CONVENTION.search(page.text) or any(isinstance(n, Delta) for tree in trees for n in walk(tree))
    if not trees or any(
        isinstance(n, Fold) for tree in (trees if said else _trees(page)) for n in walk(tree)
    ):
        return None
    free = frozenset(letter for letter, count in Counter(_letters(trees[0])).items() if count == 1)
    members = [
        member if member.tree is None else member.rewrite(_summed(member.tree, free))
        for member in chain.members
    ]
    if all(new.tree is old.tree for new, old in zip(members, chain.members, strict=True)):
        return None
    changed = replace(chain, members=members)
    return replace(page, chains=[changed if each is chain else each for each in page.chains]), changed


def _trees(page: Page) -> list[Node]:
    return [member.tree for chain in page.chains for member in chain.members if member.tree is not None]


def _summed(node: Node, free: frozenset[str]) -> Node:
    if not isinstance(node, Multiply | Symbol):
        return map_children(node, lambda child: _summed(child, free))
    twice = [letter for letter, count in Counter(_letters(node)).items() if count == 2 and letter not in free]
    if twice:
        return Fold("sum", tuple(Binding(Symbol(letter)) for letter in twice), node, span=node.span)
    return node if isinstance(node, Symbol) else map_children(node, lambda child: _summed(child, free))


def _letters(node: Node) -> Iterator[str]:
    """The small letters that stand as indices in an expression, as often as they do."""
    for each in walk(node):
        places = (
            each.indices
            if isinstance(each, Symbol)
            else (each.left, each.right)
            if isinstance(each, Delta)
            else ()
        )
        for index in places:
            if (
                isinstance(index, Symbol)
                and not index.indices
                and len(index.name) == 1
                and index.name.islower()
            ):
                yield index.name
