"""Softmax and its derivatives. See docs/derivations/softmax.md."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[Any]


def shifted(Z: Array) -> Array:
    """Z minus the largest logit of each row, which keeps e^z from overflowing without changing softmax: (N, K)."""
    top = np.maximum(Z.max(axis=1), np.finfo(Z.dtype).min)  # finite, so that −∞ − top is −∞
    return Z - top[:, None]


def log_softmax(Z: Array) -> Array:
    """log p = z − log Σ_k e^(z_k): (N, K)."""
    below = shifted(Z)
    with np.errstate(divide="ignore", invalid="ignore"):
        return below - np.log(np.exp(below).sum(axis=1, keepdims=True))


def logsumexp(Z: Array) -> Array:
    """log Σ_k e^(z_k) of each row: (N,)."""
    below = shifted(Z)
    with np.errstate(divide="ignore", invalid="ignore"):
        return Z.max(axis=1) + np.log(np.exp(below).sum(axis=1))


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
