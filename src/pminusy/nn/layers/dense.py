"""A dense layer: every output is a weighted sum of all inputs.

    forward     Z_nh = b_h + Σ_d X_nd W_dh
    backward    dX_nd = Σ_h dZ_nh W_dh        dW_dh = Σ_n X_nd dZ_nh        db_h = Σ_n dZ_nh

X (N, D) inputs, W (D, H) weights, b (H,) bias, Z (N, H) outputs. Derivation: docs/derivations/dense.md.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np

from pminusy.errors import InputError, ShapeError
from pminusy.kernels.matmul import product
from pminusy.kernels.operations import matrix, operation
from pminusy.kernels.transpose import transpose
from pminusy.nn.initialization import initial_weights, zeros
from pminusy.nn.layer import Backward, Shape
from pminusy.nn.layers.sparse_dense import SparseBatch, add_sparse_weight_gradient, sparse_product
from pminusy.nn.parameter import Parameter, as_matrix
from pminusy.nn.program import Array, afterwards, beforehand, each_row, empty

ROWS, COLUMNS = 24, 64  # of a gradient that are one part of it: whole tiles of a product


@operation
def _forward(arguments, step, first, last):
    """Z = b + X W for some rows; b (1, H)."""
    b, X, W, Z = matrix(arguments, 0), matrix(arguments, 1), matrix(arguments, 2), matrix(arguments, 3)
    product(b, X[first:last], W, Z[first:last])


@operation
def _transpose(arguments, step, first, last):
    """Some rows of Wᵀ."""
    W, out = matrix(arguments, 0), matrix(arguments, 1)
    transpose(W, first, last, out)


@operation
def _add_weight_gradient(arguments, step, first, last):
    """dW = start + Xᵀ dZ for some parts of its rows; `start` is dW, or a row of zeros."""
    start, X, dZ, dW = matrix(arguments, 0), matrix(arguments, 1), matrix(arguments, 2), matrix(arguments, 3)
    top, bottom = first * ROWS, min(dW.shape[0], last * ROWS)
    begin = start[top:bottom] if start.shape[0] > 1 else start
    product(begin, X.T[top:bottom], dZ, dW[top:bottom])


@operation
def add_bias_gradient(arguments, step, first, last):
    """db = start + Σ_n dZ_n for some parts of its columns; `start` and `db` have one row."""
    start, dZ, db = matrix(arguments, 0), matrix(arguments, 1), matrix(arguments, 2)
    left, right = first * COLUMNS, min(db.shape[1], last * COLUMNS)
    begin, total = start[0, left:right], db[0, left:right]
    for h in range(total.size):
        total[h] = begin[h]
    for n in range(dZ.shape[0]):
        row = dZ[n, left:right]
        for h in range(total.size):
            total[h] += row[h]


@dataclass(eq=False)
class Dense:
    """Z = b + X W.

    Parameters
    ----------
    units : int
        How many outputs, H.
    init : {"he_normal", "he_uniform", "glorot_normal", "glorot_uniform"}
        How W begins; b begins at 0.

    Notes
    -----
    With dZ = ∂L/∂Z:  ∂L/∂X = dZ Wᵀ,  ∂L/∂W = Xᵀ dZ,  ∂L/∂b = Σ_n dZ_n.

    Examples
    --------
    >>> import numpy as np
    >>> from pminusy.nn import Dense
    >>> layer = Dense(2)
    >>> layer.build((3,), np.dtype(np.float64), np.random.default_rng(0))
    (2,)
    >>> Z, backward = layer.forward(np.ones((4, 3)))
    >>> dX = backward(np.ones((4, 2)))
    >>> Z.shape, dX.shape, layer.parameters[1].gradient
    ((4, 2), (4, 3), array([4., 4.]))
    """

    units: int
    init: str = "he_normal"
    parameters: tuple[Parameter, ...] = field(default=(), init=False, repr=False)
    state: dict[str, Array] = field(default_factory=dict, init=False, repr=False)

    def build(self, shape: Shape, dtype: np.dtype[Any], rng: np.random.Generator) -> Shape:
        """Make W and b for samples of shape (D,)."""
        if self.units < 1:
            raise InputError(f"Dense: units: expected an integer ≥ 1, got {self.units!r}")
        if len(shape) != 1:
            raise ShapeError(f"{self}: expected samples of shape (D,), got {shape}; put Flatten() before it")
        (n_inputs,) = shape
        W = initial_weights(self.init, (n_inputs, self.units), (n_inputs, self.units), dtype, rng)
        b = zeros((self.units,), dtype)
        self.parameters = (
            Parameter("W", W, part=ROWS * self.units),
            Parameter("b", b, part=COLUMNS, decays=False),
        )
        return (self.units,)

    def forward(self, X: Array | SparseBatch, *, training: bool = False) -> tuple[Array, Backward]:
        """Z (N, H) for X (N, D), an array or a SparseBatch."""
        W, b = self.parameters
        Z = sparse_product(X, W.value, b.value) if isinstance(X, SparseBatch) else self._product(X)

        def backward(dZ: Array, *, to_input: bool = True) -> Array | None:
            if isinstance(X, SparseBatch):
                add_sparse_weight_gradient(X, dZ, W)
            else:
                afterwards(_add_weight_gradient, W.n_parts, W.sum_so_far(), X, dZ, W.gradient)
            afterwards(add_bias_gradient, b.n_parts, b.sum_so_far(), dZ, as_matrix(b.gradient))
            return self._input_gradient(dZ) if to_input else None

        return Z, backward

    def _product(self, X: Array) -> Array:
        """Z = b + X W."""
        W, b = self.parameters
        Z = empty((len(X), self.units), X.dtype)
        each_row(_forward, len(X), as_matrix(b.value), X, W.value, Z, shared=W.value)
        return Z

    def _input_gradient(self, dZ: Array) -> Array:
        """dX = dZ Wᵀ."""
        W = self.parameters[0].value
        transposed, dX = empty((W.shape[1], W.shape[0]), W.dtype), empty((len(dZ), len(W)), W.dtype)
        beforehand(_transpose, len(transposed), W, transposed)
        each_row(_forward, len(dZ), np.zeros((1, len(W)), W.dtype), dZ, transposed, dX, shared=W)
        return dX
