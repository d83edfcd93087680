"""Columns looked up by name, errors that say which name was meant, and the words of a name."""

import re
from collections.abc import Iterable, Sequence
from difflib import get_close_matches

import polars as pl

from pminusy.datasets.lookalikes import told_apart
from pminusy.errors import DataError

_LISTED = 20
_WORD = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[^\W\d_A-Z]+|\d+|[#№]")


def listed(names: Sequence[str]) -> str:
    """Join names for a message; a long list ends in how many more there are."""
    more = f" and {len(names) - _LISTED} more" if len(names) > _LISTED else ""
    return ", ".join(names[:_LISTED]) + more


def unknown(name: str, known: Sequence[str]) -> str:
    """Say that a column does not exist, and suggest the nearest name, or else list them."""
    near = get_close_matches(name, known, n=1)
    if not near:
        return f"no column {name!r}; columns: {listed(known)}"
    wanted, meant = told_apart([name, near[0]])
    return f"no column {wanted}; did you mean {meant}?"


def words_of(name: str) -> list[str]:
    """The words and numbers of a name, in lower case.

    Examples
    --------
    >>> words_of("PassengerId"), words_of("lot_no. 7"), words_of("userID")
    (['passenger', 'id'], ['lot', 'no', '7'], ['user', 'id'])
    """
    return [word.lower() for word in _WORD.findall(name)]


def check_columns(frame: pl.DataFrame, names: Iterable[str]) -> None:
    """Raise unless a table has every one of the columns; others may be there too.

    Parameters
    ----------
    frame : polars.DataFrame
        The table.
    names : iterable of str
        The columns it must have.

    Raises
    ------
    DataError
        A column is missing: names the first such, and the nearest that is there.

    Examples
    --------
    >>> import polars as pl
    >>> check_columns(pl.DataFrame({"carat": [0.3]}), ["carrat"])
    Traceback (most recent call last):
    pminusy.errors.DataError: no column 'carrat'; did you mean 'carat'?
    """
    known = frame.columns
    present = set(known)
    for name in names:
        if name not in present:
            raise DataError(unknown(name, known))
