"""From arrays of numbers to a data set."""

from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from pminusy.datasets.dataset import Dataset, Features, Labels
from pminusy.datasets.labels import array_labels, check_classes
from pminusy.datasets.readers.arrays import Arrays, Matrix
from pminusy.datasets.readers.limits import check_layer_memory
from pminusy.datasets.table_notes import class_notes
from pminusy.errors import DataError, ShapeError

_CHANNELS = ("red", "green", "blue", "alpha")


def matrix_dataset(arrays: Arrays, *, name: str, source: str) -> Dataset:
    """Build the data set of features and labels that are arrays; `load` says what is refused."""
    X, y = _labelled(arrays, source)
    check_classes(y, arrays.target_name)
    check_layer_memory(arrays.X.shape[1], len(np.unique(y)))
    held_out = _held_out(arrays)
    return Dataset(
        name=name,
        source=source,
        kind="matrix" if arrays.image_shape is None else "image",
        X=X,
        y=y,
        target_name=arrays.target_name,
        feature_names=_names(arrays),
        roles={},
        image_shape=arrays.image_shape,
        held_out=held_out,
        notes=(
            *arrays.notes,
            *class_notes(y),
            *([f"using the file's own {len(held_out[1]):,} test rows"] if held_out else []),
        ),
    )


def labelled_matrix(arrays: Arrays, like: Dataset, *, source: str) -> tuple[Matrix, Labels]:
    """The features and labels of more rows for a model of a data set: as many columns, one class or more.

    Raises
    ------
    DataError, ShapeError
        There are no labels or not one a row, or another number of columns.
    """
    X, y = _labelled(arrays, source)
    return match_width(X, like.X.shape[1]), y


def match_width(X: Matrix, n_columns: int) -> NDArray[Any] | csr_matrix:
    """Give rows to predict as many columns as the model was trained on.

    Parameters
    ----------
    X : ndarray (N, D) or CSR matrix (N, D)
        The rows.
    n_columns : int
        The columns of the training data.

    Returns
    -------
    ndarray or CSR matrix (N, n_columns)
        A sparse file tells only of the columns that it has values in: missing ones are added empty, and those
        that training did not see are dropped. A dense array is returned as it is.

    Raises
    ------
    ShapeError
        A dense array has another number of columns.

    Examples
    --------
    >>> from scipy.sparse import csr_matrix
    >>> match_width(csr_matrix([[1.0, 2.0]]), 5).shape
    (1, 5)
    """
    n_rows, width = X.shape
    if width == n_columns:
        return X
    if isinstance(X, np.ndarray):
        raise ShapeError(f"X: expected {n_columns} columns as in the training data, got {X.shape}")
    if width > n_columns:
        return X[:, :n_columns]
    return type(X)((X.data, X.indices, X.indptr), shape=(n_rows, n_columns))


def _labelled(arrays: Arrays, source: str) -> tuple[Matrix, Labels]:
    if arrays.y is None:
        raise DataError(f"{source}: contains rows without labels")
    return arrays.X, _labels_of(arrays.X, arrays.y, arrays.target_name)


def _held_out(arrays: Arrays) -> tuple[Features, Labels] | None:
    if arrays.X_test is None:
        return None
    if arrays.y_test is None:
        raise DataError(f"target {arrays.target_name!r}: the test set has no labels")
    if arrays.X_test.shape[1] != arrays.X.shape[1]:
        raise ShapeError(
            "X_test: expected as many columns as the training data has, "
            f"got {arrays.X_test.shape} and {arrays.X.shape}"
        )
    return arrays.X_test, _labels_of(arrays.X_test, arrays.y_test, f"{arrays.target_name} of the test set")


def _labels_of(X: Matrix, y: Labels, name: str) -> Labels:
    labels = array_labels(y, name)
    if len(labels) != X.shape[0]:
        raise ShapeError(f"target {name!r}: expected a label for each row of X, got {y.shape} for {X.shape}")
    if not X.size:
        raise DataError(f"X: expected rows and columns, got shape {X.shape}")
    return labels


def _names(arrays: Arrays) -> tuple[str, ...]:
    if arrays.image_shape is None:
        return tuple(f"x{column}" for column in range(arrays.X.shape[1]))
    return tuple(_pixel_name(*place) for place in np.ndindex(arrays.image_shape))


def _pixel_name(row: int, column: int, channel: int | None = None) -> str:
    return f"pixel {row},{column}" + ("" if channel is None else f" {_CHANNELS[channel]}")
