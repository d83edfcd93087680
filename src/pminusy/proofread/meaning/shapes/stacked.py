r"""What nobody defines beside its entries, by its letter or by a list in the text: a matrix X with rows or columns x_i.

A vector Y consists of the y_i in the same way, and after `\Phi = (\phi_1, \dots, \phi_n)^T` so does Φ of the φ_i.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from pminusy.errors import ShapeError
from pminusy.proofread.meaning.names.definitions import Meaning
from pminusy.proofread.meaning.names.families import Families
from pminusy.proofread.meaning.shapes.shapes import Shapes
from pminusy.proofread.syntax.tree import Component, Node, Symbol, Transpose, walk

_COLUMN = "·column"


def stacked(
    trees: Iterable[Node],
    families: Families,
    shapes: Shapes,
    listed: Mapping[str, str],
    loosely: bool = False,
) -> dict[str, Meaning]:
    """What such names are, where the lengths that the formulas need say which way the vectors lie in them.

    `listed` are names with the letter of what they are said to consist of. Both lengths of a matrix must be known to be
    those of the vectors; `loosely`, one will do, and the other is made so.
    """
    indexed = {s.name for tree in trees for s in walk(tree) if isinstance(s, Symbol) and s.indices}
    found = dict[str, Meaning]()
    for name, rank in shapes.ranks.items():
        small = listed.get(name, name.lower() if len(name) == 1 and name.isupper() else "")
        if small not in indexed or name in indexed or small in shapes.definitions:
            continue
        if rank == 2 and (body := _entry(name, small, families, shapes, loosely)) is not None:
            found[name] = Meaning(name, ("·0", "·1"), (), body)
        elif rank == 1:
            found |= _vector(name, small, families, shapes, loosely)
    return found


def _entry(name: str, small: str, families: Families, shapes: Shapes, loosely: bool) -> Node | None:
    if shapes.ranks.get(small) != 2:
        return None
    rows, columns, count, length = (shapes.slot(each, n) for each in (name, small) for n in (0, 1))
    same = shapes.lengths.same
    if same(rows, count) or (loosely and same(columns, length) and _made_same(shapes, rows, count)):
        number, place = "·0", "·1"
    elif same(columns, count) or (loosely and same(rows, length) and _made_same(shapes, columns, count)):
        number, place = "·1", "·0"
    else:
        return None
    numbered = _numbered(small, number, families)
    return None if numbered is None else Component(numbered, (Symbol(place),))


def _made_same(shapes: Shapes, one: int, other: int) -> bool:
    """Whether two lengths can be made equal; then they are."""
    state = shapes.lengths.snapshot()
    try:
        shapes.lengths.join(one, other)
    except ShapeError:
        shapes.lengths.restore(state)
        return False
    return True


def _vector(name: str, small: str, families: Families, shapes: Shapes, loosely: bool) -> dict[str, Meaning]:
    numbered = _numbered(small, "·0", families)
    if numbered is None or shapes.ranks.get(small) != 1:
        return {}
    length, own = shapes.slot(small, 0), shapes.slot(name, 0)
    if not shapes.lengths.same(own, length) and not (loosely and _made_same(shapes, own, length)):
        return {}
    if name not in shapes.rows:
        return {name: Meaning(name, ("·0",), (), numbered)}
    column = name + _COLUMN
    shapes.lengths.join(shapes.slot(column, 0), length)
    return {
        name: Meaning(name, (), (), Transpose(Symbol(column))),
        column: Meaning(column, ("·0",), (), numbered),
    }


def _numbered(small: str, index: str, families: Families) -> Symbol | None:
    """`x_i` or `x^{(i)}`, whichever the page writes."""
    if (small, "upper", 0) in families.indexed:
        return Symbol(small, upper=(Symbol(index),))
    return Symbol(small, (Symbol(index),)) if (small, "lower", 0) in families.indexed else None
