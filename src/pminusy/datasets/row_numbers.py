"""Columns of whole numbers that count the rows, whatever their name.

Such numbers are a feature where their name tells of time, order or extent (``year``), which count up in earnest.
"""

import numpy as np
import polars as pl
from numpy.typing import NDArray

from pminusy.datasets.names import words_of

FEWEST_ROWS = 20
"""Below, it is no surprise that values are in order, or all different."""

_MANY_ROWS = 50
_LARGEST_GAPS = 2  # the span of numbers that count some of the rows, per row
_LARGEST_WHOLE = 2.0**53
# fmt: off
_COUNTED_IN_EARNEST = frozenset({
    "year", "yr", "quarter", "month", "week", "day", "date", "time", "hour", "minute", "min", "second", "sec", "t",
    "timestamp", "datetime", "epoch", "period", "season", "cycle", "round", "lap", "visit", "wave", "generation",
    "age", "rank", "ranking", "position", "place", "step", "level", "dose", "distance", "depth",
})
# fmt: on


def row_number_because(column: pl.Series) -> str | None:
    """Say why numbers are taken to count the rows; None where they do not.

    Examples
    --------
    >>> row_number_because(pl.Series("x", range(100, 200)))
    'looks like a row number (it counts up by one from 100)'
    >>> row_number_because(pl.Series("year", range(1920, 2020)))
    """
    n_rows = len(column)
    if n_rows < FEWEST_ROWS or column.has_nulls() or _counts_in_earnest(column.name):
        return None
    values = whole_numbers(column)
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


def whole_numbers(column: pl.Series) -> NDArray[np.int64] | None:
    """The values present, where all are integers, stored as such or with a decimal point; None where not.

    Examples
    --------
    >>> whole_numbers(pl.Series([3.0, None, 4.0])).tolist()
    [3, 4]
    """
    dtype = column.dtype
    if not (dtype.is_integer() or dtype.is_float()) or dtype in (pl.Int128, pl.UInt128):
        return None
    # Most columns of measurements are told by a few of their values.
    if dtype.is_float() and not _are_whole(column.head(FEWEST_ROWS).to_numpy()):
        return None
    if dtype == pl.UInt64 and column.cast(pl.Int64, strict=False).null_count() > column.null_count():
        return None
    present = (column.drop_nulls() if column.has_nulls() else column).to_numpy()
    return present.astype(np.int64) if dtype.is_integer() or _are_whole(present) else None


def _are_whole(values: NDArray[np.floating]) -> bool:
    values = values[~np.isnan(values)]
    return bool((np.abs(values) < _LARGEST_WHOLE).all() and (values == np.rint(values)).all())


def _counts_in_earnest(name: str) -> bool:
    words = words_of(name)
    return not _COUNTED_IN_EARNEST.isdisjoint([*words, *(word.removesuffix("s") for word in words)])
