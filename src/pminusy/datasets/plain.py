"""Columns of plain numbers taken all at once: with a call for each, 20,000 columns take many seconds."""

from collections.abc import Container
from typing import Any

import polars as pl
from numpy.typing import NDArray

from pminusy.datasets.cells import map_cells
from pminusy.datasets.columns import SMALL, to_numbers


def is_plain(dtype: pl.DataType) -> bool:
    """Whether a column holds integers or floats as NumPy has them."""
    return (dtype.is_integer() or dtype.is_float()) and dtype not in (pl.Int128, pl.UInt128)


def parse_plain(X: pl.DataFrame, *, except_for: Container[str] = ()) -> pl.DataFrame:
    """Cast the columns of strings to Float64 that lose no value by it; the others stay.

    Examples
    --------
    >>> parse_plain(pl.DataFrame({"a": ["1", "-2.5e3"], "b": ["1,5", "2"]})).dtypes
    [Float64, String]
    """
    strings = X.select(column for column in X.select(pl.col(pl.String)) if column.name not in except_for)
    numbers = map_cells(strings, lambda cells: cells.cast(pl.Float64, strict=False))
    parsed = {
        after.name: after
        for before, after in zip(strings, numbers, strict=True)
        if _same_nulls(before, after)
    }
    return pl.DataFrame({column.name: parsed.get(column.name, column) for column in X}) if parsed else X


def plain_numbers(X: pl.DataFrame, dtype: str) -> NDArray[Any]:
    """Columns of plain numbers as a fresh array (N, D) of "float32" or "float64"; NaN where missing.

    Examples
    --------
    >>> plain_numbers(pl.DataFrame({"a": [1, None], "b": [0.5, 2.0]}), "float64").tolist()
    [[1.0, 0.5], [nan, 2.0]]
    """
    return X.cast(pl.Float32 if dtype == "float32" else pl.Float64).to_numpy(writable=True)


def need_double(X: pl.DataFrame) -> bool:
    """Whether a column needs Float64 to be numbers, as `to_numbers` decides it."""
    if pl.Float64 in X.dtypes:
        return True
    integers = X[:, [name for name, dtype in X.schema.items() if dtype.is_integer() and is_plain(dtype)]]
    if columns_where(integers, ~pl.all().is_between(-SMALL, SMALL).all()):
        return True
    return any(to_numbers(column).dtype == pl.Float64 for column in X if not is_plain(column.dtype))


def check_plain(X: pl.DataFrame) -> None:
    """Look through the columns of plain numbers for infinite ones; others are not looked at.

    Raises
    ------
    DataError
        As `to_numbers` raises it.
    """
    floats = X[:, [name for name, dtype in X.schema.items() if dtype.is_float()]]
    for name in columns_where(floats, pl.all().is_infinite().any()):
        to_numbers(X[name])


def columns_where(X: pl.DataFrame, condition: pl.Expr) -> list[str]:
    """The columns of which a condition holds, which gives one Boolean for each.

    Examples
    --------
    >>> columns_where(pl.DataFrame({"a": [1, 2], "b": [3, 4]}), pl.all().max() > 2)
    ['b']
    """
    return [name for row in X.select(condition).rows(named=True) for name, found in row.items() if found]


def _same_nulls(before: pl.Series, after: pl.Series) -> bool:
    return before.null_count() == after.null_count()
