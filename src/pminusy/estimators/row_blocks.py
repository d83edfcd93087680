"""X in blocks of rows: dense of any dtype and order, or CSR, without a converted copy of the whole."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray

from pminusy.kernels.parallel import over_rows

Array = NDArray[Any]

_BLOCK_ELEMENTS = (
    1 << 19
)  # of X and of the logits: a block's logits stay in the cache between the two products


def compute_dtype(X: Any) -> np.dtype[Any]:
    """The dtype to compute in: float32 where it holds X exactly, else float64."""
    narrow = X.dtype.kind == "f" and X.dtype.itemsize <= 4
    small_integers = X.dtype.kind in "iub" and X.dtype.itemsize <= 2
    return np.dtype(np.float32 if narrow or small_integers else np.float64)


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
    """X W + b, with W (D, K) and b (K,): (N, K) in the dtype of W.

    The blocks depend on shapes only, and threads share them out: the same bits on any number of threads, with BLAS on
    one thread each.
    """
    Z = np.empty((X.shape[0], W.shape[1]), W.dtype)
    blocks = list(spans(0, X.shape[0], block_rows(*W.shape)))

    def run(first: int, last: int) -> None:
        for start, stop in blocks[first:last]:
            np.add(row_block(X, start, stop, W.dtype) @ W, b, out=Z[start:stop])

    over_rows(run, len(blocks), X.shape[1] * block_rows(*W.shape))
    return Z
