"""Columns that tell rows apart and say nothing about them: row numbers, saved indexes, identifiers.

A column is one of these

- by its name, where a table was saved with its index: no name, ``Unnamed: 0`` or ``__index_level_0__``;
- by its name and its values: called an identifier (``id``, ``user_id``, ``No.``), and different in every row;
- by its values alone: whole numbers that count the rows, or strings without words that all differ.

Measurements are none, however many of them differ: no number with decimals, no date, no text of words. Neither are
numbers that count up where their name tells of time, order or extent (``year``), which do so in earnest.
"""

import re

import numpy as np
import polars as pl
from numpy.typing import NDArray

_FEWEST_ROWS = 20  # below, values in order, or all different, are no surprise
_MANY_ROWS = 50
_LARGEST_GAPS = 2  # rows counted, for each that is left
_NEARLY_ALL = 0.95
_FEW_PATTERNS = 0.05
_RICH_IN_DIGITS = 0.4

_NO_NAME = re.compile(
    r"|Unnamed: 0([._]\d+)*|\.\.\.1"
)  # as pandas and R call the first column without a name
_PARQUET_INDEX = re.compile(r"__index_level_\d+__")
_NO_CODE = r"[\s.,:@]|^\d{1,4}[-/]\d{1,2}[-/]\d{1,4}$"
_WORD = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[^\W\d_A-Z]+|\d+|[#№]")
_WHOLE_NAMES = {
    *(
        "id",
        "ids",
        "identifier",
        "uuid",
        "guid",
        "index",
        "idx",
        "row",
        "rowid",
        "rownum",
        "key",
        "hash",
        "serial",
    ),
    *(
        "number",
        "no",
        "nr",
        "num",
        "#",
        "№",
        "row number",
        "row num",
        "row no",
        "row nr",
        "serial number",
        "serial no",
    ),
}
_LAST_WORDS = {"id", "ids", "identifier", "uuid", "guid", "no", "nr"}
_COUNTED_IN_EARNEST = {
    *(
        "year",
        "yr",
        "quarter",
        "month",
        "week",
        "day",
        "date",
        "time",
        "hour",
        "minute",
        "min",
        "second",
        "sec",
        "t",
    ),
    *(
        "timestamp",
        "datetime",
        "epoch",
        "period",
        "season",
        "cycle",
        "round",
        "lap",
        "visit",
        "wave",
        "generation",
    ),
    *("age", "rank", "ranking", "position", "place", "step", "level", "dose", "distance", "depth"),
}


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
    if _PARQUET_INDEX.fullmatch(column.name):
        return "is the index of a saved pandas table"
    are_whole = _whole_numbers(column) is not None
    if _NO_NAME.fullmatch(column.name):
        if are_whole or _all_differ(column):
            return "looks like the index of a saved table (it has no name of its own)"
        return None
    if not are_whole and column.dtype != pl.String:
        return None
    if _has_name_of_identifier(column.name) and _mostly_differ(column):
        return "looks like an identifier (its name, and a different value in every row)"
    if column.dtype == pl.String and _are_codes(column):
        return "looks like an identifier (a different code in every row)"
    return None


def row_number_because(column: pl.Series) -> str | None:
    """Say why whole numbers are taken to count the rows, whatever their name; None where they do not.

    Examples
    --------
    >>> row_number_because(pl.Series("x", range(100, 200)))
    'looks like a row number (it counts up by one from 100)'
    """
    n_rows = len(column)
    counted = {word.removesuffix("s") for word in _words(column.name)} | {*_words(column.name)}
    if n_rows < _FEWEST_ROWS or column.has_nulls() or not _COUNTED_IN_EARNEST.isdisjoint(counted):
        return None
    values = _whole_numbers(column)
    if values is None:
        return None
    low, high = int(values.min()), int(values.max())
    if high - low >= _LARGEST_GAPS * n_rows:
        return None
    steps = np.diff(values)
    for step, direction in ((1, "up"), (-1, "down")):
        if (steps == step).all():
            return f"looks like a row number (it counts {direction} by one from {values[0]})"
    if n_rows < _MANY_ROWS:
        return None
    if (steps > 0).all() or (steps < 0).all():
        return "looks like a row number (it counts the rows, with some left out)"
    if high - low == n_rows - 1 and low in (0, 1) and len(np.unique(values)) == n_rows:
        return f"looks like a row number (every number from {low} to {high} once)"
    return None


def _whole_numbers(column: pl.Series) -> NDArray[np.int64] | None:
    """The values present, where they are integers, stored as such or with a decimal point; None where not."""
    if column.dtype.is_integer():
        present = column.drop_nulls().to_numpy()
        return present.astype(np.int64) if column.dtype != pl.UInt64 or present.max() < 2**63 else None
    if column.dtype.is_float():
        values = column.drop_nulls().to_numpy()
        # Most columns of measurements are told by a few of their values.
        if _are_whole(values[:_FEWEST_ROWS]) and _are_whole(values):
            return values.astype(np.int64)
    return None


def _are_whole(values: NDArray[np.floating]) -> bool:
    return bool((np.abs(values) < 2**53).all() and (values == np.rint(values)).all())


def _all_differ(column: pl.Series) -> bool:
    return not column.has_nulls() and column.n_unique() == len(column)


def _mostly_differ(column: pl.Series) -> bool:
    """All of a few values, or nearly all of many: rows are entered twice, and identifiers forgotten."""
    present = column.drop_nulls()
    share = _NEARLY_ALL if len(present) >= _FEWEST_ROWS else 1.0
    return present.n_unique() >= share * len(present) and 2 * len(present) >= len(column)


def _has_name_of_identifier(name: str) -> bool:
    words = _words(name)
    return " ".join(words) in _WHOLE_NAMES or "id" in words[:1] or not _LAST_WORDS.isdisjoint(words[-1:])


def _words(name: str) -> list[str]:
    """The words of a name, in lower case: those of ``PassengerId`` are passenger and id."""
    return [word.lower() for word in _WORD.findall(name)]


def _are_codes(column: pl.Series) -> bool:
    """Whether strings all differ, and in their digits alone, or are of one length and rich in digits."""
    if len(column) < _FEWEST_ROWS or not _all_differ(column):
        return False
    # Words, decimals, times, addresses and dates are no codes.
    if not column.str.contains(r"\d").all() or column.str.contains(_NO_CODE).any():
        return False
    patterns = column.str.replace_all(r"\d+", "0").n_unique()
    if patterns <= max(1, _FEW_PATTERNS * len(column)):
        return True
    lengths = column.str.len_chars()
    n_digits = int(column.str.count_matches(r"\d").sum())
    return lengths.n_unique() == 1 and n_digits >= _RICH_IN_DIGITS * int(lengths.sum())
