r"""Parts of a page in which the small letter of a random quantity is read as that quantity.

`X \sim \mathrm{Ber}(p)` goes on with $\mathrm{Var}(x) = p(1 - p)$, and the log-likelihood of x has a mean.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from pminusy.proofread.meaning.names.definitions import main_symbols
from pminusy.proofread.source.page import Chain, Page
from pminusy.proofread.syntax.chances import is_expectation
from pminusy.proofread.syntax.tree import Binding, Call, Integral, Node, Symbol, transform, walk


def with_random_capitals(part: tuple[Page, Chain]) -> tuple[Page, Chain] | None:
    """A part of a page with small letters read as the capitals that are random; None where that changes nothing."""
    page, chain = part
    trees = [m.tree for each in page.chains for m in each.members if m.tree is not None]
    random = {d.variable.name for d in page.draws if d.variable is not None}
    random |= {s.name for tree in trees for argument in _averaged(tree) for s in main_symbols(argument)}
    letters = {name.lower() for name in random if len(name) == 1 and name.isupper()}
    letters -= {name for tree in trees for name in _bound(tree)}
    together = {s.name for tree in trees for a in _averaged(tree) for s in _mixed(a)}
    letters -= together
    if not any(s.name in letters for m in chain.members if m.tree is not None for s in main_symbols(m.tree)):
        return None

    def capital(node: Node) -> Node:
        named = isinstance(node, Symbol) and node.name in letters
        return replace(node, name=node.name.upper()) if named and isinstance(node, Symbol) else node

    made = {
        id(each): replace(
            each,
            members=[m if m.tree is None else m.rewrite(transform(m.tree, capital)) for m in each.members],
            conditions=list(each.conditions),
        )
        for each in page.chains
    }
    return replace(page, chains=list(made.values())), made[id(chain)]


def _averaged(tree: Node) -> Iterator[Node]:
    """What expectations are of."""
    for node in walk(tree):
        if isinstance(node, Call) and is_expectation(node.function.name):
            yield from node.arguments


def _mixed(argument: Node) -> Iterator[Symbol]:
    """Small letters that stand beside their capital in one expectation, so that they are something else."""
    symbols = list(main_symbols(argument))
    names = {symbol.name for symbol in symbols}
    yield from (s for s in symbols if s.name.islower() and s.name.upper() in names)


def _bound(tree: Node) -> Iterator[str]:
    """The letters that something is integrated or summed over."""
    for node in walk(tree):
        if isinstance(node, Integral):
            yield node.variable.name
        elif isinstance(node, Binding) and isinstance(node.index, Symbol):
            yield node.index.name
