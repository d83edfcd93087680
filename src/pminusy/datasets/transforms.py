"""The functions that a saved preprocessor refers to by name.

Each takes what scikit-learn hands a step and returns a fresh array. Renaming one breaks models saved before.
"""

from collections.abc import Mapping, Sequence
from typing import Any, TypeAlias

import numpy as np
import polars as pl
from numpy.typing import NDArray

from pminusy.datasets.advice import dates_or_advice, numbers_or_advice
from pminusy.datasets.columns import to_categories, to_texts
from pminusy.datasets.dates import WEEKDAYS, to_days
from pminusy.datasets.notation import Notation
from pminusy.datasets.plain import check_plain, is_plain, parse_plain, plain_numbers
from pminusy.datasets.tfidf import Tfidf

Notations: TypeAlias = Mapping[str, Mapping[str, Any]]

TEXT_BRANCH = "text of "
"""What comes before the column's name in the name of a branch that reads text."""


def numbers(X: pl.DataFrame, dtype: str, notations: Notations) -> NDArray[Any]:
    """Columns as numbers (N, D) of "float32" or "float64"; NaN where missing.

    `notations` has the fields of `Notation` by column, for those that are not written plainly.
    """
    X = parse_plain(X, except_for=notations)
    others = [
        numbers_or_advice(column, _notation(notations, column.name))
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
    dates = [dates_or_advice(column, _notation(notations, column.name)) for column in X]
    columns = [part for date in dates for part in (date.dt.year().cast(pl.Float64), to_days(date))]
    return np.column_stack([column.to_numpy() for column in columns])


def date_categories(X: pl.DataFrame, notations: Notations) -> NDArray[Any]:
    """Columns of dates as month, 1 to 12, and weekday (N, 2·D), strings, with "missing" where missing."""
    dates = [dates_or_advice(column, _notation(notations, column.name)) for column in X]
    weekdays = {str(place): name for place, name in enumerate(WEEKDAYS, start=1)}
    parts = [
        part.cast(pl.String).replace(names).fill_null("missing")
        for date in dates
        for part, names in ((date.dt.month(), {}), (date.dt.weekday(), weekdays))
    ]
    return np.column_stack([part.to_numpy().astype(object) for part in parts])


def name_date_numbers(_: Any, columns: Sequence[str]) -> NDArray[Any]:
    """Name what `date_numbers` gives."""
    return np.array([f"{column}: {part}" for column in columns for part in ("year", "days")], dtype=object)


def name_date_categories(_: Any, columns: Sequence[str]) -> NDArray[Any]:
    """Name what `date_categories` gives."""
    return np.array(
        [f"{column}: {part}" for column in columns for part in ("month", "weekday")], dtype=object
    )


def categories(X: pl.DataFrame, written: Sequence[str]) -> NDArray[Any]:
    """Columns as strings (N, D), dtype object, with "missing" where missing.

    A value has one spelling, whatever file it is from; in the columns `written` it has the file's, since values of
    one spelling were different names there.
    """
    columns = [to_categories(column, written=column.name in written).fill_null("missing") for column in X]
    return pl.DataFrame(columns).to_numpy()


def texts(X: pl.DataFrame) -> list[str]:
    """One column as a list of strings, empty where missing."""
    return to_texts(X.to_series()).to_list()


def _notation(notations: Notations, column: str) -> Notation:
    fields = dict(notations.get(column, {}))
    return Notation(**{**fields, "missing": tuple(fields.get("missing", ()))})


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


def name_feature(branch: str, feature: str) -> str:
    """Name a feature of a table; words carry their column's name, ``column: word``."""
    column = branch.partition(TEXT_BRANCH)[2]
    return f"{column}: {feature}" if column else feature


STORED_TYPES = (
    "numpy.dtype",
    f"{Tfidf.__module__}.{Tfidf.__name__}",
    *(
        f"{function.__module__}.{function.__name__}"
        for function in (
            numbers,
            date_numbers,
            date_categories,
            name_date_numbers,
            name_date_categories,
            categories,
            texts,
            to_float32,
            to_singles,
            scale_pixels,
            to_images,
            name_category,
            name_feature,
        )
    ),
)
"""What skops has to be told to trust when it loads a preprocessor; none of it runs code of the file's."""
