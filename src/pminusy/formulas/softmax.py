"""Softmax and its derivatives. See docs/derivations/softmax.md."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[Any]


def logsumexp(Z: Array) -> Array:
    """Log Σ_k e^(z_k) of each row: (N,)."""
    top = np.maximum(Z.max(axis=1), np.finfo(Z.dtype).min)  # finite, so that −∞ − top is −∞
    with np.errstate(divide="ignore", invalid="ignore"):
        return top + np.log(np.exp(Z - top[:, None]).sum(axis=1))


def log_softmax(Z: Array) -> Array:
    """log p = z − logsumexp(z): (N, K)."""
    return Z - logsumexp(Z)[:, None]


def softmax(Z: Array) -> Array:
    """p_k = e^(z_k) / Σ_j e^(z_j): (N, K)."""
    return np.exp(log_softmax(Z))


def softmax_jacobian(Z: Array) -> Array:
    """J_ji = ∂p_j/∂z_i = p_j (δ_ij − p_i), symmetric: (N, K, K)."""
    P = softmax(Z)
    return P[:, :, None] * (np.eye(Z.shape[1]) - P[:, None, :])


def softmax_jvp(Z: Array, V: Array) -> Array:
    """J v = p∘v − p⟨p, v⟩, and Jᵀ v is the same: (N, K)."""
    P = softmax(Z)
    return P * (V - (P * V).sum(axis=1, keepdims=True))
