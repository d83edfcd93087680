"""X as a classifier takes it: an array or a CSR matrix of finite numbers, and what it is computed in."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import scipy.sparse as sp

from pminusy.blocks.dask.collections import is_dask
from pminusy.blocks.outside import OutsideMatrix
from pminusy.classifier.seen_columns import SeenColumns
from pminusy.errors import InputError

_BLOCK_ELEMENTS = 1 << 19


def compute_dtype(X: Any) -> np.dtype[Any]:
    """The dtype to compute in: float32 for float32 and half precision, float64 for all else."""
    return np.dtype(np.float32 if X.dtype.kind == "f" and X.dtype.itemsize <= 4 else np.float64)


def read_samples(estimator: Any, X: Any, *, reset: bool, allow_nd: bool = False, name: str = "X") -> Any:
    """X checked; `reset` makes its columns those that the estimator has seen, which they are otherwise to be.

    Sparse X is returned in canonical form: entries of the same place are summed, and each row's columns are in order.
    """
    refuse_dask(name, X)
    if isinstance(X, OutsideMatrix):
        return _read_outside(estimator, X, reset=reset, name=name)
    from sklearn.utils.validation import validate_data  # predictions of a saved model do without scikit-learn

    X = validate_data(
        estimator, X, accept_sparse="csr", ensure_all_finite=False, allow_nd=allow_nd, reset=reset
    )
    if sp.issparse(X) and not X.has_canonical_format:
        X = X.copy()  # the caller's stays as it is
        X.sum_duplicates()
    check_finite(X, name)
    return X


def _read_outside(estimator: Any, X: OutsideMatrix, *, reset: bool, name: str) -> OutsideMatrix:
    """X, of which only the width is compared."""
    if reset:
        SeenColumns(X.shape[1]).give_to(estimator)
    elif X.shape[1] != estimator.n_features_in_:
        raise InputError(f"{name}: expected {estimator.n_features_in_} features, got {X.shape[1]}")
    check_finite(X, name)
    return X


def refuse_dask(name: str, given: Any) -> None:
    """An InputError for a Dask collection, which would be computed into memory as a whole."""
    if is_dask(given):
        raise InputError(
            f"{name}: expected data in memory, got a Dask collection; only SoftmaxRegression takes these, for X, y "
            "and sample_weight alike. Its `compute()` brings them into memory, where they fit"
        )


def check_finite(X: Any, name: str = "X") -> None:
    """An InputError that names the first number in X that is not finite, and its place."""
    if X.dtype.kind != "f":
        return
    if sp.issparse(X):
        if not np.isfinite(X.data).all():
            entries = X.tocoo()
            first = int((~np.isfinite(entries.data)).argmax())
            _refuse(name, entries.data[first], int(entries.row[first]), int(entries.col[first]))
        return
    size = max(64, _BLOCK_ELEMENTS // (math.prod(X.shape[1:]) + 1))
    for start in range(0, X.shape[0], size):
        some = X[start : start + size]
        finite = np.isfinite(some)
        if not finite.all():
            row, *place = (int(i) for i in np.argwhere(~finite)[0])
            _refuse(name, some[row, *place], start + row, *place)


def _refuse(name: str, number: Any, row: int, *place: int) -> None:
    shown = "NaN" if np.isnan(number) else str(number)
    where = f"column {place[0]}" if len(place) == 1 else f"index {list(place)}"
    raise InputError(f"{name}: expected finite numbers, got {shown} at row {row}, {where}")
