"""The dual side of a sparse classifier: a feasible point, the gap that it certifies, and weights that it proves zero.

Conventions
-----------
m (N,) masses, Q (N, K) distributions, R = m∘Q − Y, G = XᵀR (n, F) for the free classes, A (J, N) the columns whose
parameters are not penalised. Derivation: docs/derivations/elastic_net.md.

Rounding
--------
Any distributions will do for a bound, but G has to be that of the Q whose entropy is taken, and f that of the weights
which are handed out. Both are sums of products with the columns of X, so that with s_d = √Σ_i m_i x_id² and
ρ_k = √Σ_i R_ik²/m_i, by Cauchy and Schwarz, rounding may change G_dk by ε s_d ρ_k, and f by ε Σ_dk |W_dk| s_d ρ_k,
times what sums of many terms pile up. R itself is off by roundings of Q and Y, which adds the root of the class's mass
to ρ_k. So much is added to |G|, and to f.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.special import xlogy

from pminusy.formulas.elastic_net import ElasticNet
from pminusy.linear.sparse.blocks import feature_blocks, part_of
from pminusy.linear.sparse.data import Data
from pminusy.linear.sparse.point import Point
from pminusy.losses.softmax import softmax
from pminusy.solvers.newton import solve_positive

Array = NDArray[Any]

_EPS = float(np.finfo(np.float64).eps)
_ROUNDINGS = 8  # of what is summed
_CORRECTIONS = 3
_BALANCED = 1e-12  # of the terms that a gradient is summed of
_SHARE_OF_ALLOWED = 1e-3


@dataclass(frozen=True)
class Balanced:
    """Distributions that leave unpenalised parameters no gradient.

    Attributes
    ----------
    Q, R : array (N, K)
    left : array (J, F)
        The size of the gradient that is left of rounding, or because the columns are too much alike to do better.
    valid : bool
        Whether no entry of Q is negative, and nothing but rounding is left.
    """

    Q: Array
    R: Array
    left: Array
    valid: bool


def balance(data: Data, point: Point, A: Array) -> Balanced:
    """Q_ik (1 − u_ik + ⟨Q_i, u_i⟩) for the u = A B that does it; classes without mass are ruled out first."""
    P, held = point.probabilities, data.n_held
    masses = data.masses[:, None]
    Q = P if data.present.all() else softmax(np.where(data.present, point.Z, -np.inf))
    R = point.R if Q is P else np.where(data.present, point.R + masses * (Q - P), 0.0)
    if not len(A):
        return Balanced(Q, R, np.zeros((0, data.n_free)), True)
    H = _curvature(A, Q[:, held:], data.masses)
    moved, shifted = np.zeros(()), R
    B, left = np.zeros((len(A), data.n_free)), A @ R[:, held:]
    allowed = _BALANCED * np.outer(np.sqrt(A**2 @ data.masses), np.sqrt(data.class_mass[held:]))
    for _ in range(_CORRECTIONS):
        if (np.abs(left) <= _SHARE_OF_ALLOWED * allowed).all():
            break
        better = B + solve_positive(H.copy(), left.ravel()).reshape(B.shape)
        change = np.zeros_like(Q)  # q_k (u_k − ⟨q, u⟩)
        change[:, held:] = A.T @ better
        change -= np.einsum("ik,ik->i", Q, change)[:, None]
        change[~(data.masses > 0)] = 0.0
        change *= Q
        found = R - masses * change
        still = A @ found[:, held:]
        if not np.abs(still).sum() < np.abs(left).sum():
            break
        B, left, moved, shifted = better, still, change, found
    negative = bool((moved > Q).any())
    return Balanced(Q - moved, shifted, np.abs(left), not negative and bool((np.abs(left) <= allowed).all()))


def _curvature(A: Array, Q: Array, masses: Array) -> Array:
    """H of Σ_i m_i a_i (diag q_i − q_i q_iᵀ) u_i = H B, u = A B, for B (J, F) flat; made definite along shifts."""
    n_rows, n_free = len(A), Q.shape[1]
    blocks = np.empty((n_rows, n_free, n_rows, n_free))
    for a in range(n_rows):
        for c in range(a + 1):
            weighted = Q * (masses * A[a] * A[c])[:, None]
            blocks[a, :, c] = blocks[c, :, a] = np.diag(weighted.sum(axis=0)) - weighted.T @ Q
    H = blocks.reshape(n_rows * n_free, -1)
    H.flat[:: len(H) + 1] *= 1 + 4 * _EPS
    return H


@dataclass(frozen=True)
class Noise:
    """How far rounding may have taken an objective, and a gradient: each entry by size (D,) × residual (F,)."""

    objective: float
    sizes: Array
    residual: Array

    def added_to(self, G: Array, features: slice) -> Array:
        """A part of a gradient with all of its entries as large as they may be."""
        part = G[features]
        noise = np.outer(self.sizes[features], self.residual)
        noise += np.abs(part)
        return np.copysign(noise, part, out=noise)


def no_noise(G: Array) -> Noise:
    """For a gradient that is taken as it is."""
    return Noise(0.0, np.zeros(len(G)), np.zeros(G.shape[1]))


def noise(
    data: Data, balanced: Balanced, objective: float, W: Array, b: Array, features: Array, free: Array
) -> Noise:
    """For weights W (n, F) of these features and intercepts b (F,) for X as the user has it.

    `free` are the places of the unpenalised among them.
    """
    masses = np.where(data.masses > 0, data.masses, 1.0)
    R, total = balanced.R[:, data.n_held :], float(data.masses.sum())
    residual = np.sqrt((R**2 / masses[:, None]).sum(axis=0)) + np.sqrt(data.class_mass[data.n_held :])
    terms = float(data.sizes[features] @ (np.abs(W) @ residual)) + np.sqrt(total) * float(
        np.abs(b) @ residual
    )
    entropy = total * float(np.log(balanced.Q.shape[1]))
    unit = _ROUNDINGS * _EPS
    intercept = [b + data.centre[features] @ W] if data.problem.fit_intercept else []
    left = 0.0
    if len(balanced.left):
        left = float((balanced.left * np.abs(np.stack([*intercept, *W[free]]))).sum())
    return Noise(unit * (abs(objective) + entropy + terms) + left, unit * data.sizes, residual)


@dataclass(frozen=True)
class Gap:
    """What a dual point proves.

    Attributes
    ----------
    value : float
        f − D, an upper bound on f − min f; infinite where no dual point was found.
    share : float
        θ, what is left of G in the dual point.
    """

    value: float
    share: float


def duality_gap(
    objective: float,
    data: Data,
    balanced: Balanced,
    G: Array,
    net: ElasticNet,
    within: float = 0.0,
    noise: Noise | None = None,
) -> Gap:
    """The gap at a primal point of this objective; G is the gradient for the residual of `balanced`.

    Of all of G and what is feasible of it the better is taken; the latter is looked at only if the gap is not `within`
    a tolerance.
    """
    noise = noise or no_noise(G)
    if not (balanced.valid and np.isfinite(objective) and np.isfinite(noise.objective)):
        return Gap(np.inf, 0.0)
    candidates = []
    conjugate, largest = _conjugate_and_ratio(G, net, noise)
    if np.isfinite(conjugate):
        candidates.append(Gap(objective - _entropy(data, balanced, 1.0) + conjugate, 1.0))
    if not (candidates and candidates[0].value <= within) and not ((net.alpha == 0) & (net.mu > 0)).any():
        share = min(1.0, (1 - _ROUNDINGS * _EPS) / largest) if largest > 0 else 1.0
        candidates.append(Gap(objective - _entropy(data, balanced, share), share))
    if not candidates:
        return Gap(np.inf, 0.0)
    best = min(candidates, key=lambda gap: gap.value)
    return Gap(max(best.value, 0.0) + noise.objective, best.share)


def largest_ratio(G: Array, net: ElasticNet) -> float:
    """The largest ‖G_d‖_*/α_d of penalised features."""
    return _conjugate_and_ratio(G, net, no_noise(G))[1]


def _conjugate_and_ratio(G: Array, net: ElasticNet, noise: Noise) -> tuple[float, float]:
    """The penalty's conjugate at G, and 1/θ for the largest θ with ‖θ G_d‖_* ≤ α_d.

    The first is infinite where a weight with no more than a norm for its penalty has a gradient beyond it. Gradients of
    unpenalised weights vanish by construction.
    """
    conjugate, ratio = 0.0, 0.0
    for features in feature_blocks(*G.shape):
        part, largest = part_of(net, features), noise.added_to(G, features)
        largest[part.alpha + part.mu == 0] = 0.0
        conjugate += part.conjugate(largest)
        penalised = part.alpha > 0
        ratios = part.dual_norm(largest)[penalised] / part.alpha[penalised]
        ratio = max(ratio, float(ratios.max(initial=0.0)))
    return conjugate, ratio


def _entropy(data: Data, balanced: Balanced, share: float) -> float:
    """Σ_i m_i H(θ Q_i + (1 − θ) Y_i/m_i)."""
    mixed = balanced.Q
    if share < 1:
        masses = np.where(data.masses > 0, data.masses, 1.0)[:, None]
        mixed = np.maximum(mixed - (1 - share) / masses * balanced.R, 0.0)
    return -float(data.masses @ xlogy(mixed, mixed).sum(axis=1))


def proven_zero(
    data: Data, G: Array, gap: Gap, net: ElasticNet, noise: Noise | None = None
) -> NDArray[np.bool_]:
    """Which weights (D, F), with groups whole rows, are 0 in every solution: |θ G| + radius < α."""
    proven = np.zeros(G.shape, bool)
    if not np.isfinite(gap.value):
        return proven
    noise = noise or no_noise(G)
    radius = data.lengths * np.sqrt(gap.value if net.group else gap.value / 2)
    for features in feature_blocks(*G.shape):
        largest = noise.added_to(G, features)
        sizes = net.dual_norm(largest)[:, None] if net.group else np.abs(largest)
        proven[features] = gap.share * sizes + radius[features, None] < net.alpha[features, None]
    return proven
