"""Max and average pooling of images, and their derivatives. See docs/derivations/pooling.md.

X (N, H, W, C) images, Y and dY (N, OH, OW, C), one pixel per window.
"""

from __future__ import annotations

import numpy as np

from pminusy.formulas.windows import Array, Pair, add_windows, windows


def max_pool(X: Array, size: Pair, stride: Pair) -> Array:
    """Y_nijc = max_uv X_n,(i·SH+u),(j·SW+v),c."""
    return windows(X, size, stride).max(axis=(4, 5))


def max_pool_gradient(X: Array, dY: Array, size: Pair, stride: Pair) -> Array:
    """dX_nrsc = Σ dY_nijc over all windows whose maximum is X_nrsc; ties go to the first in row order."""
    V = windows(X, size, stride).reshape(*dY.shape, -1)
    taken = np.arange(V.shape[-1]) == V.argmax(axis=-1)[..., None]
    return add_windows((dY[..., None] * taken).reshape(*dY.shape, *size), stride, X.shape)


def avg_pool(X: Array, size: Pair, stride: Pair) -> Array:
    """Y_nijc = Σ_uv X_n,(i·SH+u),(j·SW+v),c / (KH·KW)."""
    return windows(X, size, stride).mean(axis=(4, 5))


def avg_pool_gradient(dY: Array, size: Pair, stride: Pair, shape: tuple[int, ...]) -> Array:
    """dX_nrsc = Σ dY_nijc / (KH·KW) over all windows that contain X_nrsc; `shape` is that of X."""
    share = dY[..., None, None] / (size[0] * size[1])
    return add_windows(np.broadcast_to(share, (*dY.shape, *size)), stride, shape)
