"""Lines above the header of a table that are no part of it: titles, dates of export, comments."""

import re
from collections.abc import Sequence
from statistics import median_low
from typing import TypeAlias

Row: TypeAlias = Sequence[str | None]

_MOST_LINES = 20
_NUMBER = re.compile(r"\s*[-+]?[\d.,'\s]*\d[^\w]*")


def rows_above_header(rows: Sequence[Row]) -> int:
    """How many of the first rows have at most half as many cells with something in them as most rows have.

    Parameters
    ----------
    rows : sequence of sequences of str or None
        The first rows of a table, the header among them.

    Returns
    -------
    int
        0 where there are no such rows, or the table is too small or too narrow to tell.

    Examples
    --------
    >>> rows_above_header([["Sales", ""], ["", ""], ["item", "price"], ["tea", "3"], ["milk", "2"], ["rice", "4"]])
    2
    """
    filled = [sum(bool(cell and cell.strip()) for cell in row) for row in rows]
    usual = median_low(filled) if filled else 0
    if usual < 2:
        return 0
    first = next(place for place, n_filled in enumerate(filled) if 2 * n_filled > usual)
    # One row could be a header with most of the names missing.
    is_title = (
        first > 1
        or filled[0] == 0
        or (filled[0] == 1 and (usual > 2 or _names(rows[first], rows[first + 1 :])))
    )
    return first if first <= _MOST_LINES and is_title else 0


def _names(header: Row, body: Sequence[Row]) -> bool:
    """Whether a row stands above numbers and is none itself, in one of the columns at least."""
    for place, name in enumerate(header):
        cells = [row[place] for row in body if len(row) > place and row[place]]
        n_numbers = sum(_is_number(cell) for cell in cells)
        if name and not _is_number(name) and 2 * n_numbers > len(cells):
            return True
    return False


def _is_number(cell: str | None) -> bool:
    return bool(_NUMBER.fullmatch(cell or ""))


def skip_hint(n_above: int, unit: str) -> str:
    """Say how to skip the rows above the header, to be put behind a message; empty where there are none."""
    if not n_above:
        return ""
    return f"; the header seems to be in {unit} {n_above + 1}: --skip-rows {n_above} skips what is above it"
