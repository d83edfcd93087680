"""2-D convolution: each output pixel is a dense layer applied to a window of the input.

    forward     Z_nijf = b_f + Σ_uvc X̄_n,(i·SH+u),(j·SW+v),c W_uvcf
    backward    dX̄_nrsc = Σ dZ_nijf W_uvcf  over all i, j, u, v, f with i·SH + u = r and j·SW + v = s
                dW_uvcf = Σ_nij X̄_n,(i·SH+u),(j·SW+v),c dZ_nijf        db_f = Σ_nij dZ_nijf

X (N, H, W, C) images, X̄ the same with a border of zeros, W (KH, KW, C, F) filters, b (F,) bias, Z (N, OH, OW, F).
Derivation: docs/derivations/convolution.md.

No window is ever copied: the numbers of all windows lie at `corners[p] + numbers[k]`, and that is how the products
read them. The gradient of the input is the same product with input and output swapped: the
contribution of each pixel of a window is added where it came from.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np

from pminusy.errors import InputError
from pminusy.kernels.kinds import Cube, Integers, Matrix
from pminusy.kernels.matmul import product, rows_product
from pminusy.kernels.operations import operation
from pminusy.kernels.transpose import transpose
from pminusy.nn.initialization import initial_weights, zeros
from pminusy.nn.layer import Backward, Shape
from pminusy.nn.layers.elementwise import as_rows
from pminusy.nn.layers.padding import Padding, padding_of
from pminusy.nn.layers.windows import Pair, Windows, as_pixels, image_shape, pair, windows_of
from pminusy.nn.parameter import Parameter, as_matrix
from pminusy.nn.program import Array, afterwards, beforehand, each_part, each_row, empty
from pminusy.options import is_integer

ROWS = 24  # of a gradient that are one part of it
GROUPS = 8  # of samples whose gradients are summed side by side


@operation
def _forward(
    b: Matrix, X: Matrix, corners: Integers, numbers: Integers, W: Matrix, Z: Cube, step, first, last
):
    """Z_n = b + X_n[corners + numbers] W for some samples; b (1, F), X (N, HWC), W (KH·KW·C, F), Z (N, OH·OW, F)."""
    for n in range(first, last):
        rows_product(b, (X[n], corners, numbers), W, Z[n], corners.size)


@operation
def _transpose(W: Cube, out: Cube, step, first, last):
    """W_uvᵀ (F, C) of some of W_uv (C, F)."""
    for uv in range(first, last):
        transpose(W[uv], 0, out.shape[1], out[uv])


@operation
def _input_gradient(
    dZ: Cube, corners: Integers, pixels: Integers, transposed: Cube, dX: Matrix, step, first, last
):
    """dX_n[corners + pixel] += dZ_n W_uvᵀ for all pixels of the windows, from 0, for some samples."""
    for n in range(first, last):
        dx = dX[n]
        dx[:] = 0
        for uv in range(pixels.size):
            to = dx[pixels[uv] :], corners
            rows_product(to, dZ[n], transposed[uv], to, corners.size)


@operation
def _gradient_sums(
    zero: Matrix,
    ones: Matrix,
    X: Matrix,
    dZ: Cube,
    corners: Integers,
    numbers: Integers,
    bias_sums: Cube,
    weight_sums: Cube,
    step,
    first,
    last,
):
    """Σ_n X_n[corners + numbers]ᵀ dZ_n and Σ_n 1ᵀ dZ_n over some groups of samples."""
    n_groups = weight_sums.shape[0]
    for group in range(first, last):
        weights, bias = weight_sums[group], bias_sums[group]
        begin, end = X.shape[0] * group // n_groups, X.shape[0] * (group + 1) // n_groups
        for n in range(begin, end):
            windows = X[n], numbers, corners
            rows_product(zero if n == begin else weights, windows, dZ[n], weights, numbers.size)
            product(zero if n == begin else bias, ones, dZ[n], bias)


@operation
def _add_sums(start: Matrix, sums: Cube, dW: Matrix, step, first, last):
    """dW = start + Σ_group sums for some parts of its rows; `start` is dW, or a row of zeros."""
    for row in range(first * ROWS, min(dW.shape[0], last * ROWS)):
        begin, total = start[row if start.shape[0] > 1 else 0], dW[row]
        for f in range(total.size):
            total[f] = begin[f]
        for group in range(sums.shape[0]):
            part = sums[group, row]
            for f in range(total.size):
                total[f] += part[f]


@dataclass(eq=False)
class Conv2d:
    """2-D convolution Z = b + X ⋆ W (cross-correlation, as is conventional).

    Parameters
    ----------
    filters : int
        Number of filters, F: the output channels.
    size : int or pair of int
        Rows and columns of a filter, KH and KW.
    stride : int or pair of int
        Step between neighbouring windows, SH and SW.
    padding : int, pair of int, "same" or "valid"
        Zero padding: rows above and below, columns left and right of the images. "valid" is 0; "same" pads to
        ⌈H / stride⌉ output rows and ⌈W / stride⌉ columns, with an odd row or column at the bottom or on the right.
    init : {"he_normal", "he_uniform", "glorot_normal", "glorot_uniform"}
        Initialisation of W (KH, KW, C, F); b starts at 0.

    Notes
    -----
    For images X (N, H, W, C), with X̄ the padded ones,

        Z_nijf = b_f + Σ_uvc X̄_n,(i·SH+u),(j·SW+v),c W_uvcf,

    and with dZ = ∂L/∂Z:  ∂L/∂W_uvcf = Σ_nij X̄_n,(i·SH+u),(j·SW+v),c dZ_nijf,  ∂L/∂b_f = Σ_nij dZ_nijf,  and ∂L/∂X̄ at
    a pixel is the sum of dZ_nijf W_uvcf over all windows (i, j) and places (u, v) in them that lie on it.

    Source: V. Dumoulin and F. Visin, A guide to convolution arithmetic for deep learning, arXiv:1603.07285.

    Examples
    --------
    >>> import numpy as np
    >>> from pminusy.nn import Conv2d
    >>> layer = Conv2d(2, size=3, padding="same")
    >>> layer.build((5, 6, 1), np.dtype(np.float64), np.random.default_rng(0))
    (5, 6, 2)
    >>> Z, backward = layer.forward(np.ones((4, 5, 6, 1)))
    >>> dX = backward(np.ones((4, 5, 6, 2)))
    >>> Z.shape, dX.shape, layer.parameters[1].gradient
    ((4, 5, 6, 2), (4, 5, 6, 1), array([120., 120.]))
    """

    filters: int
    size: int | Pair
    stride: int | Pair = 1
    padding: int | Pair | str = 0
    init: str = "he_normal"
    parameters: tuple[Parameter, ...] = field(default=(), init=False, repr=False)
    state: dict[str, Array] = field(default_factory=dict, init=False, repr=False)
    _padding: Padding = field(init=False, repr=False)
    _windows: Windows = field(init=False, repr=False)

    def build(self, shape: Shape, dtype: np.dtype[Any], rng: np.random.Generator) -> Shape:
        """Make W and b for samples of shape (H, W, C)."""
        if not is_integer(self.filters) or self.filters < 1:
            raise InputError(f"Conv2d: filters: expected an integer ≥ 1, got {self.filters!r}")
        size, stride = pair("Conv2d: size", self.size, 1), pair("Conv2d: stride", self.stride, 1)
        self._padding = padding_of(self.padding, image_shape(self, shape), size, stride)
        self._windows = windows_of(self, self._padding.padded, size, stride, ", padding included")
        area, channels = size[0] * size[1], shape[-1]
        fans = area * channels, area * self.filters
        W = initial_weights(self.init, (*size, channels, self.filters), fans, dtype, rng)
        b = zeros((self.filters,), dtype)
        self.parameters = (
            Parameter("W", W, part=ROWS * self.filters),
            Parameter("b", b, part=self.filters, decays=False),
        )
        return (*self._windows.counts, self.filters)

    def forward(self, X: Array, *, training: bool = False) -> tuple[Array, Backward]:
        """Z (N, OH, OW, F) for X (N, H, W, C)."""
        W, b = self.parameters
        corners, numbers = self._windows.corners, self._windows.numbers
        padded = self._padding.around(X)
        Z = empty((len(X), *self._windows.counts, self.filters), X.dtype)
        each_row(
            _forward,
            len(X),
            as_matrix(b.value),
            as_rows(padded),
            corners,
            numbers,
            as_matrix(W.value),
            as_pixels(Z),
        )

        def backward(dZ: Array, *, to_input: bool = True) -> Array | None:
            n_groups = min(GROUPS, len(X))
            weight_sums = empty((n_groups, len(numbers), self.filters), X.dtype)
            bias_sums = empty((n_groups, 1, self.filters), X.dtype)
            zero, ones = np.zeros((1, self.filters), X.dtype), np.ones((1, len(corners)), X.dtype)
            inputs = zero, ones, as_rows(padded), as_pixels(dZ), corners, numbers
            each_part(_gradient_sums, n_groups, *inputs, bias_sums, weight_sums)
            afterwards(_add_sums, W.n_parts, W.start_adding(), weight_sums, as_matrix(W.gradient))
            afterwards(_add_sums, b.n_parts, b.start_adding(), bias_sums, as_matrix(b.gradient))
            return self._padding.without(self._padded_gradient(dZ)) if to_input else None

        return Z, backward

    def _padded_gradient(self, dZ: Array) -> Array:
        """dX̄."""
        W, windows = self.parameters[0].value, self._windows
        filters = W.reshape(-1, *W.shape[2:])
        transposed = empty((len(filters), self.filters, W.shape[2]), W.dtype)
        beforehand(_transpose, len(filters), filters, transposed)
        dX = empty((len(dZ), *windows.image), dZ.dtype)
        each_row(
            _input_gradient, len(dZ), as_pixels(dZ), windows.corners, windows.pixels, transposed, as_rows(dX)
        )
        return dX
