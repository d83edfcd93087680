r"""Small letters with indices as entries of what has the capital letter: y_j and w_ij beside `Y = WX + B`."""

from __future__ import annotations

from dataclasses import replace

from pminusy.proofread.readings.rewritten import Part, on_page
from pminusy.proofread.source.page import Member
from pminusy.proofread.syntax import names
from pminusy.proofread.syntax.tree import Node, Symbol, transform, walk


def with_capital_entries(part: Part) -> tuple[Part, dict[str, int]] | None:
    """A part of a page in which letters that only stand with indices are entries of their capitals, which never do.

    With it come the axes of the capitals. None where there are no such letters.
    """
    symbols = [
        n
        for chain in part[0].chains
        for member in chain.members
        if member.tree is not None
        for n in walk(member.tree)
        if isinstance(n, Symbol) and len(n.name) == 1 and n.name.isalpha()
    ]
    indexed = {s.name for s in symbols if s.lower and not s.upper}
    bare = {s.name for s in symbols if not s.indices}
    small = {n for n in indexed - bare - names.CONSTANTS if n.islower() and n.upper() in bare - indexed}
    if not small:
        return None

    def as_entry(node: Node) -> Node:
        entry = isinstance(node, Symbol) and node.name in small and bool(node.lower)
        return replace(node, name=node.name.upper()) if entry and isinstance(node, Symbol) else node

    def rewritten(member: Member) -> Member:
        return member if member.tree is None else member.rewrite(transform(member.tree, as_entry))

    axes = {s.name.upper(): len(s.lower) for s in symbols if s.name in small}
    return on_page(part, rewritten), axes
