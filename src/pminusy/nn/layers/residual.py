"""Residual connection: a layer plus its input.

forward     Y = X + f(X)
backward    dX = dY + b(dY)    where b is the backward pass of f
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from pminusy.errors import ShapeError
from pminusy.kernels.kinds import Matrix
from pminusy.kernels.operations import operation
from pminusy.nn.layer import Backward, Layer, Shape
from pminusy.nn.layers.elementwise import as_rows
from pminusy.nn.parameter import Parameter
from pminusy.nn.program import Array, each_row, empty


@operation
def _sum(A: Matrix, B: Matrix, C: Matrix, step, first, last):
    """C = A + B for some rows."""
    for n in range(first, last):
        a, b, c = A[n], B[n], C[n]
        for j in range(c.size):
            c[j] = a[j] + b[j]


@dataclass(frozen=True, eq=False)
class Residual:
    """Y = X + f(X).

    Parameters
    ----------
    layer : Layer
        f, such as a Chain; its output must have the shape of its input.

    Notes
    -----
    ∂L/∂X = ∂L/∂Y + (∂f/∂X)ᵀ ∂L/∂Y. A ShapeError where the shapes differ.
    Source: K. He, X. Zhang, S. Ren and J. Sun, CVPR 2016, arXiv:1512.03385.

    Examples
    --------
    >>> import numpy as np
    >>> from pminusy.nn import LeakyReLU, Residual
    >>> Y, backward = Residual(LeakyReLU(0.5)).forward(np.array([[2.0, -2.0]]))
    >>> Y, backward(np.array([[1.0, 1.0]]))
    (array([[ 4., -3.]]), array([[2. , 1.5]]))
    """

    layer: Layer

    @property
    def parameters(self) -> tuple[Parameter, ...]:
        """Those of f."""
        return self.layer.parameters

    @property
    def state(self) -> dict[str, Array]:
        """That of f."""
        return self.layer.state

    def build(self, shape: Shape, dtype: np.dtype[Any], rng: np.random.Generator) -> Shape:
        """Build f; the shape is unchanged."""
        out = self.layer.build(shape, dtype, rng)
        if out != shape:
            raise ShapeError(
                f"Residual: expected a layer that keeps the shape of its samples, {shape}, got {out}"
            )
        return shape

    def forward(self, X: Array, *, training: bool = False) -> tuple[Array, Backward]:
        """Y, of the shape of X."""
        f, way_back = self.layer.forward(X, training=training)

        def backward(dY: Array, *, to_input: bool = True) -> Array | None:
            dX = way_back(dY, to_input=to_input)
            return None if dX is None else _added(dY, dX)

        return _added(X, f), backward


def _added(A: Array, B: Array) -> Array:
    total = empty(A.shape, A.dtype)
    each_row(_sum, len(A), as_rows(A), as_rows(B), as_rows(total))
    return total
