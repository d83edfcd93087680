"""Cross-entropy of softmax and its derivatives. See docs/derivations/cross_entropy.md and z_loss.md."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from pminusy.formulas.softmax import log_softmax, logsumexp, softmax

Array = NDArray[Any]


def value(Z: Array, Y: Array, z_loss: float = 0.0) -> Array:
    """L = −Σ_k y_k log p_k + λ·s·lse², with 0·(−∞) = 0: (N,)."""
    log_P = log_softmax(Z)
    loss = -np.where(Y == 0, np.where(np.isnan(log_P), log_P, 0.0), Y * log_P).sum(axis=1)
    return loss + z_loss * Y.sum(axis=1) * logsumexp(Z) ** 2 if z_loss else loss


def gradient(Z: Array, Y: Array, z_loss: float = 0.0) -> Array:
    """∂L/∂z = s·(1 + 2λ·lse)·p − y: (N, K)."""
    s = Y.sum(axis=1, keepdims=True)
    return s * (1 + 2 * z_loss * logsumexp(Z)[:, None]) * softmax(Z) - Y


def hvp(Z: Array, Y: Array, V: Array, z_loss: float = 0.0) -> Array:
    """∂²L/∂z²·v = s·(1 + 2λ·lse)·(p∘v − p⟨p, v⟩) + 2λ·s·p⟨p, v⟩: (N, K)."""
    s, P = Y.sum(axis=1, keepdims=True), softmax(Z)
    mean = (P * V).sum(axis=1, keepdims=True)
    return s * (1 + 2 * z_loss * logsumexp(Z)[:, None]) * P * (V - mean) + 2 * z_loss * s * P * mean


def hessian(Z: Array, Y: Array, z_loss: float = 0.0) -> Array:
    """∂²L/∂z² = s·(1 + 2λ·lse)·(diag p − p pᵀ) + 2λ·s·p pᵀ: (N, K, K)."""
    s, P = Y.sum(axis=1)[:, None, None], softmax(Z)
    outer = P[:, :, None] * P[:, None, :]
    curvature = s * (1 + 2 * z_loss * logsumexp(Z)[:, None, None])
    return curvature * (P[:, :, None] * np.eye(Z.shape[1]) - outer) + 2 * z_loss * s * outer
