"""Cross-entropy for few classes: the algebra and the arguments of `cross_entropy.py`, on tiles of rows.

A label becomes a tile of mass that is zero but for one entry a row, so that labels and mass share all the rest. A row
without mass gets logits 0, from which loss 0 and gradient 0 follow.
"""

from __future__ import annotations

import numpy as np

from pminusy.kernels.compile import helper, kernel
from pminusy.kernels.exp import exp_lifted, log
from pminusy.kernels.floats import clear, unlift
from pminusy.kernels.kinds import Double, Doubles, Index, Integers, Matrix, Vector
from pminusy.kernels.tiles import ROWS, clear_row, largest, load, store


@helper
def _mass(mass_tile, mass):
    """Each row's mass."""
    clear(mass, ROWS)
    for k in range(mass_tile.shape[0]):
        for r in range(ROWS):
            mass[r] += mass_tile[k, r]


@helper
def _mark_unusable_mass(mass_tile, mass, smallest, losses, first, n_rows):
    """Loss −∞ where a row's mass is negative somewhere or not finite, 0 elsewhere."""
    _mass(mass_tile, mass)
    clear(smallest, ROWS)
    for k in range(mass_tile.shape[0]):
        for r in range(ROWS):
            smallest[r] = mass_tile[k, r] if mass_tile[k, r] < smallest[r] else smallest[r]
    for r in range(n_rows):
        losses[first + r] = 0.0 if smallest[r] >= 0 and mass[r] < np.inf else -np.inf


@helper
def _exponentials_and_sums(tile, mass_tile, top, total, dot):
    """tile = 2^LIFT · e^(z − top) in place; total and dot = Σ_k y_k (z_k − top) with 0·(−∞) = 0, in one walk."""
    zero = tile.dtype.type(0)  # a bare 0 would widen the loop to float64
    clear(total, ROWS)
    clear(dot, ROWS)
    for k in range(tile.shape[0]):
        for r in range(ROWS):
            below, y = tile[k, r] - top[r], mass_tile[k, r]
            tile[k, r] = exp_lifted(below)
            total[r] += tile[k, r]
            dot[r] += y * below if y != zero else zero


@helper
def _losses_and_gradient(tile, mass_tile, z_loss, scale, vectors, losses, first, n_rows):
    """The losses of the tile's rows, where none is marked yet; the tile's logits become scale·(s(1 + 2λ·lse)·p − y).

    The rows' mass comes in vectors[2].
    """
    top, total, mass = vectors[0], vectors[1], vectors[2]
    dot, factor, total_log = vectors[3], vectors[4], vectors[5]
    largest(tile, top)
    _exponentials_and_sums(tile, mass_tile, top, total, dot)
    for r in range(ROWS):
        total_log[r] = log(total[r] * unlift(tile))
    real = tile.dtype.type  # a bare 1 or 2 would widen the loop to float64
    one, pull, real_scale = real(1), real(2.0 * z_loss), real(scale)
    for r in range(ROWS):
        lse = top[r] + total_log[r]
        factor[r] = real_scale * mass[r] * (one + pull * lse) / total[r]
    for r in range(n_rows):
        loss = np.float64(mass[r]) * total_log[r] - dot[r]
        lse = np.float64(top[r]) + total_log[r]
        if losses[first + r] == 0:  # a mark stays
            losses[first + r] = loss + z_loss * mass[r] * lse * lse if z_loss != 0 else loss
    for k in range(tile.shape[0]):
        for r in range(ROWS):
            tile[k, r] = tile[k, r] * factor[r] - real_scale * mass_tile[k, r]


@kernel
def label_tiles(
    Z: Matrix,
    labels: Integers,
    ignored: Index,
    hit: Doubles,
    shift: Vector,
    shift_total: Double,
    weights: Doubles,
    z_loss: Double,
    scale: Double,
    scratch: Matrix,
    dZ: Matrix,
    losses: Doubles,
    start: Index,
    stop: Index,
):
    """Short rows, each with a label."""
    n_classes = Z.shape[1]
    tile, mass_tile = scratch[:n_classes], scratch[n_classes : 2 * n_classes]
    vectors = scratch[2 * n_classes :]
    mass = vectors[2]
    for first in range(start, stop, ROWS):
        n_rows = min(ROWS, stop - first)
        load(Z, first, n_rows, tile)
        for k in range(n_classes):
            clear(mass_tile[k], ROWS)
        for r in range(n_rows):
            losses[first + r] = 0.0
            label, weight = labels[first + r], weights[first + r if weights.size > 1 else 0]
            mass[r] = 0.0 if label == ignored else weight * (hit[label] + shift_total)
            if mass[r] == 0:
                clear_row(tile, r)
                continue
            for k in range(shift.size):
                mass_tile[k, r] = weight * shift[k]
            mass_tile[label, r] += weight * hit[label]
        _losses_and_gradient(tile, mass_tile, z_loss, scale, vectors, losses, first, n_rows)
        if dZ.shape[0] > 0:
            store(tile, dZ, first, n_rows)


@kernel
def mass_tiles(
    Z: Matrix,
    Y: Matrix,
    gain: Vector,
    shift: Vector,
    weights: Doubles,
    z_loss: Double,
    scale: Double,
    scratch: Matrix,
    dZ: Matrix,
    losses: Doubles,
    start: Index,
    stop: Index,
):
    """Short rows, each with a row of target mass."""
    n_classes = Z.shape[1]
    tile, mass_tile = scratch[:n_classes], scratch[n_classes : 2 * n_classes]
    vectors = scratch[2 * n_classes :]
    mass, smallest = vectors[2], vectors[3]
    for first in range(start, stop, ROWS):
        n_rows = min(ROWS, stop - first)
        load(Z, first, n_rows, tile)
        load(Y, first, n_rows, mass_tile)
        _mark_unusable_mass(mass_tile, mass, smallest, losses, first, n_rows)
        for k in range(gain.size):
            for r in range(ROWS):
                mass_tile[k, r] = gain[k] * mass_tile[k, r] + shift[k]
        if gain.size > 0:
            _mass(mass_tile, mass)
        for r in range(n_rows):
            weight = weights[first + r if weights.size > 1 else 0]
            if weight == 0:
                losses[first + r] = 0.0
                mass[r] = 0
                clear_row(mass_tile, r)
            if mass[r] == 0:
                clear_row(tile, r)
            elif weight != 1:
                mass[r] *= weight
                for k in range(n_classes):
                    mass_tile[k, r] *= weight
        _losses_and_gradient(tile, mass_tile, z_loss, scale, vectors, losses, first, n_rows)
        if dZ.shape[0] > 0:
            store(tile, dZ, first, n_rows)
