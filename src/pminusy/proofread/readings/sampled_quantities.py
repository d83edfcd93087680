r"""Parts of a page in which X is any one of a sample $X_1, \dots, X_n$, which are distributed like it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from pminusy.proofread.source.page import Chain, Page
from pminusy.proofread.syntax.chances import is_expectation
from pminusy.proofread.syntax.tree import Call, Node, Number, Symbol, transform, walk

_FIRST = Number("1")


def with_sampled_quantities(part: tuple[Page, Chain]) -> tuple[Page, Chain] | None:
    """A part of a page with $X_1$ for X; None where none stands in an expectation without index and with one."""
    page, chain = part
    counts: dict[str, set[int]] = {}
    for symbol in (s for each in page.chains for tree in _trees(each) for s in _averaged(tree)):
        counts.setdefault(symbol.name, set()).add(len(symbol.indices))
    names = {name for name, used in counts.items() if used == {0, 1}}
    if not any(_is_whole(node, names) for tree in _trees(chain) for node in walk(tree)):
        return None

    def first(node: Node) -> Node:
        return replace(node, lower=(_FIRST,)) if isinstance(node, Symbol) and _is_whole(node, names) else node

    made = {
        id(each): replace(
            each,
            members=[m if m.tree is None else m.rewrite(transform(m.tree, first)) for m in each.members],
            conditions=list(each.conditions),
        )
        for each in page.chains
    }
    return replace(page, chains=list(made.values())), made[id(chain)]


def _is_whole(node: Node, names: set[str]) -> bool:
    return isinstance(node, Symbol) and node.name in names and not node.lower and not node.upper


def _averaged(tree: Node) -> Iterator[Symbol]:
    """The names in expectations, variances and covariances."""
    for node in walk(tree):
        if isinstance(node, Call) and is_expectation(node.function.name):
            yield from (s for a in node.arguments for s in walk(a) if isinstance(s, Symbol))


def _trees(chain: Chain) -> list[Node]:
    return [member.tree for member in chain.members if member.tree is not None]
