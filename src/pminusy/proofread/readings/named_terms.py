r"""Readings in which a new name is a term of a sum: the bound in $a + b = \mathcal{L} + d$ is a, where b equals d."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

from pminusy.proofread.checking.views import View
from pminusy.proofread.meaning.lines.introduced import Introduced, is_name, meaning_of
from pminusy.proofread.meaning.names.definitions import main_symbols
from pminusy.proofread.source.page import Page
from pminusy.proofread.syntax.parentheses import bare
from pminusy.proofread.syntax.tree import NOWHERE, Add, Call, Node, Symbol, is_literal, walk


def with_named_terms(view: View, page: Page) -> Iterator[View]:
    """The readings of a claim with a name that occurs first there as one term."""
    trees = [member.tree for member in view.claim.members]
    for left, right in pairwise(trees):
        if isinstance(left, Add) and isinstance(right, Add):
            found = _named(left, right)
            meaning = None if found is None else meaning_of(found, view.model.families)
            if found is None or meaning is None or meaning.family in view.model.definitions:
                continue
            head = _head(found.name)
            if _occurs_first(head, page):
                choice = f"{head.name} read as the name of a term"
                model = view.model.given({meaning.family: meaning})
                yield replace(view, model=model, choices=(*view.choices, choice))


def _named(left: Add, right: Add) -> Introduced | None:
    """The only name on the right that stands for a term, where all else there is made of what the left side has."""
    mine, others = ([bare(part) for part in side.terms] for side in (left, right))
    for part in tuple(mine):
        if part in others:
            mine.remove(part)
            others.remove(part)
    pairs = list(zip(mine, others, strict=False))
    named = [(a, b) for a, b in pairs if is_name(b) and not is_name(a) and not is_literal(a)]
    if len(mine) != len(others) or len(mine) < 2 or len(named) != 1:
        return None
    body, name = named[0]
    rest = set[str]().union(*(_quantities(part) for part in others if part is not name))
    assert isinstance(name, Symbol | Call)
    return Introduced(name, body) if rest <= _quantities(left) else None


def _quantities(node: Node) -> set[str]:
    """The names in an expression, without those of functions."""
    functions = {id(n.function) for n in walk(node) if isinstance(n, Call)}
    return {symbol.name for symbol in main_symbols(node) if id(symbol) not in functions}


def _head(name: Symbol | Call) -> Symbol:
    return name.function if isinstance(name, Call) else name


def _occurs_first(head: Symbol, page: Page) -> bool:
    """Whether no chain has a name before its place in the text."""
    trees = (member.tree for chain in page.chains for member in chain.members if member.tree is not None)
    same = (n for tree in trees for n in walk(tree) if isinstance(n, Symbol) and n.name == head.name)
    return head.span != NOWHERE and all(symbol.span.start >= head.span.start for symbol in same)
