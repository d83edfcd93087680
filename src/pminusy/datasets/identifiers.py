"""Columns that tell rows apart and say nothing about them: saved indexes and identifiers.

A column is one of these

- by its name, where a table was saved with its index: no name, ``Unnamed: 0`` or ``__index_level_0__``;
- by its name and its values: called an identifier (``id``, ``user_id``, ``No.``), and different in every row;
- by its values alone: codes, which all differ and have no words in them.

Measurements are none, however many of them differ: no number with decimals, no date, no text of words.
"""

import re

import polars as pl

from pminusy.datasets.names import words_of
from pminusy.datasets.row_numbers import FEWEST_ROWS, whole_numbers

_NEARLY_ALL = 0.95
_FEW_PATTERNS = 0.05
_RICH_IN_DIGITS = 0.4

_NO_NAME = re.compile(
    r"|Unnamed: 0([._]\d+)*|\.\.\.1"
)  # as pandas and R call the first column without a name
_PARQUET_INDEX = re.compile(r"__index_level_\d+__")
_NO_CODE = r"[\s.,:@]|^\d{1,4}[-/]\d{1,2}[-/]\d{1,4}$"  # words, decimals, times, addresses, dates
# fmt: off
_WHOLE_NAMES = frozenset({
    "id", "ids", "identifier", "uuid", "guid", "index", "idx", "row", "rowid", "rownum", "row number", "row num",
    "row no", "row nr", "number", "num", "no", "nr", "#", "№", "serial", "serial number", "serial no", "key", "hash",
})
# fmt: on
_LAST_WORDS = frozenset({"id", "ids", "identifier", "uuid", "guid", "no", "nr"})


def identifier_because(column: pl.Series) -> str | None:
    """Say why a column is taken for a saved index or an identifier; None where it is not.

    Parameters
    ----------
    column : polars.Series
        Single values, some of them present.

    Examples
    --------
    >>> identifier_because(pl.Series("user_id", [17, 4, 9]))
    'looks like an identifier (its name, and a different value in every row)'
    """
    name = column.name
    if _PARQUET_INDEX.fullmatch(name):
        return "is the index of a saved pandas table"
    if _NO_NAME.fullmatch(name):
        if whole_numbers(column) is not None or _all_differ(column):
            return "looks like the index of a saved table (it has no name of its own)"
        return None
    is_string = column.dtype == pl.String
    if (
        _names_identifier(name)
        and (is_string or whole_numbers(column) is not None)
        and _mostly_differ(column)
    ):
        return "looks like an identifier (its name, and a different value in every row)"
    if is_string and _are_codes(column):
        return "looks like an identifier (a different code in every row)"
    return None


def _names_identifier(name: str) -> bool:
    words = words_of(name)
    return " ".join(words) in _WHOLE_NAMES or "id" in words[:1] or not _LAST_WORDS.isdisjoint(words[-1:])


def _all_differ(column: pl.Series) -> bool:
    return not column.has_nulls() and column.n_unique() == len(column)


def _mostly_differ(column: pl.Series) -> bool:
    """All of a few values, or nearly all of many: rows are entered twice, and identifiers forgotten."""
    present = column.drop_nulls()
    share = _NEARLY_ALL if len(present) >= FEWEST_ROWS else 1.0
    return present.n_unique() >= share * len(present) and 2 * len(present) >= len(column)


def _are_codes(column: pl.Series) -> bool:
    """Whether strings all differ, and in their digits alone, or are of one length and rich in digits."""
    if len(column) < FEWEST_ROWS or not _all_differ(column):
        return False
    if not column.str.contains(r"\d").all() or column.str.contains(_NO_CODE).any():
        return False
    patterns = column.str.replace_all(r"\d+", "0").n_unique()
    if patterns <= max(1, _FEW_PATTERNS * len(column)):
        return True
    lengths = column.str.len_chars()
    n_digits = int(column.str.count_matches(r"\d").sum())
    return lengths.n_unique() == 1 and n_digits >= _RICH_IN_DIGITS * int(lengths.sum())
