"""Rows like embeddings: a covariance whose eigenvalues fall geometrically over four decades, many classes.

Labels are drawn from a softmax model with normal weights.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np

from benchmarks.classifiers.problems.problem import Array, Data

_ROWS, _TEST_ROWS, _FEATURES, _CLASSES = 200_000, 20_000, 256, 1000
_DECADES = 4
_LOGIT_SPREAD = 3
_BLOCK = 10_000


def load(folder: Path) -> Data:
    rng = np.random.default_rng(0)
    variances = np.geomspace(1, 10.0**-_DECADES, _FEATURES)
    rotation = np.linalg.qr(rng.standard_normal((_FEATURES, _FEATURES)))[0]
    mix = (np.sqrt(variances)[:, None] * rotation).astype(np.float32)
    X = rng.standard_normal((_ROWS + _TEST_ROWS, _FEATURES), dtype=np.float32) @ mix
    W = rng.standard_normal((_FEATURES, _CLASSES)) * (_LOGIT_SPREAD / np.sqrt(variances.sum()))
    y = _draw_labels(X, W.astype(np.float32), rng)
    return Data(X[:_ROWS].copy(), y[:_ROWS], X[_ROWS:].copy(), y[_ROWS:])


def _draw_labels(X: Array, W: Array, rng: np.random.Generator) -> Array:
    """argmax_k (z_k + Gumbel noise) has the distribution softmax(z)."""
    starts = range(0, len(X), _BLOCK)
    logits = (X[start : start + _BLOCK] @ W for start in starts)
    return np.concatenate([(Z + rng.gumbel(size=Z.shape)).argmax(axis=1) for Z in logits])
