"""Softmax, its logarithm and the product of its Jacobian with a vector.

    p_k = e^(z_k − lse)      log p_k = z_k − lse      J = diag(p) − p pᵀ, symmetric

A Hessian-vector product of the cross-entropy is the same product with other factors:
with s the row's mass, λ the weight of the z-loss and lse = logsumexp(z),

    H v = a·p∘v + b·p⟨p, v⟩,    a = s(1 + 2λ·lse),    b = 2λ·s − a;    J v is the case s = 1, λ = 0.
"""

from __future__ import annotations

import numpy as np

from pminusy.kernels.compile import helper, kernel
from pminusy.kernels.exp import log
from pminusy.kernels.floats import clear, unlift
from pminusy.kernels.kinds import Double, Doubles, Index, Matrix
from pminusy.kernels.rows import CHUNK, LANES, lane_sum, n_chunks, repair_chunk, row_exponentials
from pminusy.kernels.tiles import ROWS, clear_row, exponentials, largest, load, store


@helper
def _scale_exponentials(e, tops, top, factor):
    f = e.dtype.type(factor)
    for chunk in range(n_chunks(e.size)):
        d = e[chunk * CHUNK : (chunk + 1) * CHUNK]
        repair_chunk(d, tops[chunk], top)
        for j in range(d.size):
            d[j] *= f


@helper
def _expectation(p, v, lanes):
    """⟨p, v⟩ in float64."""
    total = 0.0
    for start in range(0, p.size, CHUNK):
        p_chunk, v_chunk = p[start : start + CHUNK], v[start : start + CHUNK]
        whole = p_chunk.size // LANES * LANES
        clear(lanes, LANES)
        for j in range(0, whole, LANES):
            for lane in range(LANES):
                lanes[lane] += p_chunk[j + lane] * v_chunk[j + lane]
        for j in range(whole, p_chunk.size):
            lanes[j - whole] += p_chunk[j] * v_chunk[j]
        total += lane_sum(lanes)
    return total


@kernel
def softmax_rows(Z: Matrix, scratch: Matrix, P: Matrix, start: Index, stop: Index):
    """P = softmax(Z), long rows."""
    lanes, tops = scratch[0], scratch[1]
    for i in range(start, stop):
        top, total = row_exponentials(Z[i], P[i], tops, lanes)
        _scale_exponentials(P[i], tops, top, 1.0 / total)


@kernel
def softmax_tiles(Z: Matrix, scratch: Matrix, P: Matrix, start: Index, stop: Index):
    """P = softmax(Z), short rows."""
    tile, top, total = scratch[: Z.shape[1]], scratch[-1], scratch[-2]
    for first in range(start, stop, ROWS):
        n_rows = min(ROWS, stop - first)
        load(Z, first, n_rows, tile)
        largest(tile, top)
        exponentials(tile, top, total)
        for k in range(tile.shape[0]):
            for r in range(ROWS):
                tile[k, r] /= total[r]
        store(tile, P, first, n_rows)


@kernel
def log_softmax_rows(Z: Matrix, scratch: Matrix, logP: Matrix, start: Index, stop: Index):
    """logP = Z − logsumexp(Z), long rows."""
    lanes, tops, spare_row = scratch[0], scratch[1], scratch[2]
    for i in range(start, stop):
        z, out = Z[i], logP[i]
        top, total = row_exponentials(z, spare_row, tops, lanes)
        log_total = z.dtype.type(log(total * unlift(z)))
        for j in range(z.size):
            out[j] = (z[j] - top) - log_total


@kernel
def log_softmax_tiles(Z: Matrix, scratch: Matrix, logP: Matrix, start: Index, stop: Index):
    """logP = Z − logsumexp(Z), short rows."""
    n_classes = Z.shape[1]
    tile, shifted = scratch[:n_classes], scratch[n_classes : 2 * n_classes]
    top, total = scratch[-1], scratch[-2]
    for first in range(start, stop, ROWS):
        n_rows = min(ROWS, stop - first)
        load(Z, first, n_rows, tile)
        largest(tile, top)
        for k in range(tile.shape[0]):
            for r in range(ROWS):
                shifted[k, r] = tile[k, r] - top[r]
        exponentials(tile, top, total)
        for r in range(ROWS):
            total[r] = log(total[r] * unlift(tile))
        for k in range(tile.shape[0]):
            for r in range(ROWS):
                shifted[k, r] -= total[r]
        store(shifted, logP, first, n_rows)


@kernel
def curvature_rows(
    Z: Matrix,
    V: Matrix,
    masses: Doubles,
    z_loss: Double,
    scratch: Matrix,
    out: Matrix,
    start: Index,
    stop: Index,
):
    """Each row of out = H v, long rows; `masses` is (N,) or (1,), and a row of mass 0 gives 0."""
    lanes, tops = scratch[0], scratch[1]
    for i in range(start, stop):
        mass = masses[i if masses.size > 1 else 0]
        v, p = V[i], out[i]
        if mass == 0:
            clear(p, p.size)
            continue
        top, total = row_exponentials(Z[i], p, tops, lanes)
        _scale_exponentials(p, tops, top, 1.0 / total)
        lse = top + log(total * unlift(p))
        a = mass * (1.0 + 2.0 * z_loss * lse)
        b = (2.0 * z_loss * mass - a) * _expectation(p, v, lanes)
        a_real, b_real = p.dtype.type(a), p.dtype.type(b)
        for j in range(p.size):
            p[j] *= a_real * v[j] + b_real


@kernel
def curvature_tiles(
    Z: Matrix,
    V: Matrix,
    masses: Doubles,
    z_loss: Double,
    scratch: Matrix,
    out: Matrix,
    start: Index,
    stop: Index,
):
    """Each row of out = H v, short rows; `masses` is (N,) or (1,), and a row of mass 0 gives 0."""
    n_classes = Z.shape[1]
    tile, direction = scratch[:n_classes], scratch[n_classes : 2 * n_classes]
    top, total, mean, a, b = scratch[-1], scratch[-2], scratch[-3], scratch[-4], scratch[-5]
    for first in range(start, stop, ROWS):
        n_rows = min(ROWS, stop - first)
        load(Z, first, n_rows, tile)
        load(V, first, n_rows, direction)
        for r in range(n_rows):
            a[r] = masses[first + r if masses.size > 1 else 0]
            if a[r] == 0:
                clear_row(tile, r)
                clear_row(direction, r)
        for r in range(n_rows, ROWS):
            a[r] = 0
        largest(tile, top)
        exponentials(tile, top, total)
        clear(mean, ROWS)
        for k in range(n_classes):
            for r in range(ROWS):
                tile[k, r] /= total[r]
                mean[r] += tile[k, r] * direction[k, r]
        for r in range(ROWS):
            mass = np.float64(a[r])
            curved = mass * (1.0 + 2.0 * z_loss * (top[r] + log(total[r] * unlift(tile))))
            a[r] = curved
            b[r] = (2.0 * z_loss * mass - curved) * mean[r]
        for k in range(n_classes):
            for r in range(ROWS):
                tile[k, r] *= a[r] * direction[k, r] + b[r]
        store(tile, out, first, n_rows)
