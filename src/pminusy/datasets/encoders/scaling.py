"""Columns of numbers centred and scaled to the variance 1."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[Any]

_BLOCK_ELEMENTS = 1 << 18


def mean_and_scale(X: Array) -> tuple[Array, Array]:
    """The columns' means, and their standard deviations, or 1 for those that are constant but for rounding.

    Both are float64 and computed in it, in two passes over blocks of rows.
    """
    n_rows, n_columns = X.shape
    size = max(1, _BLOCK_ELEMENTS // max(1, n_columns))
    blocks = [X[start : start + size] for start in range(0, n_rows, size)]
    mean = sum((block.sum(axis=0, dtype=np.float64) for block in blocks), np.zeros(n_columns)) / n_rows
    squares, residue = np.zeros(n_columns), np.zeros(n_columns)
    for block in blocks:
        centred = block - mean
        residue += centred.sum(axis=0)
        squares += np.einsum("nd,nd->d", centred, centred)
    variance = np.maximum(squares - residue**2 / n_rows, 0) / n_rows
    eps = np.finfo(np.float64).eps
    # What rounding leaves of the sums over a constant column; see Chan, Golub & LeVeque (1983), equation 3.
    constant = variance <= n_rows * eps * variance + (n_rows * mean * eps) ** 2
    return mean, np.where(constant, 1.0, np.sqrt(variance))


def standardise(X: Array, mean: Array, scale: Array) -> Array:
    """(X − mean)/scale, in place."""
    X -= mean
    X /= scale
    return X
