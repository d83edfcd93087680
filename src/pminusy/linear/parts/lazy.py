"""Predictions for a Dask collection of rows, as another Dask collection that is not computed yet."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[Any]


def predict_lazily(model: Any, method: str, X: Any) -> Any:
    """A dask.array of what a fitted SoftmaxRegression's method gives for each partition of X.

    A data frame's partitions have unknown lengths, and so have those of the array.
    """
    framed = hasattr(X, "columns")
    rows = X._meta_nonempty if framed else np.zeros((1, X.shape[1]), X.dtype)
    like = getattr(model, method)(rows)[:0]
    if framed:
        return X.map_partitions(_predict, model=model, method=method, like=like, meta=like)
    if len(X.chunks[1]) > 1:
        X = X.rechunk({1: -1})
    shape = {"drop_axis": 1} if like.ndim == 1 else {"chunks": (X.chunks[0], like.shape[1:])}
    return X.map_blocks(_predict, model=model, method=method, like=like, dtype=like.dtype, meta=like, **shape)


def _predict(X: Any, *, model: Any, method: str, like: Array) -> Array:
    result: Array = getattr(model, method)(X) if X.shape[0] else like
    return result
