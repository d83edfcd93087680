"""Table columns cast to what their role needs, in one place, so that training and prediction agree.

A file to predict may hold integers where the training file held decimals, or strings where it held numbers.
Every cast therefore goes by value, never by the type that a file happens to give a column.
"""

from collections.abc import Sequence
from functools import partial

import numpy as np
import polars as pl
from polars import selectors

from pminusy.datasets.cells import batches, map_cells
from pminusy.datasets.dates import parse_durations, parse_times, to_days, to_utc
from pminusy.datasets.markers import are_usual
from pminusy.datasets.names import quoted
from pminusy.datasets.notation import PLAIN, Notation, describe_notation, parse_numbers
from pminusy.datasets.places import RowError
from pminusy.datasets.spelling import as_written, by_value
from pminusy.datasets.written_dates import read_dates
from pminusy.errors import DataError

SMALL = 2**16
"""Columns of integers up to here are Float32, whatever type a file gives them."""

_DATE_EXAMPLES = {"": "", "dmy": "31/01/2020 or ", "mdy": "01/31/2020 or ", "ymd": "20-01-31 or "}


def mark_missing(frame: pl.DataFrame, markers: Sequence[str]) -> pl.DataFrame:
    """Strip the strings of a table, and replace NaN and the markers, numbers among them by value, by null.

    Examples
    --------
    >>> mark_missing(pl.DataFrame({"a": [" x", "-"], "b": [-9.0, 1.0]}), ("-", "-9")).to_dict(as_series=False)
    {'a': ['x', None], 'b': [None, 1.0]}
    """
    numbers = _numbers_among(markers)

    def marked(strings: pl.Series) -> pl.Series:
        stripped = strings.str.strip_chars()
        missing = stripped.is_in(markers)
        if numbers:
            missing |= stripped.cast(pl.Float64, strict=False).is_in(numbers)
        return stripped.set(missing, None)

    strings = frame.select(pl.col(pl.String, pl.Categorical, pl.Enum).cast(pl.String))
    changed = {column.name: column for batch in batches(strings) for column in map_cells(batch, marked)}
    floats = frame.select(pl.col(pl.Float32, pl.Float64).fill_nan(None))
    changed |= {column.name: column for column in floats}
    if numbers:
        typed = pl.when(~selectors.numeric().cast(pl.Float64).is_in(numbers)).then(selectors.numeric())
        changed |= {
            column.name: column for column in frame.with_columns(list(floats)).select(typed.name.keep())
        }
    return pl.DataFrame({column.name: changed.get(column.name, column) for column in frame})


def is_scalar(column: pl.Series) -> bool:
    """Whether values are single numbers, strings or dates: not lists, structs, bytes or Python objects."""
    return not (column.dtype.is_nested() or column.dtype in (pl.Binary, pl.Object))


def kind_of(column: pl.Series) -> str:
    """What a column holds that is not `is_scalar`, in words.

    Examples
    --------
    >>> kind_of(pl.Series([[1, 2]])), kind_of(pl.Series([{"a": 1}])), kind_of(pl.Series([b"x"]))
    ('lists', 'objects with fields', 'bytes')
    """
    if column.dtype == pl.Struct:
        return "objects with fields"
    if column.dtype.is_nested():
        return "lists"
    return "bytes" if column.dtype == pl.Binary else "Python objects"


def within(integers: pl.Series, bound: int) -> bool:
    """Whether no integer is further from 0 than the bound."""
    extremes = [value for value in (integers.min(), integers.max()) if isinstance(value, int)]
    return all(abs(value) <= bound for value in extremes)


def to_numbers(column: pl.Series, notation: Notation = PLAIN) -> pl.Series:
    """Cast to Float32 where that is exact, else to Float64; missing values stay null.

    Dates count in days, times and durations in seconds. Among strings, what `notation` names as missing is, and
    so is what usually stands for a missing value.

    Raises
    ------
    DataError
        A value is no number, or is infinite; names the column, the value and its row.
    """
    _check_scalar(column)
    if column.dtype in (pl.String, pl.Categorical, pl.Enum):
        numbers = _numbers_of_strings(column.cast(pl.String), notation)
    else:
        numbers = _as_float(column)
    return _finite(numbers)


