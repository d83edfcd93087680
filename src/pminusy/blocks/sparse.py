"""Sparse rows in memory; a block's numbers are converted where they are of another dtype."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, final

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray

from pminusy.blocks.rows import Selection
from pminusy.kernels.linear import BLOCK, Rows

Array = NDArray[Any]


@final
@dataclass(frozen=True)
class SparseRows:
    """A CSR matrix (N, D) with 32-bit column numbers; `dtype` is what to compute in."""

    X: sp.csr_matrix
    dtype: np.dtype[Any]

    sparse = True
    sequential = False
    standardisation = None  # it would not be sparse any more

    @property
    def shape(self) -> tuple[int, int]:
        """(N, D)."""
        return self.X.shape[0], self.X.shape[1]

    @property
    def n_numbers(self) -> int:
        """How many numbers a pass reads."""
        return int(self.X.nnz)

    def scratch(self) -> Array:
        """Nothing: only a block's own numbers are converted."""
        return np.empty((0, 0), self.dtype)

    def blocks(self, start: int, stop: int, scratch: Array) -> Iterator[tuple[Rows, int, int]]:  # noqa: ARG002
        """The rows [start, stop), in order."""
        empty = np.empty((0, self.X.shape[1]), self.dtype)
        step = stop - start if self.X.dtype == self.dtype else 64 * BLOCK
        for first in range(start, stop, step):
            last = min(stop, first + step)
            begin, end = self.X.indptr[first], self.X.indptr[last]
            data = self.X.data[begin:end].astype(self.dtype, copy=False)
            indptr = self.X.indptr[first : last + 1].astype(np.int64) - begin
            yield Rows(empty, data, self.X.indices[begin:end], indptr), first, last

    def take(self, rows: Selection, n_ones: int = 0) -> Array:
        """These rows as a dense array, with so many columns of ones after them."""
        dense = self.X[rows].astype(self.dtype).toarray()
        return np.concatenate([dense, np.ones((len(dense), n_ones), self.dtype)], axis=1) if n_ones else dense

    def at_hand(self, rows: Array) -> SparseRows:  # noqa: ARG002
        """All rows are."""
        return self

    @property
    def most_at_hand(self) -> int:
        """All rows."""
        return int(self.X.shape[0])

    def room(self, shape: tuple[int, ...], dtype: np.dtype[Any]) -> Array:
        """Zeros to keep something of each row in."""
        return np.zeros(shape, dtype)

    def transposed(self, n_columns: int) -> Rows | None:
        """Xᵀ as sparse rows, where X has fewer numbers than Xᵀ dZ, for so many columns of dZ.

        The product is then gathered feature by feature rather than scattered row by row into several copies of it.
        """
        if self.X.nnz > self.X.shape[1] * n_columns or self.X.shape[0] > np.iinfo(np.int32).max:
            return None
        T = self.X.T.tocsr().astype(self.dtype, copy=False)
        empty = np.empty((0, self.X.shape[0]), self.dtype)
        return Rows(empty, T.data, T.indices.astype(np.int32, copy=False), T.indptr.astype(np.int64))
