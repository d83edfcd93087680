"""Columns whose type shows without asking how their numbers are written."""

from collections.abc import Callable

import numpy as np
import polars as pl

from pminusy.datasets.cells import all_cells, batches, map_cells
from pminusy.datasets.dates import parse_dates, parse_durations, parse_times
from pminusy.datasets.recognised import EXACT_DIGITS, Recognised, exact
from pminusy.datasets.spelling import as_written

_TRUTHS = ("true", "false")
_PADDED = r"^0\d+$"
_FIRST_DATE, _LAST_DATE = 19_000_101, 20_991_231  # as eight digits


def short_numbers(strings: pl.DataFrame, decimal: str | None) -> dict[str, pl.Series]:
    """The columns of plain numbers of few digits: what most are, found without a query for each."""
    found = {}
    for batch in batches(strings):
        integers, floats = (map_cells(batch, to) for to in (_as_integers, _as_floats))
        cells, by_column = all_cells(batch), (batch.width, batch.height)
        lengths = cells.str.len_bytes().fill_null(0).to_numpy().reshape(by_column).max(axis=1, initial=0)
        is_padded = cells.str.contains(_PADDED).fill_null(False).to_numpy()
        padded = np.logical_or.reduce(is_padded.reshape(by_column), axis=1)
        for place, column in enumerate(batch):
            n_missing, length = column.null_count(), lengths[place]
            if not 0 < length <= EXACT_DIGITS or padded[place]:
                continue
            whole, number = integers[:, place], floats[:, place]
            if whole.null_count() == n_missing:
                if not _may_be_dates(whole):
                    found[column.name] = whole
            elif number.null_count() == n_missing and decimal != ",":
                found[column.name] = number
    return found


def without_digits(strings: pl.DataFrame) -> dict[str, Recognised]:
    """The columns in whose strings no digit occurs, which are neither numbers nor dates: booleans, or as they are.

    Examples
    --------
    >>> found = without_digits(pl.DataFrame({"a": ["x", "y"], "b": ["True", None], "c": ["x", "1"]}))
    >>> found["a"].values.to_list(), found["b"].values.to_list(), "c" in found
    (['x', 'y'], [True, None], False)
    """
    found = {}
    for batch in batches(strings):
        cells, by_column = all_cells(batch), (batch.width, batch.height)
        digits = cells.str.contains(r"\d").fill_null(False).to_numpy().reshape(by_column)
        truths = cells.str.to_lowercase().is_in(_TRUTHS).fill_null(True).to_numpy().reshape(by_column)
        has_digits, are_truths = np.logical_or.reduce(digits, axis=1), np.logical_and.reduce(truths, axis=1)
        for place, column in enumerate(batch):
            if not has_digits[place]:
                is_boolean = are_truths[place] and column.null_count() < len(column)
                found[column.name] = Recognised(_as_booleans(column) if is_boolean else column)
    return found


def _as_booleans(column: pl.Series) -> pl.Series:
    return column.str.to_lowercase() == "true"


def _as_integers(strings: pl.Series) -> pl.Series:
    return strings.cast(pl.Int64, strict=False)


def _as_floats(strings: pl.Series) -> pl.Series:
    return strings.cast(pl.Float64, strict=False)


def plain_type(column: pl.Series, decimal: str | None) -> Recognised | None:
    """The type of a column that needs no second look; None for strings that do."""
    if column.dtype != pl.String:
        return _typed(column)
    if column.null_count() == len(column) or _has_padded(column):
        return Recognised(column)
    compact = _compact_dates(column)
    if compact is not None:
        return Recognised(compact)
    for dtype in (pl.Int64, pl.Float64):
        numbers = column.cast(dtype, strict=False)
        if numbers.null_count() == column.null_count() and (dtype == pl.Int64 or decimal != ","):
            return exact(numbers, column)
    for parse in (parse_times, parse_durations):
        if _parses_first(parse, column):
            times = parse(column)
            if times.null_count() == column.null_count():
                return Recognised(times)
    return None


def _typed(column: pl.Series) -> Recognised:
    if column.dtype.is_integer():
        compact = _compact_dates(column) if _may_be_dates(column) else None
        return exact(column, column) if compact is None else Recognised(compact)
    return exact(column.cast(pl.Float64), column) if column.dtype.is_decimal() else Recognised(column)


def _has_padded(column: pl.Series) -> bool:
    """Whether there are postcodes and the like: as numbers, 02134 would be 2134."""
    return bool(column.str.contains(_PADDED).any())


def _compact_dates(column: pl.Series) -> pl.Series | None:
    """Dates written as eight digits: each of them is one between 1900 and 2100."""
    present = column.drop_nulls()
    # The first value alone spares most columns the look at all of them.
    if not _are_eight_digits(present.head(1)) or present.n_unique() < 2 or not _are_eight_digits(present):
        return None
    digits = as_written(column)
    dates = parse_dates(digits, compact=True)
    return dates if dates.null_count() == column.null_count() else None


def _may_be_dates(integers: pl.Series) -> bool:
    least, most = integers.min(), integers.max()
    return isinstance(least, int) and isinstance(most, int) and least >= _FIRST_DATE and most <= _LAST_DATE


def _are_eight_digits(column: pl.Series) -> bool:
    return len(column) > 0 and bool(as_written(column).str.contains(r"^(19|20)\d{6}$").all())


def _parses_first(parse: Callable[[pl.Series], pl.Series], column: pl.Series) -> bool:
    """Whether it is worth to parse the others."""
    return parse(column.drop_nulls().head(1)).null_count() == 0
