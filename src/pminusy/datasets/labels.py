"""Labels of any kind made integers or strings, and refused where they are no classes."""

import numpy as np
import polars as pl

from pminusy.datasets.columns import is_scalar, kind_of
from pminusy.datasets.dataset import Labels
from pminusy.datasets.places import RowError
from pminusy.datasets.spelling import as_written
from pminusy.errors import DataError, ShapeError

_FEW_VALUES = 20
_MAX_EXACT = 2.0**53
_INTEGER = r"^(?:0|-?[1-9]\d*)$"


def column_labels(column: pl.Series) -> Labels:
    """Make labels of a table's column without missing values, as `label_names` does; refuse measurements."""
    labels = label_names(column)
    numbers = as_written(column).cast(pl.Float64, strict=False)
    if labels.dtype.kind == "U" and numbers.null_count() == 0:
        _check_few(numbers.to_numpy(), column.name)
    return labels


def label_names(column: pl.Series) -> Labels:
    """Labels (N,) of a column without missing values: int64 where all are integers, else strings as written.

    Booleans become "True" and "False". Names never pass through numbers, so 1.1 and 1.10, 007 and 7 stay apart.

    Raises
    ------
    DataError
        The column holds lists or the like.
    """
    if not is_scalar(column):
        raise DataError(f"target {column.name!r}: expected numbers or strings, got {kind_of(column)}")
    names = as_written(column)
    if names.str.contains(_INTEGER).all():
        integers = names.cast(pl.Int64, strict=False)
        if integers.null_count() == 0:
            return integers.to_numpy()
    return names.to_numpy().astype(np.str_)


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
        wide = y.dtype == np.uint64 and len(y) and y.max() > np.iinfo(np.int64).max
        return y.astype(np.str_ if wide else np.int64)
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
    _check_few(y, name)
    if (y != np.rint(y)).any():
        return np.array([str(value) for value in y])
    if (np.abs(y) > _MAX_EXACT).any():
        row = int((np.abs(y) > _MAX_EXACT).argmax())
        raise RowError(
            f"target {name!r}: expected labels below 2**53 or as strings or integers, got the float {float(y[row])}",
            row,
            ", which stands for several integers",
        )
    return y.astype(np.int64)


def _check_few(y: Labels, name: str) -> None:
    """Refuse numbers that are not finite, or that are measurements rather than classes."""
    finite = np.isfinite(y)
    if not finite.all():
        row = int(finite.argmin())
        raise RowError(f"target {name!r}: expected finite labels, got {y[row]}", row)
    if (y == np.rint(y)).all():
        return
    distinct = np.unique(y).size
    if distinct > min(_FEW_VALUES, len(y) / 2):
        raise DataError(
            f"target {name!r}: expected classes, got {distinct} distinct non-integer values in {len(y)} rows, "
            "which looks like regression; choose another column, or bin its values into classes first"
        )
