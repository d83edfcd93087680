"""How far a fit can be from the optimum.

Conventions
-----------
All in the mean's units, in float64, in the user's coordinates: p_i probabilities, m_i row masses with sum μ,
t = Σ_i y_i the mass of each class, δ (K,) a shift of the intercepts, q_i = softmax(z_i + δ), r = Σ_i m_i q_i − t, and
G the gradient ∂/∂W of the mean loss with q_i for p_i and rows measured from their mean.
Derivation: docs/derivations/certificate.md.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.special import logsumexp

from pminusy.linear.evaluation import AnyEvaluation, Evaluation
from pminusy.losses.softmax import softmax
from pminusy.solvers.newton import solve_positive

Array = NDArray[Any]

_EPS = float(np.finfo(np.float64).eps)
_ROUNDINGS = 4  # allowed for, of whatever is summed
_MOST_STEPS = 60  # to the best intercepts
_LONGEST_STEP = 10.0  # where rows are sure of their class the Hessian hardly tells where to stop
_MOST_CROSSED = 512  # classes: beyond, their intercepts are moved one by one
_LONG = 30.0  # a shift so long leaves nothing to cancel
_TINY = float(np.finfo(np.float64).tiny)
_BALANCED = 1e-13  # a class's mass is off by so little only through rounding


@np.errstate(over="ignore", invalid="ignore")  # what overflows bounds nothing
def gap_bound(at: AnyEvaluation) -> float:
    r"""An upper bound on f − min f at a point; infinite without a penalty.

    .. math::
        f - \min f \le f(W, b) - f(W, b + \delta) + \frac{\lVert G + \lambda W \rVert^2}{2 \lambda}
        + \langle r, \tilde b \rangle
        + \varepsilon \left( \mu \log K + \frac{\sqrt{2 \mu} \sigma \lVert G \rVert}{\lambda} \right)
        + \frac{\varepsilon^2 \mu \sigma^2}{\lambda},
        \qquad \varepsilon = \max_k \frac{\max(r_k, 0)}{t_k + r_k}

    with b̃ = b + δ + W x̄ for the mean row x̄, and σ² the sum of m_i ‖x_i − x̄‖². It holds for every δ; the best δ makes r
    and ε vanish. What rounding may hide is added.
    """
    strength = at.problem.penalty
    if not strength:
        return np.inf
    noise = _gradient_noise(at)
    rounding = _ROUNDINGS * _EPS * (abs(at.value) + _largest_terms(at, at.mean_size, at.total_mass))
    if at.problem.fit_intercept:
        moved = _balanced(at)
        G = _gradient_of_loss(at, moved)
        slope = float(np.linalg.norm(G + strength * at.W)) + noise
        bound = moved.saved + at.penalty.gap_bound(slope) + _imbalance(at, moved, G) + rounding
    else:
        bound = at.penalty.gap_bound(float(np.linalg.norm(at.dW)) + noise) + rounding
    return float(bound) if np.isfinite(bound) else np.inf


@dataclass(frozen=True)
class _Balanced:
    """Intercepts moved towards the best for their W.

    Attributes
    ----------
    shift : array (K,)
        δ; −∞ for classes without mass.
    mass, residual : array (K,)
        t and r.
    saved : float
        f(W, b) − f(W, b + δ), or a bit more.
    products : array (K, K)
        Σ_i m_i q_i q_iᵀ; empty where there are too many classes.
    """

    shift: Array
    mass: Array
    residual: Array
    saved: float
    products: Array

    @property
    def share(self) -> float:
        """ε: how much of each q_i has to be given up for a distribution that leaves every class its mass."""
        excess = np.maximum(self.residual, 0.0)
        return float(np.divide(excess, self.mass + excess, out=np.zeros_like(excess), where=excess > 0).max())


def _balanced(at: AnyEvaluation) -> _Balanced:
    """Minimise f over the intercepts: Newton's steps, and where they don't lower it b_k += log(t_k / Σ_i m_i q_ik)."""
    mass = at.class_mass()
    present = mass > 0
    shift = np.where(present, 0.0, -np.inf)
    best = _at_shift(at, mass, shift)
    for _ in range(_MOST_STEPS):
        if best.share <= _BALANCED:
            break
        residual = best.residual[present]
        scaled = np.log(mass[present] / np.maximum(mass[present] + residual, _TINY))
        steps = [_newton_step(best, present), scaled] if best.products.size else [scaled]
        for step in steps:
            moved = best.shift.copy()
            moved[present] += step - step.mean()
            found = _at_shift(at, mass, moved)
            if found.saved > best.saved or found.share < 0.5 * best.share:
                break
        if not (found.saved > best.saved or found.share < best.share):
            break
        best = found
    return best


def _at_shift(at: AnyEvaluation, mass: Array, shift: Array) -> _Balanced:
    present = mass > 0
    factor, long = np.expm1(np.minimum(shift, _LONG)), bool((np.abs(shift[present]) >= _LONG).any())
    crossed = np.count_nonzero(present) <= _MOST_CROSSED

    q_mass, products, logs, size = at.sum_over_logits(_shifted, shift, factor, long, crossed)
    gains = mass[present] * shift[present]
    saved = float(gains.sum() - logs)
    rounding = _ROUNDINGS * _EPS * float(np.abs(gains).sum() + size)
    residual = np.where(present, q_mass - mass, 0.0)
    return _Balanced(shift, mass, residual, max(saved, 0.0) + rounding, products)


def _shifted(
    part: Evaluation, _: None, Z: Array, rows: slice, shift: Array, factor: Array, long: bool, crossed: bool
) -> tuple[Any, ...]:
    """Σ m q, Σ m q qᵀ, and the sums of m log Σ_k p_k e^{δ_k} and of its size, over some rows."""
    masses, P = part.masses[rows], softmax(Z)
    # without the cancellation of two log-sum-exps, unless it is far from 0
    sums = P @ factor
    far = (np.abs(sums) > 0.5) | long
    logs = np.log1p(np.where(far, 0.0, sums))
    Q = (P + P * factor) / (1 + sums)[:, None]
    if far.any():
        logs[far] = logsumexp(Z[far] + shift, axis=1) - logsumexp(Z[far], axis=1)
        Q[far] = softmax(Z[far] + shift)
    weighted = Q * masses[:, None]
    products = weighted.T @ Q if crossed else np.empty((0, 0))
    return weighted.sum(axis=0), products, masses @ logs, masses @ np.abs(logs)


def _newton_step(balanced: _Balanced, present: NDArray[np.bool_]) -> Array:
    """−H⁻¹r for the classes with mass; H has a stiffness added where all shift alike, along which there is no r."""
    own, residual = (balanced.mass + balanced.residual)[present], balanced.residual[present]
    crossed = balanced.products[np.ix_(present, present)]
    step = -solve_positive(np.diag(own) - crossed + own.mean() / len(own), residual)
    return step * min(1.0, _LONGEST_STEP / float(np.abs(step).max(initial=_TINY)))


def _gradient_of_loss(at: AnyEvaluation, moved: _Balanced) -> Array:
    """G: the gradient of the mean loss by W, with the intercepts moved, for rows measured from their mean."""
    shift = moved.shift
    change: Array = at.sum_over_rows(_change, shift)[0] if shift.any() else np.zeros_like(at.W)
    centre = at.mean_row / at.total_mass
    return at.dW - at.problem.penalty * at.W + change - np.outer(moved.residual[at.n_held :], centre)


def _change(part: Evaluation, X: Any, Z: Array, rows: slice, shift: Array) -> tuple[Array]:
    change = (softmax(Z + shift) - softmax(Z)) * part.masses[rows, None]
    return ((X.T @ change[:, part.n_held :]).T,)


def _imbalance(at: AnyEvaluation, moved: _Balanced, G: Array) -> float:
    """What the residual r takes from the bound; it is that of rounding unless the intercepts can't be balanced."""
    strength, share, total = at.problem.penalty, moved.share, at.total_mass
    centre = at.mean_row / total
    variance = max(at.mean_square - total * float(centre @ centre), 0.0) + 8 * _EPS * at.mean_square
    present = moved.mass > 0
    intercepts = np.concatenate([np.zeros(at.n_held), at.b + at.W @ centre]) + moved.shift
    tilt = float(moved.residual[present] @ intercepts[present])
    spread = np.sqrt(2 * total * variance) * float(np.linalg.norm(G)) / strength
    mixed = share * (total * np.log(len(moved.mass)) + spread) + share**2 * total * variance / strength
    return max(tilt, 0.0) + mixed


def _gradient_noise(at: AnyEvaluation) -> float:
    """How far rounding may take the computed gradient from the true one: through the logits, and in its own sum."""
    return _ROUNDINGS * _EPS * (at.mean_size + _largest_terms(at, at.mean_square, at.mean_size))


def _largest_terms(at: AnyEvaluation, sizes: float, total: float) -> float:
    """The size of the terms that logits are summed of: Σ w ‖x‖ is `sizes` and Σ w `total` for the rows' weights w."""
    largest = float(np.linalg.norm(at.W, axis=1).max(initial=0.0))
    return sizes * largest + total * float(np.abs(at.b).max(initial=0.0))