def to_dates(column: pl.Series, notation: Notation = PLAIN) -> pl.Series:
    """Cast to Datetime("us") in UTC, without a time zone; missing values stay null.

    Raises
    ------
    DataError
        A value is no date; names the column, the value and its row.
    """
    _check_scalar(column)
    if column.dtype in (pl.Date, pl.Datetime):
        return to_utc(column)
    strings = as_written(column)
    dates = read_dates(strings, notation.date_order, compact=True)
    _check_read(dates, strings, notation, f"dates such as {_DATE_EXAMPLES[notation.date_order]}2020-01-31")
    return dates


def to_categories(column: pl.Series, *, written: bool = False) -> pl.Series:
    """Cast to String, the same for 1, 1.0 and "1" unless they are to stay as written; missing values stay null.

    Raises
    ------
    DataError
        A number is infinite; names the column and row.
    """
    check_names(column)
    return as_written(column) if written else by_value(column)


def check_names(column: pl.Series) -> None:
    """Raise what `to_categories` would raise, without casting anything."""
    _check_scalar(column)
    if column.dtype.is_float():
        _finite(column)


def to_texts(column: pl.Series) -> pl.Series:
    """Cast to String as written, with missing values as empty strings."""
    return to_categories(column, written=True).fill_null("")


def _numbers_among(markers: Sequence[str]) -> list[float]:
    return (
        pl.Series(markers, dtype=pl.String).cast(pl.Float64, strict=False).drop_nans().drop_nulls().to_list()
    )


def _numbers_of_strings(column: pl.Series, notation: Notation) -> pl.Series:
    numbers = parse_numbers(column, notation)
    for parse in (_booleans, parse_times, parse_durations, partial(read_dates, order=notation.date_order)):
        if numbers.null_count() == column.null_count():
            break
        numbers = numbers.zip_with(numbers.is_not_null(), _as_float(parse(column)).cast(pl.Float64))
    _check_read(numbers, column, notation, f"numbers{describe_notation(notation)}")
    return numbers


def _booleans(column: pl.Series) -> pl.Series:
    return column.str.to_lowercase().replace_strict({"true": True, "false": False}, default=None)


def _as_float(column: pl.Series) -> pl.Series:
    dtype = column.dtype
    if dtype in (pl.Date, pl.Datetime):
        return to_days(to_utc(column))
    if dtype == pl.Duration:
        return column.dt.total_microseconds().cast(pl.Float64) / 1e6
    if dtype == pl.Time:
        return column.to_physical().cast(pl.Float64) / 1e9
    exact = dtype in (pl.Float32, pl.Boolean) or (dtype.is_integer() and within(column, SMALL))
    return column.cast(pl.Float32 if exact else pl.Float64)


def _check_read(values: pl.Series, column: pl.Series, notation: Notation, expected: str) -> None:
    if values.null_count() == column.null_count():
        return
    lost = values.is_null() & column.is_not_null()
    lost &= ~(are_usual(column) | column.is_in(notation.missing)).fill_null(True)
    if lost.any():
        row = _first(lost)
        raise RowError(
            f"column {column.name!r}: expected {expected}, got {quoted(column[row])}", row, column=column.name
        )


def _check_scalar(column: pl.Series) -> None:
    if not is_scalar(column):
        raise DataError(f"column {column.name!r}: expected single values, got {kind_of(column)}")


def _finite(numbers: pl.Series) -> pl.Series:
    """The numbers with null for NaN; a DataError for the first that is infinite."""
    # Of thousands of columns, NumPy looks through each sooner than a query of Polars begins.
    values = numbers.to_numpy()
    infinite = np.isinf(values)
    if infinite.any():
        row = int(infinite.argmax())
        raise RowError(f"column {numbers.name!r}: expected finite numbers, got {numbers[row]}", row)
    return numbers.fill_nan(None) if np.isnan(values).sum() > numbers.null_count() else numbers


def _first(found: pl.Series) -> int:
    return int(found.arg_true()[0])
