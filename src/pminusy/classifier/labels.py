"""Labels as a classifier takes them: one in each row, none of them missing."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray
from sklearn.utils.multiclass import check_classification_targets
from sklearn.utils.validation import column_or_1d

from pminusy.errors import TargetError

Array = NDArray[Any]


def read_labels(y: ArrayLike, name: str) -> tuple[Array, Array, Array]:
    """The labels (N,), the distinct ones in ascending order (K,), and each row's place among those (N,).

    Raises
    ------
    TargetError
        A label is missing (None, NaN, NaT, pandas' NA or masked) or infinite, labels are continuous, or they are of
        types that have no order between them.
    """
    _check_present(_as_given(y), name)
    # scikit-learn turns integers that pandas may hold missing ones among into floats, which melts large ones.
    labels = column_or_1d(np.asarray(y) if hasattr(y, "to_numpy") else y, warn=True)
    try:
        check_classification_targets(labels)
        present, numbers = np.unique(labels, return_inverse=True)
    except (TypeError, ValueError) as error:
        raise TargetError(f"{name}: expected labels of a single type: {error}") from error
    return labels, present, numbers


def _check_present(labels: Array, name: str) -> None:
    missing = _missing(labels)
    if missing.any():
        row, value = int(missing.argmax()), labels[missing][0]
        raise TargetError(
            f"{name}: expected a label in each row, got a missing one ({value}) at row {row}{_more(missing)}"
        )
    if labels.dtype.kind == "f" and (infinite := np.isinf(labels)).any():
        row = int(infinite.argmax())
        raise TargetError(f"{name}: expected finite labels, got {labels[row]} at row {row}")


def _as_given(y: ArrayLike) -> Array:
    """The labels, without the spelling as "nan" that NumPy gives NaN in a list of strings; none of what is no array."""
    labels = np.ma.asarray(y) if isinstance(y, np.ma.MaskedArray) else np.asarray(y)
    if labels.dtype.kind in "US" and not hasattr(y, "dtype"):
        labels = np.array(y, dtype=object)
    return labels.ravel() if labels.ndim else labels.ravel()[:0]


def _missing(labels: Array) -> NDArray[np.bool_]:
    if isinstance(labels, np.ma.MaskedArray):
        return np.ma.getmaskarray(labels) | _missing(labels.data)
    kind = labels.dtype.kind
    if kind in "fc":
        return np.isnan(labels)
    if kind in "mM":
        return np.isnat(labels)
    if kind in "OT":
        return np.fromiter(map(_is_missing, labels.tolist()), np.bool_, len(labels))
    return np.zeros(len(labels), np.bool_)


def _is_missing(value: Any) -> bool:
    """Whether a label is None, or unequal to itself as NaN and NaT are; pandas' NA is neither equal nor unequal."""
    if value is None:
        return True
    try:
        return bool(value != value)
    except TypeError:
        return True


def _more(missing: NDArray[np.bool_]) -> str:
    others = int(missing.sum()) - 1
    return f" and {others:,} more" if others else ""
