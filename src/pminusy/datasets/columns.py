"""Table columns cast to what their role needs, in one place, so that training and prediction agree.

A file to predict may hold integers where the training file held decimals, or strings where it held numbers.
Every cast therefore goes by value, never by the type that a file happens to give a column. Rows count from 0.
"""

import polars as pl

from pminusy.errors import DataError

MISSING = ("", "?", "NA", "N/A", "NaN", "nan", "NULL", "null")
"""Strings that stand for a missing value in tables."""


def mark_missing(frame: pl.DataFrame) -> pl.DataFrame:
    """Strip the strings of a table, and replace NaN and the `MISSING` strings by null."""
    strings = pl.col(pl.String).str.strip_chars()
    return frame.with_columns(
        pl.when(strings.is_in(MISSING)).then(None).otherwise(strings).name.keep(),
        pl.col(pl.Float32, pl.Float64).fill_nan(None),
    )


def is_scalar(column: pl.Series) -> bool:
    """Whether values are single numbers, strings or dates: not lists, structs, bytes or Python objects."""
    return not (column.dtype.is_nested() or column.dtype in (pl.Binary, pl.Object))


def to_numbers(column: pl.Series) -> pl.Series:
    """Cast to Float32 where that is exact, else to Float64; missing values stay null.

    Dates count in days, times and durations in seconds.

    Raises
    ------
    DataError
        A value is no number, or is infinite; names the column, the value and its row.
    """
    _check_scalar(column)
    numbers = _as_float(column)
    lost = numbers.is_null() & column.is_not_null()
    if lost.any():
        row = _first(lost)
        raise DataError(f"column {column.name!r}: expected numbers, got {column[row]!r} at row {row}")
    _check_finite(numbers)
    return numbers.fill_nan(None)


def to_categories(column: pl.Series) -> pl.Series:
    """Cast to String, the same for 1, 1.0 and "1"; missing values stay null.

    Raises
    ------
    DataError
        A number is infinite; names the column and row.
    """
    _check_scalar(column)
    if not column.dtype.is_float():
        return column.cast(pl.String)
    _check_finite(column)
    whole = column.to_frame().select(
        pl.when(pl.first() == pl.first().round())
        .then(pl.first().cast(pl.Int64, strict=False).cast(pl.String))
        .otherwise(pl.first().cast(pl.String))
    )
    return whole.to_series()


def to_texts(column: pl.Series) -> pl.Series:
    """Cast to String, with missing values as empty strings."""
    return to_categories(column).fill_null("")


def _as_float(column: pl.Series) -> pl.Series:
    dtype = column.dtype
    if dtype == pl.Date:
        return column.to_physical().cast(pl.Float32)
    if dtype == pl.Datetime:
        return column.dt.epoch("us").cast(pl.Float64) / 86_400e6
    if dtype == pl.Duration:
        return column.dt.total_microseconds().cast(pl.Float64) / 1e6
    if dtype == pl.Time:
        return column.to_physical().cast(pl.Float64) / 1e9
    exact = dtype in (pl.Float32, pl.Int8, pl.Int16, pl.UInt8, pl.UInt16, pl.Boolean)
    if dtype in (pl.Categorical, pl.Enum):
        column = column.cast(pl.String)
    return column.cast(pl.Float32 if exact else pl.Float64, strict=False)


def _check_scalar(column: pl.Series) -> None:
    if not is_scalar(column):
        raise DataError(f"column {column.name!r}: expected single values, got values of type {column.dtype}")


def _check_finite(numbers: pl.Series) -> None:
    infinite = numbers.is_infinite()
    if infinite.any():
        row = _first(infinite)
        raise DataError(f"column {numbers.name!r}: expected finite numbers, got {numbers[row]} at row {row}")


def _first(found: pl.Series) -> int:
    return int(found.arg_true()[0])
