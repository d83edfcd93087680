"""Raw features to the numbers that a classifier takes: which encoder, with which options."""

from collections.abc import Iterable
from typing import Any

import numpy as np
import polars as pl
from numpy.typing import NDArray

from pminusy.datasets.columns import to_texts
from pminusy.datasets.dataset import Dataset, Role
from pminusy.datasets.encoders.arrays import AsTheyAre, ForNetwork, Pixels, SparsePeaks, Standardised
from pminusy.datasets.encoders.encoder import Encoder
from pminusy.datasets.encoders.numbers import Dates, Numbers
from pminusy.datasets.encoders.one_hot import Categories, DateParts
from pminusy.datasets.encoders.table import Table
from pminusy.datasets.encoders.text import Text
from pminusy.datasets.notation import Notation
from pminusy.datasets.plain import need_double
from pminusy.datasets.roles import is_sentences
from pminusy.datasets.spelling import merges_names
from pminusy.errors import DataError

_MANY_CATEGORIES = 100
_RARE_CATEGORY = 5
_SMALL_CORPUS = 200
_MOST_STORED = 0.3  # of a table's numbers, for them to be stored as sparse


def make_preprocessor(dataset: Dataset) -> Encoder:
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
    Encoder
        With scikit-learn's interface of a transformer. Of a table it takes frames with at least the columns of the
        data set, in any order and of any type that can be cast to their roles.

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
        return AsTheyAre() if abs(X).max() <= 1 else SparsePeaks()
    if dataset.kind == "image" or X.dtype == np.uint8:
        return Pixels(peak=_peak(X))
    return Standardised()


def make_network_preprocessor(dataset: Dataset, *, as_images: bool = False) -> Encoder:
    """Choose the transformer for a network: `make_preprocessor`'s numbers, in float32 whatever the input.

    Parameters
    ----------
    dataset : Dataset
        As for `make_preprocessor`.
    as_images : bool
        Give images (N, H, W) or (N, H, W, C), for layers that look at neighbouring pixels, in place of rows.

    Returns
    -------
    Encoder

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
    if not as_images:
        return ForNetwork(make_preprocessor(dataset))
    if dataset.image_shape is None:
        raise DataError(
            f"{dataset.source}: expected images, as IDX or as arrays (N, H, W) or (N, H, W, C), got a {dataset.kind}; "
            "use a network of dense layers for other data"
        )
    return ForNetwork(make_preprocessor(dataset), dataset.image_shape)


def _for_table(X: pl.DataFrame, dataset: Dataset) -> Table:
    columns = _by_role(dataset)
    numeric, text = columns[Role.NUMERIC], columns[Role.TEXT]
    double = not text and pl.Float64 in X[:, list(numeric)].dtypes
    encoders = [
        *_for_numbers(dataset, double=double, read_double=need_double(X[:, list(numeric)])),
        *_for_categories(X[:, list(columns[Role.CATEGORY])], _dtype(double)),
        *(_for_text(X[column]) for column in text),
    ]
    return Table(tuple(encoders), most=1.0 if text else _MOST_STORED)


def make_preprocessor_in_pieces(
    dataset: Dataset, categories: Iterable[pl.Series], *, double: bool, read_double: bool
) -> Table:
    """Choose the transformer for a table that is not in memory; it learns by `Table.learn`.

    Parameters
    ----------
    dataset : Dataset
        Its roles and notations settle the choice.
    categories : iterable of polars.Series
        For each column of categories the different values among the rows to train on.
    double : bool
        Whether a column of numbers is Float64.
    read_double : bool
        Whether one of them is float64 by `need_double` of all its rows.

    Returns
    -------
    Table
        As `make_preprocessor` gives it, but that its arrays are never sparse.

    Raises
    ------
    DataError
        A column holds text.
    """
    if text := _by_role(dataset)[Role.TEXT]:
        raise DataError(f"column {text[0]!r}: expected numbers, categories or dates, got text")
    numbers = _for_numbers(dataset, double=double, read_double=read_double)
    return Table((*numbers, *_for_categories(categories, _dtype(double))), most=0.0)


def _by_role(dataset: Dataset) -> dict[Role, tuple[str, ...]]:
    return {role: tuple(column for column, used in dataset.roles.items() if used is role) for role in Role}


def _dtype(double: bool) -> str:
    return "float64" if double else "float32"


def _for_numbers(dataset: Dataset, *, double: bool, read_double: bool) -> list[Encoder]:
    columns, dtype, encoders = _by_role(dataset), _dtype(double), list[Encoder]()
    if numeric := columns[Role.NUMERIC]:
        encoders.append(Numbers(numeric, dtype, _notations(dataset, numeric), read_as=_dtype(read_double)))
    if dates := columns[Role.DATE]:
        notations = _notations(dataset, dates)
        encoders += [Dates(dates, dtype, notations), DateParts(dates, dtype, notations=notations)]
    return encoders


def _notations(dataset: Dataset, columns: tuple[str, ...]) -> dict[str, Notation]:
    return {column: dataset.notations[column] for column in columns if column in dataset.notations}


def _for_categories(X: Iterable[pl.Series], dtype: str) -> list[Encoder]:
    X = list(X)
    many = [column.name for column in X if column.n_unique() > _MANY_CATEGORIES]
    few = [column.name for column in X if column.name not in set(many)]
    written = {column.name for column in X if merges_names(column)}
    return [
        Categories(tuple(columns), dtype, least, written=tuple(filter(written.__contains__, columns)))
        for columns, least in ((few, 1), (many, _RARE_CATEGORY))
        if columns
    ]


def _for_text(column: pl.Series) -> Text:
    # Names repeat as pieces ("lib…", "…-dev") more than as words, so letters tell more of them.
    parts = "words" if is_sentences(to_texts(column)) else "pieces"
    return Text(column.name, parts, least=1 if len(column) < _SMALL_CORPUS else 2)


def _peak(X: NDArray[Any]) -> float:
    return max(abs(float(X.max())), abs(float(X.min()))) or 1.0
