"""A dense layer's products with sparse samples: the numbers that are 0 cost nothing.

    forward     Z_nh = b_h + Σ_d X_nd W_dh            over the stored numbers of row n
    backward    dW_dh = Σ_n X_nd dZ_nh                over the stored numbers of column d

The set is a CSR matrix; a batch is some of its rows, which are read where they are.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from pminusy.kernels.kinds import Index, Int32s, Integers, Matrix, Vector
from pminusy.kernels.operations import operation
from pminusy.nn.parameter import Parameter, as_matrix
from pminusy.nn.program import Array, afterwards, each_row, empty


@dataclass(frozen=True)
class SparseBatch:
    """Rows order[starts[step] + i], i < n_rows, of a CSR matrix (data, indices, indptr) with D columns."""

    data: Array
    indices: Array  # int32
    indptr: Array  # int64
    order: Array
    starts: Array
    n_rows: int
    n_columns: int

    @property
    def dtype(self) -> np.dtype[Any]:
        """Of the numbers."""
        return self.data.dtype

    def __len__(self) -> int:
        return self.n_rows

    @property
    def arrays(self) -> tuple[Array, ...]:
        """As the operations read them."""
        return self.data, self.indices, self.indptr, self.order, self.starts


@operation
def _forward(
    data: Vector,
    indices: Int32s,
    indptr: Integers,
    order: Integers,
    starts: Integers,
    b: Matrix,
    W: Matrix,
    Z: Matrix,
    step,
    first,
    last,
):
    """Z = b + X W for some rows; b (1, H)."""
    for i in range(first, last):
        row, z, bias = order[starts[step] + i], Z[i], b[0]
        for h in range(z.size):
            z[h] = bias[h]
        for place in range(indptr[row], indptr[row + 1]):
            x, w = data[place], W[indices[place]]
            for h in range(z.size):
                z[h] += x * w[h]


@operation
def _add_weight_gradient(
    data: Vector,
    indices: Int32s,
    indptr: Integers,
    order: Integers,
    starts: Integers,
    part: Index,
    start: Matrix,
    dZ: Matrix,
    dW: Matrix,
    step,
    first,
    last,
):
    """dW = start + Xᵀ dZ for some parts of its rows, of `part` elements; `start` is dW, or a row of zeros."""
    rows = part // dW.shape[1]
    top, bottom = first * rows, min(dW.shape[0], last * rows)
    if start.shape[0] == 1:
        zero = dW.dtype.type(0)
        for d in range(top, bottom):
            gradient = dW[d]
            for h in range(gradient.size):
                gradient[h] = zero
    for i in range(dZ.shape[0]):
        row, dz = order[starts[step] + i], dZ[i]
        for place in range(indptr[row], indptr[row + 1]):
            d = indices[place]
            if top <= d < bottom:
                x, gradient = data[place], dW[d]
                for h in range(gradient.size):
                    gradient[h] += x * dz[h]


def sparse_product(X: SparseBatch, W: Array, b: Array) -> Array:
    """Z = b + X W."""
    Z = empty((X.n_rows, W.shape[1]), W.dtype)
    each_row(_forward, X.n_rows, *X.arrays, as_matrix(b), W, Z)
    return Z


def add_sparse_weight_gradient(X: SparseBatch, dZ: Array, W: Parameter) -> None:
    """dW += Xᵀ dZ."""
    part = np.array([W.part], np.int64)
    afterwards(_add_weight_gradient, W.n_parts, *X.arrays, part, W.start_adding(), dZ, W.gradient)
