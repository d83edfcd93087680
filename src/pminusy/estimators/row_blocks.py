"""X in blocks of rows: dense of any dtype and order, or CSR, without a converted copy of the whole."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Any

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray

from pminusy.errors import InputError
from pminusy.kernels.parallel import over_rows

Array = NDArray[Any]

_BLOCK_ELEMENTS = (
    1 << 19
)  # of X and of the logits: a block's logits stay in the cache between the two products


def compute_dtype(X: Any) -> np.dtype[Any]:
    """The dtype to compute in: float32 for float32 and half precision, float64 for all else."""
    return np.dtype(np.float32 if X.dtype.kind == "f" and X.dtype.itemsize <= 4 else np.float64)


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
    for start, stop in spans(0, X.shape[0], block_rows(math.prod(X.shape[1:]), 1)):
        finite = np.isfinite(X[start:stop])
        if not finite.all():
            row, *place = (int(i) for i in np.argwhere(~finite)[0])
            _refuse(name, X[start + row, *place], start + row, *place)


def _refuse(name: str, number: Any, row: int, *place: int) -> None:
    shown = "NaN" if np.isnan(number) else str(number)
    where = f"column {place[0]}" if len(place) == 1 else f"place {list(place)}"
    raise InputError(f"{name}: expected finite numbers, got {shown} at row {row}, {where}")


def block_rows(n_features: int, n_classes: int) -> int:
    """How many rows a block of dense X has; depends on shapes only."""
    return max(64, _BLOCK_ELEMENTS // (n_features + n_classes))


def row_block(X: Any, start: int, stop: int, dtype: np.dtype[Any]) -> Any:
    """Rows [start, stop) in `dtype`, as a view where X allows one."""
    if sp.issparse(X):
        first, last = X.indptr[start], X.indptr[stop]
        parts = (
            X.data[first:last].astype(dtype, copy=False),
            X.indices[first:last],
            X.indptr[start : stop + 1] - first,
        )
        return sp.csr_matrix(parts, shape=(stop - start, X.shape[1]), copy=False)
    return X[start:stop].astype(dtype, order="K", copy=False)


def spans(start: int, stop: int, size: int) -> Iterator[tuple[int, int]]:
    """[start, stop) cut into pieces of at most `size`."""
    for first in range(start, stop, size):
        yield first, min(stop, first + size)


def linear_logits(X: Any, W: Array, b: Array) -> Array:
    """X W + b, with W (D, K) and b (K,): (N, K), in float32 if both are computed in it.

    The blocks depend on shapes only, and threads share them out: the same bits on any number of threads, with BLAS on
    one thread each.
    """
    dtype = np.result_type(compute_dtype(X), W.dtype)
    W, b = W.astype(dtype, copy=False), b.astype(dtype, copy=False)
    Z = np.empty((X.shape[0], W.shape[1]), dtype)
    blocks = list(spans(0, X.shape[0], block_rows(*W.shape)))

    def run(first: int, last: int) -> None:
        for start, stop in blocks[first:last]:
            np.add(row_block(X, start, stop, dtype) @ W, b, out=Z[start:stop])

    over_rows(run, len(blocks), X.shape[1] * block_rows(*W.shape))
    return Z
