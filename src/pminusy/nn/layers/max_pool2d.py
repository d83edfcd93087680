"""The largest number of every window of an image, channel by channel.

    forward     Y_nijc = max_uv X_n,(i·SH+u),(j·SW+v),c
    backward    dX_nrsc = Σ dY_nijc  over all windows (i, j) whose largest number X_nrsc is

X (N, H, W, C) images, Y (N, OH, OW, C). Of equal numbers in a window the first one, row by row, is the
largest. NaN in a window makes its largest number NaN. Derivation: docs/derivations/pooling.md.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np

from pminusy.kernels.kinds import Cube, Index, Integers, Matrix
from pminusy.kernels.operations import operation
from pminusy.kernels.pooling import give_to_largest, largest
from pminusy.nn.layer import Backward, Shape
from pminusy.nn.layers.elementwise import as_rows
from pminusy.nn.layers.windows import Pair, Windows, as_pixels, windows_of
from pminusy.nn.parameter import Parameter
from pminusy.nn.program import Array, each_row, empty


@operation
def _forward(X: Matrix, corners: Integers, pixels: Integers, winners: Cube, Y: Cube, step, first, last):
    for n in range(first, last):
        largest(X[n], corners, pixels, winners[n], Y[n])


@operation
def _backward(
    dY: Cube,
    winners: Cube,
    corners: Integers,
    pixels: Integers,
    is_partition: Index,
    dX: Matrix,
    step,
    first,
    last,
):
    partition = is_partition != 0
    for n in range(first, last):
        if not partition:
            dX[n] = 0
        give_to_largest(dY[n], winners[n], corners, pixels, partition, dX[n])


@dataclass(eq=False)
class MaxPool2d:
    """Y is the largest number of every window of an image, for each channel.

    Parameters
    ----------
    size : int or pair of int
        Rows and columns of a window.
    stride : int, pair of int or None
        How far it is moved at a time; None is its size.

    Notes
    -----
    Windows that would reach beyond the image are left out. ∂L/∂X at a pixel is the sum of ∂L/∂Y over the windows whose
    largest number it is; the first one, row by row, where several are equal. Where they are, there is no derivative.

    Examples
    --------
    >>> import numpy as np
    >>> from pminusy.nn import MaxPool2d
    >>> layer = MaxPool2d()
    >>> layer.build((2, 4, 1), np.dtype(np.float64), np.random.default_rng(0))
    (1, 2, 1)
    >>> Y, backward = layer.forward(np.arange(8.0).reshape(1, 2, 4, 1))
    >>> Y.ravel(), backward(Y).ravel()
    (array([5., 7.]), array([0., 0., 0., 0., 0., 5., 0., 7.]))
    """

    size: int | Pair = 2
    stride: int | Pair | None = None
    parameters: tuple[Parameter, ...] = field(default=(), init=False, repr=False)
    state: dict[str, Array] = field(default_factory=dict, init=False, repr=False)
    _windows: Windows = field(init=False, repr=False)

    def build(self, shape: Shape, dtype: np.dtype[Any], rng: np.random.Generator) -> Shape:
        """(OH, OW, C) for samples of shape (H, W, C)."""
        self._windows = windows_of(self, shape, self.size, self.size if self.stride is None else self.stride)
        return *self._windows.counts, shape[-1]

    def forward(self, X: Array, *, training: bool = False) -> tuple[Array, Backward]:
        """Y (N, OH, OW, C) for X (N, H, W, C)."""
        windows = self._windows
        Y = empty((len(X), *windows.counts, X.shape[-1]), X.dtype)
        winners = as_pixels(empty(Y.shape, X.dtype))
        tables = windows.corners, windows.pixels
        each_row(_forward, len(X), as_rows(X), *tables, winners, as_pixels(Y))

        def backward(dY: Array, *, to_input: bool = True) -> Array | None:
            if not to_input:
                return None
            dX = empty(X.shape, X.dtype)
            each_row(_backward, len(X), as_pixels(dY), winners, *tables, windows.partition, as_rows(dX))
            return dX

        return Y, backward
