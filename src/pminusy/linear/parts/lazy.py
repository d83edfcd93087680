"""Predictions for a Dask collection of rows, as another Dask collection that is not computed yet."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.utils.validation import check_is_fitted

from pminusy.blocks.dask.collections import aligned_partitions, is_dask

Array = NDArray[Any]


def lazily(method: Callable[[Any, Any], Array]) -> Callable[[Any, Any], Any]:
    """A method of X (N, D) that gives a lazy collection for a lazy collection."""

    @wraps(method)
    def either(self: Any, X: Any) -> Any:
        return predict_lazily(self, method.__name__, X) if is_dask(X) else method(self, X)

    return either


def predict_lazily(model: Any, method: str, X: Any) -> Any:
    """A dask.array of what a fitted SoftmaxRegression's method gives for each partition of X.

    A data frame's partitions have unknown lengths, and so have those of the array.
    """
    check_is_fitted(model)
    framed = hasattr(X, "columns")
    rows = X._meta_nonempty if framed else np.zeros((1, X.shape[1]), X.dtype)
    like = getattr(model, method)(rows)[:0]
    if framed:
        return X.map_partitions(_predict, model=model, method=method, like=like, meta=like)
    if len(X.chunks[1]) > 1:
        X = X.rechunk({1: -1})
    shape = {"drop_axis": 1} if like.ndim == 1 else {"chunks": (X.chunks[0], like.shape[1:])}
    return X.map_blocks(_predict, model=model, method=method, like=like, dtype=like.dtype, meta=like, **shape)


def accuracy_on_dask(predicted: Any, y: Any, sample_weight: Any) -> float:
    """The share of rows, or of their weight, whose label is predicted.

    Raises
    ------
    InputError
        y or weights that cannot be aligned with the predictions.
    """
    import dask

    rows = aligned_partitions(predicted[:, None], y, sample_weight)
    counts = dask.compute(*(dask.delayed(_right_and_all)(*part) for part in rows))
    right, total = np.sum(counts, axis=0)
    return float(right / total)


def _right_and_all(predicted: Array, y: Any, weights: Any) -> Array:
    right = predicted[:, 0] == np.ravel(y)
    weights = np.ones(len(right)) if weights is None else np.ravel(weights)
    return np.array([weights @ right, weights.sum()])


def _predict(X: Any, *, model: Any, method: str, like: Array) -> Array:
    result: Array = getattr(model, method)(X) if X.shape[0] else like
    return result
