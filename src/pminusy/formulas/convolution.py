"""Convolution of images with filters, and its derivatives. See docs/derivations/convolution.md.

X (N, H, W, C) images including any padding, W (KH, KW, C, F) filters, b (F,) bias, Z and dZ (N, OH, OW, F).
"""

from __future__ import annotations

import numpy as np

from pminusy.formulas.windows import Array, Pair, add_windows, windows


def padded(X: Array, before: Pair, after: Pair) -> Array:
    """X with rows and columns of zeros around it."""
    return np.pad(X, ((0, 0), (before[0], after[0]), (before[1], after[1]), (0, 0)))


def value(X: Array, W: Array, b: Array, stride: Pair = (1, 1)) -> Array:
    """Z_nijf = b_f + Σ_uvc X_n,(i·SH+u),(j·SW+v),c W_uvcf."""
    return b + np.einsum("nijcuv,uvcf->nijf", windows(X, W.shape[:2], stride), W)


def input_gradient(dZ: Array, W: Array, shape: tuple[int, ...], stride: Pair = (1, 1)) -> Array:
    """dX_nrsc = Σ dZ_nijf W_uvcf over all i, j, u, v, f with i·SH + u = r and j·SW + v = s; `shape` is that of X."""
    return add_windows(np.einsum("nijf,uvcf->nijcuv", dZ, W), stride, shape)


def weight_gradient(X: Array, dZ: Array, size: Pair, stride: Pair = (1, 1)) -> Array:
    """dW_uvcf = Σ_nij X_n,(i·SH+u),(j·SW+v),c dZ_nijf."""
    return np.einsum("nijcuv,nijf->uvcf", windows(X, size, stride), dZ)


def bias_gradient(dZ: Array) -> Array:
    """db_f = Σ_nij dZ_nijf."""
    return dZ.sum(axis=(0, 1, 2))
