"""Embedding: a learned vector for each index.

    forward     Y_nl = W_i             with i = X_nl
    backward    dW_i = Σ dY_nl         over all n, l with X_nl = i, in order; indices have no gradient

X (N, L) indices in [0, V), W (V, E), Y (N, L, E). Derivation: docs/derivations/embedding.md.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np

from pminusy.errors import InputError
from pminusy.kernels.kinds import Cube, IntegerMatrix, Matrix
from pminusy.kernels.operations import operation
from pminusy.nn.layer import Backward, Shape
from pminusy.nn.layers.elementwise import as_rows
from pminusy.nn.parameter import Parameter
from pminusy.nn.program import Array, afterwards, each_row, empty, is_recording
from pminusy.options import is_integer

_ROWS = 16  # of W that are one part of its gradient


@operation
def _forward(W: Matrix, X: IntegerMatrix, Y: Cube, step, first, last):
    """Y for some samples."""
    for n in range(first, last):
        for position in range(X.shape[1]):
            w, y = W[X[n, position]], Y[n, position]
            for j in range(y.size):
                y[j] = w[j]


@operation
def _add_gradient(start: Matrix, X: IntegerMatrix, dY: Cube, dW: Matrix, step, first, last):
    """dW = start + the sums of dY for some parts of its rows; `start` is dW, or a row of zeros."""
    top, bottom = first * _ROWS, min(dW.shape[0], last * _ROWS)
    for i in range(top, bottom):
        begin, dw = start[i if start.shape[0] > 1 else 0], dW[i]
        for j in range(dw.size):
            dw[j] = begin[j]
    for n in range(X.shape[0]):
        for position in range(X.shape[1]):
            i = X[n, position]
            if top <= i < bottom:
                dw, dy = dW[i], dY[n, position]
                for j in range(dw.size):
                    dw[j] += dy[j]


@dataclass(eq=False)
class Embedding:
    """Y = the rows of W at the indices X.

    Parameters
    ----------
    n : int
        Number of indices: X holds integers from 0 to n − 1.
    size : int
        Size of each vector, initialised from a standard normal distribution.

    Notes
    -----
    X is an int64 array (N, …), Y (N, …, size). ∂L/∂W_i is the sum of ∂L/∂Y over the places where X is i; `backward`
    gives None for X. An InputError for X of another dtype, and for an index outside, unless the step is being recorded:
    what is to be trained on is held to :meth:`check` before.

    Examples
    --------
    >>> import numpy as np
    >>> from pminusy.nn import Embedding
    >>> layer = Embedding(5, 2)
    >>> layer.build((3,), np.dtype(np.float64), np.random.default_rng(0))
    (3, 2)
    >>> Y, backward = layer.forward(np.array([[4, 0, 4]]))
    >>> backward(np.ones((1, 3, 2)))
    >>> Y.shape, layer.parameters[0].gradient[:, 0]
    ((1, 3, 2), array([1., 0., 0., 0., 2.]))
    """

    n: int
    size: int
    parameters: tuple[Parameter, ...] = field(default=(), init=False, repr=False)
    state: dict[str, Array] = field(default_factory=dict, init=False, repr=False)

    def __post_init__(self) -> None:
        for name, value in (("n", self.n), ("size", self.size)):
            if not is_integer(value) or value < 1:
                raise InputError(f"Embedding: {name}: expected an integer ≥ 1, got {value!r}")

    def build(self, shape: Shape, dtype: np.dtype[Any], rng: np.random.Generator) -> Shape:
        """Make W; samples are integers of any shape."""
        W = empty((self.n, self.size), dtype)
        W[...] = rng.standard_normal(W.shape)
        self.parameters = (Parameter("W", W, part=_ROWS * self.size),)
        return (*shape, self.size)

    def check(self, X: Array) -> None:
        """Refuse anything but int64 indices in [0, n)."""
        if X.dtype != np.int64:
            raise InputError(f"X: expected indices of dtype int64 for {self}, got {X.dtype}")
        outside = (X < 0) | (self.n <= X)
        if outside.any():
            place = tuple(int(i) for i in np.argwhere(outside)[0])
            raise InputError(
                f"X: expected indices in [0, {self.n}) for {self}, got {X[place]} at {list(place)}"
            )

    def forward(self, X: Array, *, training: bool = False) -> tuple[Array, Backward]:
        """Y (N, …, size) for X (N, …)."""
        if not is_recording():
            self.check(X)
        (W,) = self.parameters
        Y = empty((*X.shape, self.size), W.value.dtype)
        rows = as_rows(X)
        each_row(_forward, len(X), W.value, rows, Y.reshape(*rows.shape, self.size))

        def backward(dY: Array, *, to_input: bool = True) -> Array | None:
            vectors = dY.reshape(*rows.shape, self.size)
            afterwards(_add_gradient, W.n_parts, W.start_adding(), rows, vectors, W.gradient)
            return None

        return Y, backward
