"""Embedding: matrix rows by index. X (N, L) integers, W (V, E), dY (N, L, E). See docs/derivations/embedding.md."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[Any]


def value(X: Array, W: Array) -> Array:
    """Y_nl = W_i with i = X_nl."""
    return W[X]


def weight_gradient(X: Array, W: Array, dY: Array) -> Array:
    """dW_i = Σ dY_nl [X_nl = i]."""
    dW = np.zeros_like(W)
    np.add.at(dW, X, dY)
    return dW
