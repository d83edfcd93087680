"""The elastic net of a linear classifier: its proximal step, its dual, and what certifies a solution.

Conventions
-----------
X (N, D) rows, Y (N, K) target mass with row sums m, W (D, F) and b (F,) parameters, Z = X W + b with K − F columns of
zeros before it. With a penalty λ, a share r of it for the norm and a factor ω_d for each feature, α_d = λ r ω_d and
μ_d = λ (1 − r) ω_d:

    f(W, b) = Σ_i L_i + Σ_d (α_d ‖W_d‖ + ½ μ_d ‖W_d‖₂²)

where the norm is ‖·‖₁, or with `group` ‖·‖₂; its dual norm ‖·‖_* is the largest absolute value, or with `group` ‖·‖₂.

Derivation: docs/derivations/elastic_net.md.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from pminusy.formulas.cross_entropy import value
from pminusy.formulas.softmax import softmax

Array = NDArray[Any]

_MARGIN = 1e-9  # left of a bound, for rounding


@dataclass(frozen=True)
class ElasticNet:
    """The penalty on rows W_d of weights: α_d ‖W_d‖ + ½ μ_d ‖W_d‖₂², with α and μ (D,)."""

    alpha: Array
    mu: Array
    group: bool = False

    def norm(self, W: Array) -> Array:
        """‖W_d‖: (D,)."""
        return np.sqrt((W**2).sum(axis=1)) if self.group else np.abs(W).sum(axis=1)

    def dual_norm(self, G: Array) -> Array:
        """‖G_d‖_*: (D,)."""
        return np.sqrt((G**2).sum(axis=1)) if self.group else np.abs(G).max(axis=1)

    def value(self, W: Array) -> float:
        """Σ_d (α_d ‖W_d‖ + ½ μ_d ‖W_d‖₂²)."""
        return float(self.alpha @ self.norm(W) + 0.5 * self.mu @ (W**2).sum(axis=1))

    def threshold(self, V: Array) -> Array:
        """S(V_d, α_d): each entry, or with `group` each row as a whole, shrunk towards 0 by α_d."""
        size = self.norm(V)[:, None] if self.group else np.abs(V)
        alpha = np.broadcast_to(self.alpha[:, None], size.shape)
        return V * np.where(size > alpha, 1 - alpha / np.where(size > 0, size, 1), 0)

    def prox(self, V: Array, h: float) -> Array:
        """The W with the smallest ½ h ‖W − V‖² + penalty: S(h V_d, α_d) / (h + μ_d)."""
        return self.threshold(h * V) / (h + self.mu[:, None])

    def conjugate(self, G: Array) -> float:
        """−min_W ⟨G, W⟩ + penalty = Σ_d ‖S(G_d, α_d)‖₂² / 2μ_d; infinite if that is 0/0 for a nonzero excess."""
        excess = (self.threshold(G) ** 2).sum(axis=1)
        if (excess[self.mu == 0] > 0).any():
            return np.inf
        return float((excess[self.mu > 0] / (2 * self.mu[self.mu > 0])).sum())


def probabilities(X: Array, W: Array, b: Array, n_classes: int) -> Array:
    """softmax of [0, X W + b]: (N, K)."""
    free = X @ W + b
    return softmax(np.concatenate([np.zeros((len(X), n_classes - len(b))), free], axis=1))


def objective(X: Array, Y: Array, W: Array, b: Array, net: ElasticNet) -> float:
    """f(W, b)."""
    Z = np.concatenate([np.zeros((len(X), Y.shape[1] - len(b))), X @ W + b], axis=1)
    return float(value(Z, Y).sum() + net.value(W))


def balanced(A: Array, Q: Array, Y: Array, n_held: int) -> Array:
    """Q_ik (1 − u_ik + ⟨Q_i, u_i⟩) with u = A B: the B for which Aᵀ(m∘Q' − Y) is 0 in the free columns.

    A (N, J) are the columns whose parameters are not penalised, a column of ones among them for the intercept.
    """
    m, n_free = Y.sum(axis=1), Y.shape[1] - n_held
    curvature = m[:, None, None] * (Q[:, :, None] * np.eye(Y.shape[1]) - Q[:, :, None] * Q[:, None, :])
    H = np.einsum("ia,ikl,ic->kalc", A, curvature[:, n_held:, n_held:], A)
    size = n_free * A.shape[1]
    residual = (A.T @ (m[:, None] * Q - Y)).T[n_held:]
    B = np.linalg.lstsq(H.reshape(size, size), residual.ravel(), rcond=None)[0].reshape(n_free, -1)
    U = np.concatenate([np.zeros((len(A), n_held)), A @ B.T], axis=1)
    return Q * (1 - U + (Q * U).sum(axis=1, keepdims=True))


def dual_value(X: Array, Y: Array, Q: Array, net: ElasticNet, n_held: int = 0) -> float:
    """Σ_i m_i H(Q_i) − conjugate(Xᵀ(m∘Q − Y)): a lower bound on f for balanced Q."""
    m = Y.sum(axis=1)
    G = X.T @ (m[:, None] * Q - Y)[:, n_held:]
    entropy = -(Q * np.log(np.where(Q > 0, Q, 1))).sum(axis=1)
    return float(m @ entropy - net.conjugate(G))


def feasible(X: Array, Y: Array, Q: Array, net: ElasticNet, n_held: int = 0) -> Array:
    """θ Q + (1 − θ) Y/m with the largest θ ≤ 1 for which ‖θ G_d‖_* ≤ α_d wherever α_d > 0."""
    m, penalised = Y.sum(axis=1), net.alpha > 0
    norms = net.dual_norm(X.T @ (m[:, None] * Q - Y)[:, n_held:])[penalised]
    share = min(1.0, float((net.alpha[penalised] / np.maximum(norms, 1e-300)).min(initial=1.0)))
    share *= 1 - _MARGIN
    return share * Q + (1 - share) * Y / np.where(m > 0, m, 1)[:, None]


def largest_penalty(X: Array, Y: Array, W: Array, b: Array, net: ElasticNet) -> float:
    """The factor on `net` from which on all penalised weights are 0; (W, b) is the best of those with all at 0."""
    m, penalised = Y.sum(axis=1), net.alpha > 0
    Q = probabilities(X, W, b, Y.shape[1])
    G = X.T @ (m[:, None] * Q - Y)[:, Y.shape[1] - len(b) :]
    return float((net.dual_norm(G)[penalised] / net.alpha[penalised]).max())


def safe_radius(X: Array, m: Array, gap: float, group: bool = False) -> Array:
    """How far ‖G_d‖_* at a balanced Q can be from the optimum's, if Q's dual value is `gap` below it: (D,)."""
    centre = m @ X / m.sum()
    lengths = np.sqrt(m @ (X - centre) ** 2)
    return lengths * np.sqrt(gap if group else gap / 2)
