"""Labels of any kind made integers or strings, and refused where they are no classes."""

import numpy as np
import polars as pl

from pminusy.datasets.columns import is_scalar
from pminusy.datasets.dataset import Labels
from pminusy.errors import DataError, ShapeError

_FEW_VALUES = 20


def column_labels(column: pl.Series) -> Labels:
    """Make labels of a table's column without missing values; booleans become "true" and "false"."""
    if not is_scalar(column):
        raise DataError(
            f"target {column.name!r}: expected numbers or strings, got values of type {column.dtype}"
        )
    if column.dtype.is_decimal():
        column = column.cast(pl.Float64)
    elif not column.dtype.is_numeric():
        column = column.cast(pl.String)
    return array_labels(column.to_numpy(), column.name)


def array_labels(y: Labels, name: str) -> Labels:
    """Make labels (N,) of an array (N,) or (N, 1): int64 where all values are whole numbers, else strings.

    Raises
    ------
    ShapeError
        `y` is not one label a row.
    DataError
        A label is NaN or infinite (names its row), or the values are no classes but measurements.
    """
    if y.ndim == 2 and y.shape[1] == 1:
        y = y[:, 0]
    if y.ndim != 1:
        raise ShapeError(f"target {name!r}: expected one label per row, shape (N,), got {y.shape}")
    if y.dtype.kind in "biu":
        return y.astype(np.int64)
    if y.dtype.kind in "OUST":
        return y.astype(np.str_)
    if y.dtype.kind != "f":
        raise DataError(f"target {name!r}: expected numbers or strings, got dtype {y.dtype}")
    return _float_labels(y, name)


def check_classes(y: Labels, name: str) -> None:
    """Raise DataError where all rows are of one class, or each of many rows is a class of its own."""
    classes = np.unique(y)
    if len(classes) < 2:
        raise DataError(
            f"target {name!r}: expected two classes or more, got {classes[0]} in all {len(y)} rows"
        )
    if len(classes) == len(y) > _FEW_VALUES:
        raise DataError(f"target {name!r}: expected classes, got a different value in each of {len(y)} rows")


def _float_labels(y: Labels, name: str) -> Labels:
    finite = np.isfinite(y)
    if not finite.all():
        row = int(finite.argmin())
        raise DataError(f"target {name!r}: expected finite labels, got {y[row]} at row {row}")
    if (y == np.rint(y)).all():
        return y.astype(np.int64)
    distinct = np.unique(y).size
    if distinct > min(_FEW_VALUES, len(y) / 2):
        raise DataError(
            f"target {name!r}: expected classes, got {distinct} distinct non-integer values in {len(y)} rows, "
            "which looks like regression; choose another column, or bin its values into classes first"
        )
    return np.array([str(value) for value in y])
