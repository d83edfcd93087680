"""A dense layer. X (N, D), W (D, H), b (H,), dZ (N, H). See docs/derivations/dense.md."""

from __future__ import annotations

from typing import Any

from numpy.typing import NDArray

Array = NDArray[Any]


def value(X: Array, W: Array, b: Array) -> Array:
    """Z_nh = b_h + Σ_d X_nd W_dh."""
    return X @ W + b


def gradients(X: Array, W: Array, dZ: Array) -> tuple[Array, Array, Array]:
    """dX_nd = Σ_h dZ_nh W_dh, dW_dh = Σ_n X_nd dZ_nh, db_h = Σ_n dZ_nh."""
    return dZ @ W.T, X.T @ dZ, dZ.sum(axis=0)
