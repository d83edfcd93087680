"""The loops across many short rows: the rows fill the vector lanes.

Conventions
-----------
tile    : (K, ROWS) a block of rows turned on its side, so that tile[k, r] is class k of the block's row r
top     : (ROWS,) each row's largest logit; total: (ROWS,) each row's Σ_k 2^LIFT · e^(z_k − top)

With few classes a loop along the row is mostly overhead; across rows every step works on ROWS of them at once. A block
at the end that has fewer rows is filled up with zeros, whose results are not stored.
"""

from __future__ import annotations

from pminusy.kernels.compile import helper
from pminusy.kernels.exp import exp_lifted
from pminusy.kernels.floats import clear, lowest

ROWS = 64


def scratch_shape(n_classes: int) -> tuple[int, int]:
    """Room for two tiles and six vectors of ROWS."""
    return 2 * n_classes + 6, ROWS


@helper
def clear_row(tile, r):
    """tile[:, r] = 0."""
    for k in range(tile.shape[0]):
        tile[k, r] = 0


@helper
def load(matrix, first, n_rows, tile):
    """tile[:, r] = matrix[first + r]."""
    for r in range(n_rows):
        for k in range(tile.shape[0]):
            tile[k, r] = matrix[first + r, k]
    for r in range(n_rows, ROWS):
        clear_row(tile, r)


@helper
def store(tile, matrix, first, n_rows):
    """matrix[first + r] = tile[:, r]."""
    for r in range(n_rows):
        for k in range(tile.shape[0]):
            matrix[first + r, k] = tile[k, r]


@helper
def largest(tile, top):
    """top = max over classes, passing over NaN."""
    for r in range(ROWS):
        top[r] = lowest(top)
    for k in range(tile.shape[0]):
        for r in range(ROWS):
            top[r] = tile[k, r] if tile[k, r] > top[r] else top[r]


@helper
def exponentials(tile, top, total):
    """tile = 2^LIFT · e^(tile − top) in place, total = its sum over classes."""
    clear(total, ROWS)
    for k in range(tile.shape[0]):
        for r in range(ROWS):
            tile[k, r] = exp_lifted(tile[k, r] - top[r])
            total[r] += tile[k, r]
