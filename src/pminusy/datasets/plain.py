"""Columns of plain numbers taken all at once: with a call for each, 20,000 columns take many seconds."""

from typing import Any

import polars as pl
from numpy.typing import NDArray

from pminusy.datasets.columns import to_numbers

_EXACT = (pl.Float32, pl.Int8, pl.Int16, pl.UInt8, pl.UInt16)


def is_plain(dtype: pl.DataType) -> bool:
    """Whether a column holds integers or floats as NumPy has them."""
    return (dtype.is_integer() or dtype.is_float()) and dtype not in (pl.Int128, pl.UInt128)


def plain_numbers(X: pl.DataFrame) -> NDArray[Any]:
    """Columns of plain numbers as a fresh array (N, D), float32 where that is exact for all, else float64.

    Missing values are NaN.

    Examples
    --------
    >>> plain_numbers(pl.DataFrame({"a": [1, None], "b": [0.5, 2.0]})).tolist()
    [[1.0, 0.5], [nan, 2.0]]
    """
    single = all(dtype in _EXACT for dtype in set(X.dtypes))
    return X.cast(pl.Float32 if single else pl.Float64).to_numpy(writable=True)


def check_plain(X: pl.DataFrame) -> None:
    """Look through the columns of plain numbers for infinite ones; others are not looked at.

    Raises
    ------
    DataError
        As `to_numbers` raises it.
    """
    floats = [name for name, dtype in X.schema.items() if dtype.is_float()]
    if not floats:
        return
    for row in X.select(pl.col(floats).is_infinite().any()).rows(named=True):
        for name in floats:
            if row[name]:
                to_numbers(X[name])
