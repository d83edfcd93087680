"""The loops along one long row: the classes fill the vector lanes.

Conventions
-----------
z, v, y : (K,) one row of logits, of a direction, of target mass
e       : 2^LIFT · e^(z − top), kept in the row where the result will be written
top     : the largest logit of the row so far; total: Σ_k e_k; both for the whole row when the loop is done
lanes   : (64,). A maximum or a sum over 64 running values becomes vector code; over a single one it stays
          scalar, because floating-point sums may not be reordered. It also makes long float32 sums accurate.

A row is walked in chunks of CHUNK classes, so that a chunk's logits are still in the first-level cache when their
exponentials are taken, and Z is read from memory once. `top` may grow from chunk to chunk; `tops` keeps, for each, the
value that its exponentials are relative to. Derivation: docs/derivations/numerics.md.
"""

from __future__ import annotations

import math

import numpy as np

from pminusy.kernels.compile import helper
from pminusy.kernels.exp import exp_lifted
from pminusy.kernels.floats import clear, lowest

CHUNK = 2048
LANES = 64


def scratch_shape(n_classes: int) -> tuple[int, int]:
    """Room for the lanes, more lanes, the tops, and two rows or chunks."""
    return 5, max(CHUNK, n_classes)


@helper
def n_chunks(n_classes):
    """How many chunks a row has."""
    return (n_classes + CHUNK - 1) // CHUNK


@helper
def lane_sum(lanes):
    """Sum of the lanes, by folding them in half again and again; changes them."""
    width = LANES // 2
    while width > 0:
        for lane in range(width):
            lanes[lane] += lanes[lane + width]
        width //= 2
    return np.float64(lanes[0])


@helper
def _lane_max(lanes):
    width = LANES // 2
    while width > 0:
        for lane in range(width):
            other = lanes[lane + width]
            lanes[lane] = other if other > lanes[lane] else lanes[lane]
        width //= 2
    return lanes[0]


@helper
def _largest(z, top, lanes):
    """max(top, max z), passing over NaN."""
    whole = z.size // LANES * LANES
    for lane in range(LANES):
        lanes[lane] = top
    for j in range(0, whole, LANES):
        for lane in range(LANES):
            lanes[lane] = z[j + lane] if z[j + lane] > lanes[lane] else lanes[lane]
    for j in range(whole, z.size):
        lanes[j - whole] = z[j] if z[j] > lanes[j - whole] else lanes[j - whole]
    return _lane_max(lanes)


@helper
def _exponentials(z, top, e, lanes):
    """e = 2^LIFT · e^(z − top), and its sum in float64."""
    whole = z.size // LANES * LANES
    clear(lanes, LANES)
    for j in range(0, whole, LANES):
        for lane in range(LANES):
            e[j + lane] = exp_lifted(z[j + lane] - top)
            lanes[lane] += e[j + lane]
    for j in range(whole, z.size):
        e[j] = exp_lifted(z[j] - top)
    for j in range(whole, z.size):
        lanes[j - whole] += e[j]
    return lane_sum(lanes)


@helper
def row_exponentials(z, e, tops, lanes):
    """One pass over a row: e and tops filled, (top, total) returned."""
    top, total = lowest(z), 0.0
    for chunk in range(n_chunks(z.size)):
        start = chunk * CHUNK
        stop = min(z.size, start + CHUNK)
        raised = _largest(z[start:stop], top, lanes)
        if raised > top:
            if chunk > 0:
                total *= math.exp(np.float64(top) - np.float64(raised))
            top = raised
        total += _exponentials(z[start:stop], top, e[start:stop], lanes)
        tops[chunk] = top
    return top, total


@helper
def repair_chunk(e, chunk_top, top):
    """Make a chunk's exponentials relative to the row's top, which may have been found after them.

    A multiplication of its own: together with the factor that normalises, it could leave the normal numbers.
    """
    if chunk_top != top:
        repair = e.dtype.type(math.exp(np.float64(chunk_top) - np.float64(top)))
        for j in range(e.size):
            e[j] *= repair
