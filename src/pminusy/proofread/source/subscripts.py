r"""What stands below an expectation alone, as in `\mathbb{E}_q[f(x)]`: the density of that letter, `q_\theta(x)`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from pminusy.proofread.source.page import Chain
from pminusy.proofread.syntax.chances import PROBABILITIES
from pminusy.proofread.syntax.tree import Call, Node, Symbol, transform, walk


def with_whole_densities(chains: Sequence[Chain]) -> None:
    """Put the density in where the page has one of that letter only, of one name."""
    trees = [m.tree for chain in chains for m in chain.members if m.tree is not None]
    calls = [n for tree in trees for n in walk(tree) if isinstance(n, Call)]
    bare = {c.function.name for c in calls if not c.arguments}
    found: dict[str, set[Call]] = {}
    for call in calls:
        if call.function.name in bare & PROBABILITIES and call.arguments:
            found.setdefault(call.function.name, set()).add(call)
    whole = {name: own.pop() for name, own in found.items() if len(own) == 1}
    whole = {name: call for name, call in whole.items() if all(_is_name(a) for a in call.arguments)}
    if not whole:
        return

    def completed(node: Node) -> Node:
        bare_one = isinstance(node, Call) and not node.arguments
        return whole.get(node.function.name, node) if bare_one and isinstance(node, Call) else node

    for chain in chains:
        chain.members = [
            m if m.tree is None else replace(m, tree=transform(m.tree, completed)) for m in chain.members
        ]


def _is_name(node: Node) -> bool:
    return isinstance(node, Symbol) and not node.indices
