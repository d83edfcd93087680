"""One yardstick for every competitor, in float64 and in blocks of rows.

f(W, b) = C Σ_i L_i + ½‖W‖²,    L_i = logsumexp(z_i) − z_iy,    z_i = x_i W + b
g = the largest |component| of ∇f / (C·N), the gradient of the mean objective
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

_BLOCK_ELEMENTS = 1 << 22

Array = np.ndarray[Any, Any]


def objective_and_gradient_norm(X: Any, y: Array, W: Array, b: Array, C: float) -> tuple[float, float]:
    """(f, g)."""
    loss, dW, db = 0.0, W / C, np.zeros_like(b)
    for rows, Z, labels in _blocks(X, y, W, b):
        Z -= Z.max(axis=1, keepdims=True)
        picked = Z[np.arange(len(Z)), labels]
        np.exp(Z, out=Z)
        sums = Z.sum(axis=1, keepdims=True)
        loss += float((np.log(sums[:, 0]) - picked).sum())
        Z /= sums
        Z[np.arange(len(Z)), labels] -= 1
        dW += rows.T @ Z
        db += Z.sum(axis=0)
    gradient_norm = max(abs(dW).max(), abs(db).max()) / len(y)
    return C * loss + 0.5 * float(np.vdot(W, W)), float(gradient_norm)


def accuracy(X: Any, y: Array, W: Array, b: Array) -> float:
    """The share of rows whose largest logit is their class's."""
    return sum(int((Z.argmax(axis=1) == labels).sum()) for _, Z, labels in _blocks(X, y, W, b)) / len(y)


def _blocks(X: Any, y: Array, W: Array, b: Array) -> Iterator[tuple[Any, Array, Array]]:
    """Rows in float64, their logits, their labels."""
    width = max(W.shape) if isinstance(X, np.ndarray) else W.shape[1]
    size = max(1, _BLOCK_ELEMENTS // width)
    for start in range(0, len(y), size):
        rows = X[start : start + size].astype(np.float64)
        yield rows, rows @ W + b, y[start : start + size]
