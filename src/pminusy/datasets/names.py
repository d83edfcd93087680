"""Columns looked up by name, errors that say which name was meant, and the words of a name."""

import re
from collections.abc import Iterable, Sequence
from difflib import get_close_matches

import polars as pl

from pminusy.datasets.lookalikes import reading_of, told_apart
from pminusy.errors import DataError

_LISTED = 20
_LONGEST = 60
_SUGGESTED = 5
_NUMBERED = re.compile(r"column_\d+")
_NUMERAL = re.compile(r"[-+]?(\d+([.,]\d*)?|[.,]\d+)([eE][-+]?\d+)?")
_WORD = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[^\W\d_A-Z]+|\d+|[#№]")


def listed(names: Sequence[str]) -> str:
    """Join names for a message; a long list ends in how many more there are."""
    more = f" and {len(names) - _LISTED} more" if len(names) > _LISTED else ""
    return ", ".join(names[:_LISTED]) + more


def quoted(value: str) -> str:
    """A value of the data in quotation marks; a long one is cut.

    Examples
    --------
    >>> quoted("blue"), quoted("x" * 500)[-5:]
    ("'blue'", "xxx…'")
    """
    return repr(value if len(value) <= _LONGEST else f"{value[: _LONGEST - 1]}…")


def unknown(name: str, known: Sequence[str]) -> str:
    """Say that a column does not exist, and suggest the nearest name, or else list them."""
    near = _with_nearest(name, known)
    if near is None:
        return f"no column {name!r}; columns: {listed(known)}"
    wanted, suggested = near
    return f"no column {wanted}; did you mean {suggested}?"


def no_header_hint(columns: Iterable[str], wanted: Iterable[str] = ()) -> str:
    """Say what to do if the first row holds data, to be put behind a message; empty unless names look like values.

    Parameters
    ----------
    columns : iterable of str
        The names that were found.
    wanted : iterable of str
        Those that are looked for, where there are such.

    Examples
    --------
    >>> no_header_hint(["5.1", "setosa"])
    '; if these are values, --no-header reads a file without names of columns'
    >>> no_header_hint(["5.1", "setosa"], ["length", "species"])
    '; if these are values, put a line with the names of the columns before them'
    """
    if not any(_NUMERAL.fullmatch(name) for name in columns):
        return ""
    if all(_NUMBERED.fullmatch(name) for name in wanted):
        return "; if these are values, --no-header reads a file without names of columns"
    return "; if these are values, put a line with the names of the columns before them"


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
        Some are missing: names them, and for each the nearest that is there.

    Examples
    --------
    >>> import polars as pl
    >>> check_columns(pl.DataFrame({"Carat": [0.3]}), ["carat"])
    Traceback (most recent call last):
    pminusy.errors.DataError: no column 'carat'; did you mean 'Carat'?
    """
    known = frame.columns
    present = set(known)
    missing = [name for name in names if name not in present]
    if not missing:
        return
    hint = no_header_hint(known, missing)
    if len(missing) == 1:
        raise DataError(unknown(missing[0], known) + hint)
    near = [(name, _with_nearest(name, known)) for name in missing[:_SUGGESTED]]
    shown = [f"{pair[0]} (did you mean {pair[1]}?)" if pair else repr(name) for name, pair in near]
    shown += map(repr, missing[_SUGGESTED:_LISTED])
    more = f" and {len(missing) - _LISTED:,} more" if len(missing) > _LISTED else ""
    raise DataError(
        f"{len(missing):,} columns are missing: {', '.join(shown)}{more}; columns: {listed(known)}{hint}"
    )


def _with_nearest(name: str, known: Sequence[str]) -> tuple[str, str] | None:
    """The name and the one that it is likely to be, quoted; None where there is none."""
    alike = {reading_of(other): other for other in reversed(known)}
    near = [alike[reading_of(name)]] if reading_of(name) in alike else get_close_matches(name, known, n=1)
    if not near:
        return None
    wanted, suggested = told_apart([name, near[0]])
    return wanted, suggested
