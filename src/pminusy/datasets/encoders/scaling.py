"""Columns of numbers centred and scaled to the variance 1."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from pminusy.datasets.encoders.in_pieces import recut

Array = NDArray[Any]

_BLOCK_ELEMENTS = 1 << 18


def mean_and_scale(X: Array) -> tuple[Array, Array]:
    """The columns' means, and their standard deviations, or 1 for those that are constant but for rounding.

    Both are float64 and computed in it, in two passes over blocks of rows.
    """
    return _of_blocks(lambda: recut([X], _block_rows(X.shape[1])), X.shape[1])


def mean_and_scale_in_passes(arrays: Callable[[], Iterable[Array]], n_columns: int) -> tuple[Array, Array]:
    """The same of rows that come some at a time, twice: the same bits as of an array in Fortran order."""
    size = _block_rows(n_columns)
    return _of_blocks(lambda: map(np.asfortranarray, recut(arrays(), size)), n_columns)


def _block_rows(n_columns: int) -> int:
    return max(1, _BLOCK_ELEMENTS // max(1, n_columns))


def _of_blocks(blocks: Callable[[], Iterable[Array]], n_columns: int) -> tuple[Array, Array]:
    n_rows, total = 0, np.zeros(n_columns)
    for block in blocks():
        n_rows += len(block)
        total += block.sum(axis=0, dtype=np.float64)
    mean = total / n_rows
    squares, residue = np.zeros(n_columns), np.zeros(n_columns)
    for block in blocks():
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
