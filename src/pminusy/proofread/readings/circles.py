r"""Definitions that lead back to themselves, cut open: `u = x^2` and later `x = \\sqrt u`.

The page then says one relation twice, and which name is made of the other depends on the line: what a line
differentiates by is independent in it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from pminusy.proofread.checking.ladder import reached_families
from pminusy.proofread.meaning.model.model import Model
from pminusy.proofread.meaning.names.definitions import main_symbols
from pminusy.proofread.meaning.names.dependence import reach
from pminusy.proofread.readings.contexts import defined_in
from pminusy.proofread.source.page import Chain, Page
from pminusy.proofread.syntax.tree import Derivative, Symbol, walk

MOST_CUTS = 6


def cut(chain: Chain, model: Model) -> Iterator[tuple[Model, str]]:
    """Models without one of the definitions that go round."""
    trees = tuple(member.tree for member in chain.members if member.tree is not None)
    reached = reach(model.definitions, model.families)
    names = reached_families(model, trees) & model.definitions.keys()
    circular = [n for n in sorted(names) if n in reached[n] and not model.definitions[n].parameters]
    for name in circular[:MOST_CUTS]:
        known = {family: each for family, each in model.definitions.items() if family != name}
        yield replace(model, definitions=known), f"{name} read as independent"


def with_independent_variables(page: Page, chain: Chain) -> Page | None:
    """The page without the lines that say what a chain's variables of differentiation are made of, if there are any."""
    nodes = [node for member in chain.members if member.tree is not None for node in walk(member.tree)]
    variables = {s for n in nodes if isinstance(n, Derivative) for v in n.variables for s in main_symbols(v)}
    kept = [each for each in page.chains if each is chain or not _defines(each, variables)]
    return replace(page, chains=kept) if len(kept) < len(page.chains) else None


def _defines(chain: Chain, symbols: set[Symbol]) -> bool:
    left = chain.members[0].tree
    return left is not None and len(chain.members) > 1 and bool(symbols & set(defined_in(left)))
