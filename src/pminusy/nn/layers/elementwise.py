"""What all functions of single numbers share: Y_j = f(X_j), dX_j = dY_j f′(X_j)."""

from __future__ import annotations

import math
from abc import ABC
from typing import Any, ClassVar, final

import numpy as np

from pminusy.kernels.operations import Operation
from pminusy.nn.layer import Backward, Shape
from pminusy.nn.parameter import Parameter
from pminusy.nn.program import Array, each_row, empty, numbers


def as_rows(array: Array) -> Array:
    """The same memory as a matrix with one row a sample."""
    return array.reshape(len(array), math.prod(array.shape[1:]))


class Elementwise(ABC):
    """A layer that applies a function to every number.

    Its operations read (X, Y), and (Y, dY, dX) or (X, dY, dX), after one number for each of its settings.
    """

    forward_operation: ClassVar[Operation]
    backward_operation: ClassVar[Operation]
    backward_reads_output: ClassVar[bool]  # and else the input

    @property
    def settings(self) -> tuple[float, ...]:
        """The numbers that the function depends on, in the order in which its operations take them."""
        return ()

    @property
    def parameters(self) -> tuple[Parameter, ...]:
        """None."""
        return ()

    @property
    def state(self) -> dict[str, Array]:
        """None."""
        return {}

    @final
    def build(self, shape: Shape, dtype: np.dtype[Any], rng: np.random.Generator) -> Shape:
        """The shape stays."""
        return shape

    @final
    def forward(self, X: Array, *, training: bool = False) -> tuple[Array, Backward]:
        """Y, of the shape of X."""
        settings, Y = numbers(*self.settings), empty(X.shape, X.dtype)
        each_row(self.forward_operation, len(X), *settings, as_rows(X), as_rows(Y))
        kept = Y if self.backward_reads_output else X

        def backward(dY: Array, *, to_input: bool = True) -> Array | None:
            if not to_input:
                return None
            dX = empty(X.shape, X.dtype)
            each_row(self.backward_operation, len(X), *settings, as_rows(kept), as_rows(dY), as_rows(dX))
            return dX

        return Y, backward
