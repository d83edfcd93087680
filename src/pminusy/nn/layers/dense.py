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
from pminusy.kernels.kinds import Index, Matrix, Vector
from pminusy.kernels.matmul import product
from pminusy.kernels.operations import operation
from pminusy.kernels.panels import n_blocks, panel, rectangle
from pminusy.kernels.transpose import transpose
from pminusy.nn.initialization import initial_weights, zeros
from pminusy.nn.layer import Backward, Shape
from pminusy.nn.layers.sparse_dense import SparseBatch, add_sparse_weight_gradient, sparse_product
from pminusy.nn.panels import ROWS, WIDTH, cut, memory_of, width_of
from pminusy.nn.parameter import Parameter, as_matrix
from pminusy.nn.program import Array, afterwards, beforehand, each_part, each_row, empty

COLUMNS = 64  # of a bias that are one part of it
_SPARED = 1 << 16  # bytes not read that are worth waiting for all threads


@operation
def _multiply_rows(width: Index, b: Matrix, X: Matrix, W: Vector, Z: Matrix, step, first, last):
    """Z = b + X W for some rows; b (1, H), and W in panels of this width."""
    for left in range(0, Z.shape[1], width):
        right = min(Z.shape[1], left + width)
        W_here = panel(W, X.shape[1], left, right)
        product(b[:, left:right], X[first:last], W_here, Z[first:last, left:right])


@operation
def _multiply_blocks(width: Index, b: Matrix, X: Matrix, W: Vector, Z: Matrix, step, first, last):
    """Z = b + X W for some blocks of Z; b (1, H), and W in panels of this width."""
    while first < last:
        top, bottom, left, right, first = rectangle(*Z.shape, ROWS, width, first, last)
        W_here = panel(W, X.shape[1], left, right)
        product(b[:, left:right], X[top:bottom], W_here, Z[top:bottom, left:right])


@operation
def _transpose(width: Index, W: Vector, out: Matrix, step, first, last):
    """Some rows of Wᵀ, for W in panels of this width."""
    for left in range(first // width * width, last, width):
        right = min(out.shape[0], left + width)
        W_here, begin, end = panel(W, out.shape[1], left, right), max(first, left), min(last, right)
        transpose(W_here, begin - left, end - left, out[left:right])


@operation
def _multiply_panels_turned(
    width: Index, W: Vector, zero: Matrix, dZ: Matrix, turned: Vector, dX: Matrix, step, first, last
):
    """dX = dZ Wᵀ for some panels of its columns: each panel of Wᵀ is made, and used while in cache, in one place.

    The first panel's place in `turned`; W in panels of this width.
    """
    n_rows, n_columns = dZ.shape[1], dX.shape[1]
    place = first * WIDTH
    for above in range(place, min(n_columns, last * WIDTH), WIDTH):
        below = min(n_columns, above + WIDTH)
        here = panel(turned, n_rows, place, place + below - above)
        for left in range(0, n_rows, width):
            right = min(n_rows, left + width)
            transpose(panel(W, n_columns, left, right)[above:below], 0, right - left, here[left:right])
        product(zero[:, above:below], dZ, here, dX[:, above:below])


@operation
def _add_weight_gradient(width: Index, start: Vector, X: Matrix, dZ: Matrix, dW: Vector, step, first, last):
    """dW = start + Xᵀ dZ for some blocks of dW, which is in panels of this width; `start` is dW, or a row of zeros."""
    n_rows, n_columns = X.shape[1], dZ.shape[1]
    while first < last:
        top, bottom, left, right, first = rectangle(n_rows, n_columns, ROWS, width, first, last)
        before, here = panel(start, start.size // n_columns, left, right), panel(dW, n_rows, left, right)
        begin = before[top:bottom] if before.shape[0] > 1 else before
        product(begin, X.T[top:bottom], dZ[:, left:right], here[top:bottom])


@operation
def add_bias_gradient(start: Matrix, dZ: Matrix, db: Matrix, step, first, last):
    """db = start + Σ_n dZ_n for some parts of its columns; `start` and `db` have one row."""
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
        Number of outputs, H.
    init : {"he_normal", "he_uniform", "glorot_normal", "glorot_uniform"}
        Initialisation of W; b starts at 0.

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
                self._add_weight_gradient(X, dZ)
            afterwards(add_bias_gradient, b.n_parts, b.start_adding(), dZ, as_matrix(b.gradient))
            return self._input_gradient(dZ) if to_input else None

        return Z, backward

    def _product(self, X: Array) -> Array:
        """Z = b + X W."""
        W, b = self.parameters
        if self.units > WIDTH:
            cut(W.value, W.gradient)
        width, Z = width_of(W.value), empty((len(X), self.units), X.dtype)
        arrays = np.array([width]), as_matrix(b.value), X, memory_of(W.value), Z
        if width < self.units and _by_columns(Z, X, W.value):
            each_part(_multiply_blocks, n_blocks(len(Z), self.units, ROWS, width), *arrays)
        else:
            each_row(_multiply_rows, len(X), *arrays, shared=W.value)
        return Z

    def _add_weight_gradient(self, X: Array, dZ: Array) -> None:
        """dW += Xᵀ dZ."""
        W = self.parameters[0]
        width = width_of(W.value)
        arrays = memory_of(W.start_adding()), X, dZ, memory_of(W.gradient)
        afterwards(_add_weight_gradient, W.n_parts, np.array([width]), *arrays)

    def _input_gradient(self, dZ: Array) -> Array:
        """dX = dZ Wᵀ."""
        W = self.parameters[0].value
        width, dX, zero = (
            np.array([width_of(W)]),
            empty((len(dZ), len(W)), W.dtype),
            np.zeros((1, len(W)), W.dtype),
        )
        turned = empty((self.units, len(W)), W.dtype)
        if _by_columns(dX, dZ, W):
            n_panels = -(-len(W) // WIDTH)
            each_part(
                _multiply_panels_turned, n_panels, width, memory_of(W), zero, dZ, turned.reshape(-1), dX
            )
        else:
            beforehand(_transpose, self.units, width, memory_of(W), turned)
            arrays = np.array([len(W)]), zero, dZ, turned.reshape(-1), dX
            each_row(_multiply_rows, len(dZ), *arrays, shared=W)
        return dX


def _by_columns(Z: Array, X: Array, W: Array) -> bool:
    """Whether a product Z = X W is to be shared out by columns, since W is so large that few should read all of it."""
    return Z.shape[1] > WIDTH and W.nbytes > X.nbytes + _SPARED
