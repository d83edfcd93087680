"""Columns of a table, and arrays, as the numbers and strings that encoders count and scale.

Each returns fresh arrays or columns. Models of old formats refer to these functions by name.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np
import polars as pl
from numpy.typing import NDArray

from pminusy.datasets.advice import dates_or_advice, numbers_or_advice
from pminusy.datasets.columns import to_categories, to_texts
from pminusy.datasets.dates import WEEKDAYS, to_days
from pminusy.datasets.notation import PLAIN, Notations
from pminusy.datasets.plain import check_plain, is_plain, parse_plain, plain_numbers

_MISSING = "missing"


def numbers(X: pl.DataFrame, dtype: str, notations: Notations) -> NDArray[Any]:
    """Columns as numbers (N, D) of "float32" or "float64"; NaN where missing."""
    X = parse_plain(X, except_for=notations)
    others = [
        numbers_or_advice(column, notations.get(column.name, PLAIN))
        for column in X
        if not is_plain(column.dtype)
    ]
    values = plain_numbers(X.with_columns(others), dtype)
    # NumPy looks through all columns sooner than Polars begins with each.
    if np.isinf(values).any():
        check_plain(X)
    return values


def date_numbers(X: pl.DataFrame, notations: Notations) -> NDArray[np.float64]:
    """Columns of dates as year and days since 1970 (N, 2·D), both columns of a date side by side; NaN where missing."""
    dates = [dates_or_advice(column, notations.get(column.name, PLAIN)) for column in X]
    columns = [part for date in dates for part in (date.dt.year().cast(pl.Float64), to_days(date))]
    return np.column_stack([column.to_numpy() for column in columns])


def date_categories(X: pl.DataFrame, notations: Notations) -> list[pl.Series]:
    """Columns of dates as month, 1 to 12, and weekday, 2·D columns of strings, with "missing" where missing."""
    dates = [dates_or_advice(column, notations.get(column.name, PLAIN)) for column in X]
    weekdays = {str(place): name for place, name in enumerate(WEEKDAYS, start=1)}
    return [
        part.cast(pl.String).replace(names).fill_null(_MISSING)
        for date in dates
        for part, names in ((date.dt.month(), {}), (date.dt.weekday(), weekdays))
    ]


def name_date_numbers(columns: Sequence[str]) -> list[str]:
    """Name what `date_numbers` gives."""
    return [f"{column}: {part}" for column in columns for part in ("year", "days")]


def name_date_categories(columns: Sequence[str]) -> list[str]:
    """Name what `date_categories` gives."""
    return [f"{column}: {part}" for column in columns for part in ("month", "weekday")]


def categories(X: pl.DataFrame, written: Sequence[str]) -> list[pl.Series]:
    """Columns as strings, with "missing" where missing.

    A value has one spelling, whatever file it is from; in the columns `written` it has the file's, since values of
    one spelling were different names there.
    """
    return [to_categories(column, written=column.name in written).fill_null(_MISSING) for column in X]


def texts(X: pl.DataFrame) -> list[str]:
    """One column as a list of strings, empty where missing."""
    return to_texts(X.to_series()).to_list()


def to_float32(X: NDArray[Any]) -> NDArray[np.float32]:
    """A float32 copy."""
    return np.array(X, dtype=np.float32)


def scale_pixels(X: NDArray[Any], peak: float) -> NDArray[Any]:
    """Divide by the peak: float64 stays float64, everything else becomes float32 without a wider copy."""
    scaled: NDArray[Any] = np.divide(X, peak, dtype=np.float64 if X.dtype == np.float64 else np.float32)
    return scaled


def to_singles(X: Any) -> Any:
    """Dense or sparse numbers as float32; the same ones where they are."""
    return X.astype(np.float32, copy=False)


def to_images(X: NDArray[Any], shape: tuple[int, ...]) -> NDArray[Any]:
    """Rows of pixels (N, D) as images (N, H, W) or (N, H, W, C)."""
    return X.reshape(len(X), *shape)


def name_category(column: str, category: str) -> str:
    """Name a one-hot feature ``column=category``."""
    return f"{column}={category}"


def name_feature(column: str, part: str) -> str:
    """Name a part of a text ``column: part``."""
    return f"{column}: {part}"
