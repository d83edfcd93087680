"""Raw features to the numbers that a classifier takes, by scikit-learn's own transformers."""

from collections.abc import Callable
from dataclasses import asdict
from typing import Any

import numpy as np
import polars as pl
from numpy.typing import DTypeLike, NDArray
from sklearn.compose import ColumnTransformer
from sklearn.impute import SimpleImputer
from sklearn.pipeline import Pipeline, make_pipeline
from sklearn.preprocessing import FunctionTransformer, MaxAbsScaler, OneHotEncoder, StandardScaler

from pminusy.datasets.columns import to_texts
from pminusy.datasets.dataset import Dataset, Role
from pminusy.datasets.plain import need_double
from pminusy.datasets.roles import is_sentences
from pminusy.datasets.spelling import merges_names
from pminusy.datasets.tfidf import Tfidf
from pminusy.datasets.transforms import (
    TEXT_BRANCH,
    Notations,
    categories,
    date_categories,
    date_numbers,
    name_category,
    name_date_categories,
    name_date_numbers,
    name_feature,
    numbers,
    scale_pixels,
    texts,
    to_float32,
    to_images,
    to_singles,
)
from pminusy.errors import DataError

_MANY_CATEGORIES = 100
_RARE_CATEGORY = 5
_SMALL_CORPUS = 200


def make_preprocessor(dataset: Dataset) -> Any:
    """Choose the transformer for a data set; it is not fitted yet.

    - Tables: numbers are imputed by the median, with a column that tells where, and standardised. Categories
      are one-hot encoded; a missing value is a category of its own, and of a column with more than a hundred
      the rare ones go together. Dates are year and days since 1970, standardised, and month and weekday,
      one-hot encoded. Text is TF-IDF of words and word pairs, or of pieces of words where a column holds names
      rather than sentences. The result is sparse where there is text.
    - Images and matrices of bytes are divided by their peak. Other dense matrices are standardised.
    - Sparse matrices are left as they are where nothing exceeds 1, else each column is divided by its peak.

    The result is float64 only where a number of the input is, and there is no text; else float32.

    Parameters
    ----------
    dataset : Dataset
        The data set, or the part to train on; its column types, peak and value counts settle the choice.

    Returns
    -------
    scikit-learn transformer
        Of a table it takes frames with at least the columns of the data set, in any order and of any type
        that can be cast to their roles. It has ``get_feature_names_out`` once fitted, and skops can store it:
        besides scikit-learn's own it refers to `STORED_TYPES` alone.

    Examples
    --------
    >>> from pminusy.datasets import load, make_preprocessor
    >>> iris = load("iris")
    >>> make_preprocessor(iris).fit_transform(iris.X).shape
    (150, 4)
    """
    X = dataset.X
    if isinstance(X, pl.DataFrame):
        return _for_table(X, dataset)
    if not isinstance(X, np.ndarray):
        bounded = abs(X).max() <= 1
        return _step(None, accept_sparse=True) if bounded else MaxAbsScaler()
    if dataset.kind == "image" or X.dtype == np.uint8:
        return _step(scale_pixels, kw_args={"peak": _peak(X)})
    if X.dtype.kind == "f":
        return StandardScaler()
    return make_pipeline(_step(to_float32), StandardScaler(copy=False))


def make_network_preprocessor(dataset: Dataset, *, as_images: bool = False) -> Pipeline:
    """Choose the transformer for a network: `make_preprocessor`'s numbers, in float32 whatever the input.

    Parameters
    ----------
    dataset : Dataset
        As for `make_preprocessor`.
    as_images : bool
        Give images (N, H, W) or (N, H, W, C), for layers that look at neighbouring pixels, in place of rows.

    Returns
    -------
    sklearn.pipeline.Pipeline

    Raises
    ------
    DataError
        Images are asked for, and the data are none.

    Examples
    --------
    >>> from pminusy.datasets import load, make_network_preprocessor
    >>> digits = load("digits")
    >>> make_network_preprocessor(digits, as_images=True).fit_transform(digits.X).shape
    (1797, 8, 8)
    """
    steps = [make_preprocessor(dataset), _step(to_singles)]
    if not as_images:
        return make_pipeline(*steps)
    if dataset.image_shape is None:
        raise DataError(
            f"{dataset.source}: expected images, as IDX or as arrays (N, H, W) or (N, H, W, C), got a {dataset.kind}; "
            "use a network of dense layers for other data"
        )
    return make_pipeline(*steps, _step(to_images, kw_args={"shape": dataset.image_shape}))


