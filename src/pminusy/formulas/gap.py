"""How far the objective of a linear classifier can be above its minimum, from one point.

Conventions
-----------
X (N, D) rows, Y (N, K) target mass, W (D, K) and b (K,) parameters, λ > 0 the penalty, δ (K,) a shift of b:

    f(W, b) = Σ_i L_i + ½ λ ‖W‖²,    P = softmax(X W + b),    Q = softmax(X W + b + δ)

Derivation: docs/derivations/certificate.md.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from pminusy.formulas.softmax import softmax

Array = NDArray[Any]


def gap_bound(X: Array, Y: Array, W: Array, b: Array, shift: Array, penalty: float) -> float:
    """⟨t, δ⟩ − Σ_i m_i log Σ_k P_ik e^{δ_k} + ‖Xᵀ(m∘Q − Y) + λ W‖²/2λ, if δ leaves every class its mass t."""
    Z, m, t = X @ W + b, Y.sum(axis=1), Y.sum(axis=0)
    saved = t[t > 0] @ shift[t > 0] - m @ np.log1p(softmax(Z) @ np.expm1(shift))
    slope = X.T @ (m[:, None] * softmax(Z + shift) - Y) + penalty * W
    return float(saved + (slope**2).sum() / (2 * penalty))


def balancing_shift(Z: Array, Y: Array, n_steps: int = 1000) -> Array:
    """δ with Σ_i m_i Q_ik = t_k, by δ_k += log(t_k / Σ_i m_i Q_ik); −∞ for a class without mass."""
    m, t = Y.sum(axis=1), Y.sum(axis=0)
    shift = np.where(t > 0, 0.0, -np.inf)
    for _ in range(n_steps):
        shift[t > 0] += np.log(t[t > 0] / (m @ softmax(Z + shift))[t > 0])
    return shift
