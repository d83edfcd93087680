"""A matrix that nobody defines beside vectors of the same letter: X with the rows or columns x_i."""

from __future__ import annotations

from collections.abc import Iterable

from pminusy.proofread.meaning.names.definitions import Meaning
from pminusy.proofread.meaning.names.families import Families
from pminusy.proofread.meaning.shapes.shapes import Shapes
from pminusy.proofread.syntax.tree import Component, Node, Symbol, walk


def stacked(trees: Iterable[Node], families: Families, shapes: Shapes) -> dict[str, Meaning]:
    """What such matrices are, where the lengths that the formulas need say which way the vectors lie in them."""
    indexed = {s.name for tree in trees for s in walk(tree) if isinstance(s, Symbol) and s.indices}
    found = {}
    for name, rank in shapes.ranks.items():
        small = name.lower()
        if rank == 2 and len(name) == 1 and name.isupper() and name not in indexed and small in indexed:
            body = _entry(name, small, families, shapes)
            if body is not None and small not in shapes.definitions:
                found[name] = Meaning(name, ("·0", "·1"), (), body)
    return found


def _entry(name: str, small: str, families: Families, shapes: Shapes) -> Node | None:
    if shapes.ranks.get(small) != 2 or (small, "lower", 0) not in families.indexed:
        return None
    same, slot = shapes.lengths.same, shapes.slot
    if same(slot(name, 0), slot(small, 0)):
        number, place = "·0", "·1"
    elif same(slot(name, 1), slot(small, 0)):
        number, place = "·1", "·0"
    else:
        return None
    return Component(Symbol(small, (Symbol(number),)), (Symbol(place),))
