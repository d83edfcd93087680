"""The windows of images. See docs/derivations/convolution.md and pooling.md.

Window (i, j) of an image (H, W, C) begins at row i·SH and column j·SW, and has KH rows and KW columns.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import NDArray

Array = NDArray[Any]
Pair = tuple[int, int]


def windows(X: Array, size: Pair, stride: Pair) -> Array:
    """X_n,(i·SH+u),(j·SW+v),c as (N, OH, OW, C, KH, KW), for images X (N, H, W, C)."""
    return sliding_window_view(X, size, axis=(1, 2))[:, :: stride[0], :: stride[1]]


def add_windows(dV: Array, stride: Pair, shape: tuple[int, ...]) -> Array:
    """Σ dV_nijcuv over all windows and offsets that cover a pixel: images (N, H, W, C); dV like `windows`."""
    dX = np.zeros(shape, dV.dtype)
    _, rows, columns, _, *size = dV.shape
    for u, v in np.ndindex(*size):
        dX[:, u : u + rows * stride[0] : stride[0], v : v + columns * stride[1] : stride[1]] += dV[..., u, v]
    return dX
