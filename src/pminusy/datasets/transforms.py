"""The functions that a saved preprocessor refers to by name.

Each takes what scikit-learn hands a step and returns a fresh array. Renaming one breaks models saved before.
"""

from typing import Any

import numpy as np
import polars as pl
from numpy.typing import NDArray

from pminusy.datasets.columns import to_categories, to_numbers, to_texts
from pminusy.datasets.plain import check_plain, is_plain, plain_numbers

TEXT_BRANCH = "text of "
"""What comes before the column's name in the name of a branch that reads text."""


def numbers(X: pl.DataFrame) -> NDArray[Any]:
    """Columns as numbers (N, D), float32 where that is exact for all, else float64; NaN where missing."""
    check_plain(X)
    return plain_numbers(X.with_columns(to_numbers(column) for column in X if not is_plain(column.dtype)))


def categories(X: pl.DataFrame) -> NDArray[Any]:
    """Columns as strings (N, D), dtype object, with "missing" where missing."""
    return pl.DataFrame([to_categories(column).fill_null("missing") for column in X]).to_numpy()


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


def to_images(X: NDArray[Any], shape: tuple[int, int]) -> NDArray[Any]:
    """Rows of pixels (N, H·W) as images (N, H, W)."""
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
    *(
        f"{function.__module__}.{function.__name__}"
        for function in (
            numbers,
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