def _for_table(X: pl.DataFrame, dataset: Dataset) -> ColumnTransformer:
    numeric, category, date, text = (
        [column for column, used in dataset.roles.items() if used is role]
        for role in (Role.NUMERIC, Role.CATEGORY, Role.DATE, Role.TEXT)
    )
    notations = {column: asdict(notation) for column, notation in dataset.notations.items()}
    has_many = {column: X[column].n_unique() > _MANY_CATEGORIES for column in category}
    many = [column for column in category if has_many[column]]
    few = [column for column in category if not has_many[column]]
    double = not text and pl.Float64 in X[:, numeric].dtypes
    dtype = np.float64 if double else np.float32
    branches = [
        ("numeric", _numeric(X[:, numeric], dtype, notations), numeric),
        ("date", _date_numbers(dtype, notations), date),
        ("month and weekday", _date_categories(dtype, notations), date),
        ("category", _one_hot(X[:, few], dtype, handle_unknown="ignore"), few),
        (
            "many categories",
            _one_hot(X[:, many], dtype, handle_unknown="infrequent_if_exist", min_frequency=_RARE_CATEGORY),
            many,
        ),
        # A double underscore in a branch's name is scikit-learn's own separator.
        *(
            (f"{index} {TEXT_BRANCH}{column.replace('__', '_')}", _tfidf(X[column]), [column])
            for index, column in enumerate(text)
        ),
    ]
    return ColumnTransformer(
        [branch for branch in branches if branch[2]],
        sparse_threshold=1.0 if text else 0.3,
        verbose_feature_names_out=name_feature,
    )


def _numeric(X: pl.DataFrame, dtype: DTypeLike, notations: Notations) -> Pipeline:
    how = {"dtype": "float64" if need_double(X) else "float32", "notations": notations}
    return make_pipeline(
        _step(numbers, kw_args=how),
        SimpleImputer(strategy="median", add_indicator=True, keep_empty_features=True, copy=False),
        StandardScaler(copy=False),
        *([_step(to_float32)] if dtype == np.float32 else []),
    )


def _date_numbers(dtype: DTypeLike, notations: Notations) -> Pipeline:
    # Where a date is missing is told by its month.
    return make_pipeline(
        FunctionTransformer(
            date_numbers, feature_names_out=name_date_numbers, kw_args={"notations": notations}
        ),
        SimpleImputer(strategy="median", keep_empty_features=True, copy=False),
        StandardScaler(copy=False),
        *([_step(to_float32)] if dtype == np.float32 else []),
    )


def _date_categories(dtype: DTypeLike, notations: Notations) -> Pipeline:
    return make_pipeline(
        FunctionTransformer(
            date_categories, feature_names_out=name_date_categories, kw_args={"notations": notations}
        ),
        OneHotEncoder(dtype=dtype, handle_unknown="ignore", feature_name_combiner=name_category),
    )


def _one_hot(X: pl.DataFrame, dtype: DTypeLike, **unseen: Any) -> Pipeline:
    written = [column.name for column in X if merges_names(column)]
    return make_pipeline(
        _step(categories, kw_args={"written": written}),
        OneHotEncoder(dtype=dtype, feature_name_combiner=name_category, **unseen),
    )


def _tfidf(column: pl.Series) -> Pipeline:
    # Names repeat as pieces ("lib…", "…-dev") more than as words, so letters tell more of them.
    pieces = (
        {"analyzer": "word", "ngram_range": (1, 2), "token_pattern": r"\b\w+\b"}
        if is_sentences(to_texts(column))
        else {"analyzer": "char_wb", "ngram_range": (2, 4)}
    )
    min_df = 1 if len(column) < _SMALL_CORPUS else 2
    return make_pipeline(_step(texts), Tfidf(sublinear_tf=True, min_df=min_df, dtype=np.float32, **pieces))


def _step(function: Callable[..., Any] | None, **options: Any) -> FunctionTransformer:
    return FunctionTransformer(function, feature_names_out="one-to-one", **options)


def _peak(X: NDArray[Any]) -> float:
    return max(abs(float(X.max())), abs(float(X.min()))) or 1.0
