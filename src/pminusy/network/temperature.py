"""One temperature for all logits, so that probabilities say how often they are right.

Softmax is taken of β z, with the inverse temperature β = 1/T. With p = softmax(β z) and target mass y of sum s, a row's
loss and its derivatives with respect to β are

    L(β) = s·logsumexp(β z) − β ⟨y, z⟩        L′ = ⟨s·p − y, z⟩        L″ = s·(⟨p, z²⟩ − ⟨p, z⟩²) ≥ 0

so that the mean over rows is convex, and has its minimum where the slope is 0. As β → 0 the slope is that of p = 1/K,
as β → ∞ that of the largest logit alone; in between, Newton's method within an interval that has the minimum inside.

Derivation: docs/derivations/calibration.md.
Source: C. Guo, G. Pleiss, Y. Sun and K. Q. Weinberger, ICML 2017, arXiv:1706.04599, section 4.2.
"""

from __future__ import annotations

import math
from typing import Any

import numpy as np
from numpy.typing import NDArray

from pminusy.losses.cross_entropy import CrossEntropy

Array = NDArray[Any]

_MAX_STEPS = 500
_PRECISION = 1e-12  # of β


def best_temperature(Z: Array, targets: Array, weights: Array | None) -> float:
    """The T > 0 that minimises the mean cross-entropy of softmax(Z / T).

    Parameters
    ----------
    Z : array (N, K)
        Logits.
    targets : integer array (N,) or array (N, K)
        Labels or target mass.
    weights : array (N,) or None
        Of the rows.

    Returns
    -------
    float
        0 where the loss falls without end as T falls, since no row has mass on a class below its largest logit;
        infinity where equal probabilities are best.

    Examples
    --------
    >>> Z = np.array([[2.0, 0.0], [2.0, 0.0], [2.0, 0.0]])
    >>> T = best_temperature(Z, np.array([0, 0, 1]), None)  # two of three are right
    >>> round(float(1 / (1 + np.exp(-2 / T))), 9)
    0.666666667
    """
    Z = Z.astype(np.float64)
    Z -= Z.max(axis=1, keepdims=True)  # changes no probability, and spares the slope large terms
    loss = CrossEntropy()

    def slope(beta: float) -> float:
        return float(np.vdot(loss.gradient(beta * Z, targets, weights), Z))

    def curvature(beta: float) -> float:
        return float(np.vdot(loss.hvp(beta * Z, targets, Z, weights), Z))

    if slope(0.0) >= 0:
        return math.inf
    on_targets = Z[np.arange(len(Z)), targets] if targets.ndim == 1 else (targets * Z).sum(axis=1)
    if not (on_targets if weights is None else weights * on_targets).any():
        return 0.0
    low, beta, high = 0.0, 1.0, math.inf
    for _ in range(_MAX_STEPS):
        here, bend = slope(beta), curvature(beta)
        low, high = (beta, high) if here < 0 else (low, beta)
        step = beta - here / bend if bend > 0 else math.nan
        if not low < step < high:
            step = 2 * beta if high == math.inf else (low + high) / 2
        if abs(step - beta) <= _PRECISION * beta:
            break
        beta = step
    return 1 / beta
