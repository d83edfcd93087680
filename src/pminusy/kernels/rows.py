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


def scratch_size(n_classes: int) -> int:
    """How many numbers `carve` cuts up."""
    return 2 * LANES + CHUNK + (n_classes + CHUNK - 1) // CHUNK + n_classes


@helper
def carve(scratch, n_classes):
    """(lanes, more lanes, a chunk, tops, a row) from one piece of memory."""
    chunk = 2 * LANES
    tops = chunk + CHUNK
    row = tops + n_chunks(n_classes)
    return scratch[:LANES], scratch[LANES:chunk], scratch[chunk:tops], scratch[tops:row], scratch[row:]


@helper
def n_chunks(n_classes):
    """How many chunks a row has."""
    return (n_classes + CHUNK - 1) // CHUNK


@helper
def lane_sum(lanes):
    """Sum of the lanes, folded so that it stays in vectors until few are left; changes the lanes."""
    for lane in range(16):
        lanes[lane] = (lanes[lane] + lanes[lane + 16]) + (lanes[lane + 32] + lanes[lane + 48])
    for lane in range(4):
        lanes[lane] = (lanes[lane] + lanes[lane + 4]) + (lanes[lane + 8] + lanes[lane + 12])
    return np.float64((lanes[0] + lanes[1]) + (lanes[2] + lanes[3]))


@helper
def _larger(a, b):
    return a if a > b else b


@helper
def _lane_max(lanes):
    for lane in range(16):
        left, right = _larger(lanes[lane], lanes[lane + 16]), _larger(lanes[lane + 32], lanes[lane + 48])
        lanes[lane] = _larger(left, right)
    for lane in range(4):
        left, right = _larger(lanes[lane], lanes[lane + 4]), _larger(lanes[lane + 8], lanes[lane + 12])
        lanes[lane] = _larger(left, right)
    return _larger(_larger(lanes[0], lanes[1]), _larger(lanes[2], lanes[3]))


@helper
def _largest(z, top, lanes):
    """max(top, max z), passing over NaN."""
    whole = z.size // LANES * LANES
    for lane in range(LANES):
        lanes[lane] = top
    for j in range(0, whole, LANES):
        for lane in range(LANES):
            lanes[lane] = _larger(z[j + lane], lanes[lane])
    for j in range(whole, z.size):
        lanes[j - whole] = _larger(z[j], lanes[j - whole])
    return _lane_max(lanes)


@helper
def _exponentials(z, top, e, lanes):
    """e = 2^LIFT · e^(z − top), and its sum in float64."""
    whole = z.size // LANES * LANES
    clear(lanes)
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
    """One pass over a row: e and tops filled, (top, total) returned.

    `e` may be one chunk long instead of a row long, by a caller who wants the sum only.
    """
    top, total = lowest(z), 0.0
    keep = 1 if e.size >= z.size else 0
    for chunk in range(n_chunks(z.size)):
        start = chunk * CHUNK
        stop = min(z.size, start + CHUNK)
        raised = _largest(z[start:stop], top, lanes)
        if raised > top:
            if chunk > 0:
                total *= math.exp(np.float64(top) - np.float64(raised))
            top = raised
        total += _exponentials(z[start:stop], top, e[keep * start :], lanes)
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
