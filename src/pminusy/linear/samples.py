"""X as the kernels read it: dense of any dtype and order, or CSR, in parts that need no converted copy of the whole.

A part is handed on as it is where it already has the right layout. Otherwise a few rows at a time are written into
scratch memory in the dtype to compute in, and, where the solver wants them so, centred and scaled on the way.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray

from pminusy.kernels.linear import BLOCK, Rows

Array = NDArray[Any]
Part = tuple[Rows, int, int]  # rows, and which ones they are: [start, stop)

_SCRATCH_ELEMENTS = 1 << 17
_MOMENT_ROWS = 4096


@dataclass(frozen=True)
class DenseSamples:
    """(X − centre) / scale for an array X (N, D); `dtype` is what to compute in."""

    X: Array
    dtype: np.dtype[Any]
    centre: Array | None = None  # (D,) float64, both or neither
    scale: Array | None = None

    @property
    def n_numbers(self) -> int:
        """How many numbers a pass reads."""
        return int(self.X.size)

    @property
    def standardised(self) -> bool:
        """Whether they are centred and scaled."""
        return self.centre is not None

    def weight_shape(self, n_free: int) -> tuple[int, int]:
        """The shape of W for n_free columns of logits."""
        return n_free, self.X.shape[1]

    def by_class(self, W: Array) -> Array:
        """W (F, D) as the kernels want it, and back."""
        return W

    def transposed(self, n_free: int) -> None:
        """Nothing: the rows serve both products."""

    def to_user(self, W: Array, b: Array) -> tuple[Array, Array]:
        """Coefficients (F, D) and intercepts for X as the user has it: W = V/σ, b = c − ⟨μ, W⟩."""
        if self.centre is None:
            return W, b
        W = W / self.scale
        return W, b - W @ self.centre

    def from_user(self, W: Array, b: Array) -> tuple[Array, Array]:
        """What `to_user` gives these of."""
        return (W, b) if self.centre is None else (W * self.scale, b + W @ self.centre)

    def user_gradient(self, dW: Array, db: Array) -> tuple[Array, Array]:
        """The gradient with respect to what `to_user` gives: ∂f/∂W = σ ∂f/∂V + μ ∂f/∂c."""
        return (dW, db) if self.centre is None else (dW * self.scale + db[:, None] * self.centre, db)

    def scratch(self) -> Array:
        """Memory for one thread's `parts`."""
        if self._as_is():
            return np.empty((0, 0), self.dtype)
        n_rows = max(1, _SCRATCH_ELEMENTS // (BLOCK * max(1, self.X.shape[1]))) * BLOCK
        return np.empty((min(n_rows, len(self.X)), self.X.shape[1]), self.dtype)

    def parts(self, start: int, stop: int, scratch: Array) -> Iterator[Part]:
        """The rows [start, stop), in order; each part is good until the next one is asked for."""
        none = np.empty(0, self.dtype), np.empty(0, np.int32), np.empty(0, np.int64)
        if self._as_is():
            yield Rows(self.X[start:stop], *none), start, stop
            return
        for first in range(start, stop, len(scratch)):
            last = min(stop, first + len(scratch))
            rows = scratch[: last - first]
            self._write(self.X[first:last], rows)
            yield Rows(rows, *none), first, last

    def take(self, rows: Array | slice, n_ones: int = 0) -> Array:
        """A copy of these rows, in `dtype`, with so many columns of ones after them."""
        chosen = self.X[rows]
        taken = np.ones((len(chosen), chosen.shape[1] + n_ones), self.dtype)
        self._write(chosen, taken[:, : chosen.shape[1]])
        return taken

    def _as_is(self) -> bool:
        return self.centre is None and self.X.dtype == self.dtype and self.X.flags.c_contiguous

    def _write(self, rows: Array, out: Array) -> None:
        if self.centre is None or self.scale is None:
            np.copyto(out, rows, casting="unsafe")
        else:
            np.subtract(rows, self.centre, out=out, casting="unsafe")
            np.divide(out, self.scale, out=out, casting="unsafe")


@dataclass(frozen=True)
class SparseSamples:
    """A CSR matrix (N, D) with 32-bit column numbers; `dtype` is what to compute in."""

    X: sp.csr_matrix
    dtype: np.dtype[Any]

    standardised = False  # it would not be sparse any more

    @property
    def n_numbers(self) -> int:
        """How many numbers a pass reads."""
        return int(self.X.nnz)

    def weight_shape(self, n_free: int) -> tuple[int, int]:
        """The shape of W for n_free columns of logits."""
        return self.X.shape[1], n_free

    def by_class(self, W: Array) -> Array:
        """W (F, D) from what the kernels want, and back."""
        return W.T

    def transposed(self, n_free: int) -> Rows | None:
        """Xᵀ in the same form, where X has fewer numbers than W, for n_free columns of logits.

        The gradient is then gathered feature by feature rather than scattered row by row into several copies of it.
        """
        if self.X.nnz > self.X.shape[1] * n_free or self.X.shape[0] > np.iinfo(np.int32).max:
            return None
        T = self.X.T.tocsr().astype(self.dtype, copy=False)
        empty = np.empty((0, self.X.shape[0]), self.dtype)
        return Rows(empty, T.data, T.indices.astype(np.int32, copy=False), T.indptr.astype(np.int64))

    def to_user(self, W: Array, b: Array) -> tuple[Array, Array]:
        """Coefficients (F, D) and intercepts for X as the user has it."""
        return W.T, b

    def from_user(self, W: Array, b: Array) -> tuple[Array, Array]:
        """What `to_user` gives these of."""
        return W.T, b

    def user_gradient(self, dW: Array, db: Array) -> tuple[Array, Array]:
        """The gradient with respect to what `to_user` gives."""
        return dW.T, db

    def scratch(self) -> Array:
        """Nothing: only a part's own numbers are converted."""
        return np.empty((0, 0), self.dtype)

    def parts(self, start: int, stop: int, scratch: Array) -> Iterator[Part]:  # noqa: ARG002
        """The rows [start, stop), in order."""
        empty = np.empty((0, self.X.shape[1]), self.dtype)
        step = stop - start if self.X.dtype == self.dtype else 64 * BLOCK
        for first in range(start, stop, step):
            last = min(stop, first + step)
            begin, end = self.X.indptr[first], self.X.indptr[last]
            data = self.X.data[begin:end].astype(self.dtype, copy=False)
            indptr = self.X.indptr[first : last + 1].astype(np.int64) - begin
            yield Rows(empty, data, self.X.indices[begin:end], indptr), first, last

    def take(self, rows: Array | slice, n_ones: int = 0) -> Array:
        """These rows as a dense array, with so many columns of ones after them."""
        dense = self.X[rows].astype(self.dtype).toarray()
        return np.concatenate([dense, np.ones((len(dense), n_ones), self.dtype)], axis=1) if n_ones else dense


Samples = DenseSamples | SparseSamples


def as_samples(X: Any, dtype: np.dtype[Any]) -> Samples:
    """X as it is, to compute in `dtype`; column numbers of 64 bits are copied into 32."""
    if not sp.issparse(X):
        return DenseSamples(X, dtype)
    if X.indices.dtype != np.int32:
        X = sp.csr_matrix((X.data, X.indices.astype(np.int32), X.indptr), shape=X.shape, copy=False)
    return SparseSamples(X, dtype)


def logits(samples: Samples, rows: Array | slice, W: Array, b: Array, n_classes: int) -> Array:
    """All K logits of some rows, those of classes that are not free being 0: (n, K)."""
    free = samples.take(rows) @ samples.by_class(W).T + b
    held = np.zeros((len(free), n_classes - free.shape[1]), free.dtype)
    return np.concatenate([held, free], axis=1)


def moments(X: Array, *, centred: bool) -> tuple[Array, Array]:
    """What to subtract from each column and what to divide it by, so that its mean square is 1: (D,) float64 each.

    Constant columns, and without `centred` those of zeros, are divided by 1.
    """
    blocks = [slice(start, start + _MOMENT_ROWS) for start in range(0, len(X), _MOMENT_ROWS)]
    centre = np.zeros(X.shape[1])
    if centred:
        centre = sum((X[block].sum(axis=0, dtype=np.float64) for block in blocks), centre) / len(X)
    squares = sum(np.square(X[block] - centre).sum(axis=0) for block in blocks)
    scale = np.sqrt(squares / len(X))
    negligible = scale <= 10 * np.finfo(np.float64).eps * np.abs(centre)
    return centre, np.where(negligible, 1.0, scale)
