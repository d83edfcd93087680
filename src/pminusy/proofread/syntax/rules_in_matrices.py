r"""Matrices of columns between bars, `| & | \\ a & b \\ | & |`, and of rows between dashes, `- & a^T & -`."""

from __future__ import annotations

from collections.abc import Sequence

from pminusy.proofread.syntax.ellipses import ELLIPSES
from pminusy.proofread.syntax.tokens import Token

Cell = Sequence[Token]


def without_rules(rows: Sequence[Sequence[Cell]]) -> list[list[Cell]]:
    """The cells of a matrix without the bars and dashes that say that its entries are whole columns or rows."""
    kept = [row for row in rows if not _is_of_bars(row)]
    return [_without_dashes(row) for row in (kept or rows)]


def _is_of_bars(row: Sequence[Cell]) -> bool:
    """Whether the cells of a row are upright bars, dots or nothing."""
    texts = ["".join(token.text for token in cell) for cell in row]
    return "|" in texts and all(text in ("|", "") or text in ELLIPSES for text in texts)


def _without_dashes(row: Sequence[Cell]) -> list[Cell]:
    """A row without the dashes at both of its ends."""
    cells = [[token for token in cell if token.kind != "gap"] for cell in row]
    if len(cells) > 2 and _is_dash(cells[0]) and _is_dash(cells[-1]):
        return list(cells[1:-1])
    filled = [cell for cell in cells if cell]
    if filled and len(filled[0]) > 1 and filled[0][0].text == "-" and filled[-1][-1].text == "-":
        first, last = cells.index(filled[0]), len(cells) - 1 - cells[::-1].index(filled[-1])
        cells[first] = cells[first][1:]
        cells[last] = cells[last][:-1]
        return list(cells)
    return list(row)


def _is_dash(cell: Cell) -> bool:
    return bool(cell) and all(token.text == "-" for token in cell)
