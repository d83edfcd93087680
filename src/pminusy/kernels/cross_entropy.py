"""Cross-entropy of softmax, its value and gradient in one pass over Z.

For a row of logits z with target mass y ≥ 0 of sum s, lse = logsumexp(z) and λ the weight of the z-loss:

    L     = s·lse − ⟨y, z⟩ + λ·s·lse²
    ∂L/∂z = s·(1 + 2λ·lse)·p − y            p = softmax(z)

written with logits relative to the row's largest, so that nothing overflows or cancels: with S = Σ e^(z − top),

    L = s·log S − Σ_k y_k (z_k − top) + λ·s·lse²,    lse = top + log S,    0·(−∞) = 0.

Labels, class weights, sample weights and label smoothing are a choice of y:

    label c:  y_k = weight·(hit_c·[k = c] + shift_k)         mass Y:  y_k = weight·(gain_k·Y_k + shift_k)

Arguments shared by the kernels
-------------------------------
weights : (N,) or (1,) sample weights; a row without mass has loss 0 and gradient 0, whatever its logits
hit, gain, shift : (K,); an empty `shift` is no smoothing, an empty `gain` stands for gain 1 and shift 0
shift_total : Σ_k shift_k
scale   : multiplies the gradient (1/N for a mean), not the losses
scratch : memory to work in, of the size that `rows.py` or `tiles.py` states
dZ      : (N, K), or (0, K) where only the value is wanted
losses  : (N,) each row's loss; −∞, which no loss can be, marks a row whose mass is negative or not finite
"""

from __future__ import annotations

import numpy as np

from pminusy.kernels.compile import helper, kernel
from pminusy.kernels.exp import log
from pminusy.kernels.floats import clear, unlift
from pminusy.kernels.kinds import Double, Doubles, Index, Integers, Matrix, Vector
from pminusy.kernels.rows import CHUNK, LANES, lane_sum, n_chunks, repair_chunk, row_exponentials


@helper
def mass_and_negative_mass(y, lanes, negative):
    """(Σ y, the part of it that is negative), accumulated in float64 chunk by chunk."""
    total, zero = 0.0, lanes.dtype.type(0)  # a bare 0 would widen the loop to float64
    clear(negative, LANES)
    for start in range(0, y.size, CHUNK):
        chunk = y[start : start + CHUNK]
        whole = chunk.size // LANES * LANES
        clear(lanes, LANES)
        for j in range(0, whole, LANES):
            for lane in range(LANES):
                lanes[lane] += chunk[j + lane]
                negative[lane] += chunk[j + lane] if chunk[j + lane] < zero else zero
        for j in range(whole, chunk.size):
            lanes[j - whole] += chunk[j]
            negative[j - whole] += chunk[j] if chunk[j] < zero else zero
        total += lane_sum(lanes)
    return total, lane_sum(negative)


@helper
def dot_below_top(y, z, top, lanes):
    """Σ_k y_k (z_k − top), where a class without mass adds nothing even at z_k = −∞."""
    total, zero = 0.0, lanes.dtype.type(0)
    for start in range(0, y.size, CHUNK):
        y_chunk = y[start : start + CHUNK]
        z_chunk = z[start : start + CHUNK]
        whole = y_chunk.size // LANES * LANES
        clear(lanes, LANES)
        for j in range(0, whole, LANES):
            for lane in range(LANES):
                mass = y_chunk[j + lane]
                term = mass * (z_chunk[j + lane] - top)
                lanes[lane] += term if mass != zero else zero
        for j in range(whole, y_chunk.size):
            term = y_chunk[j] * (z_chunk[j] - top)
            lanes[j - whole] += term if y_chunk[j] != zero else zero
        total += lane_sum(lanes)
    return total


@helper
def row_loss(z, y, mass, weight, top, log_total, z_loss, lanes):
    """L of one row whose target mass is weight·y, of sum `mass`."""
    lse = top + log_total
    loss = mass * log_total - weight * dot_below_top(y, z, top, lanes)
    return loss + z_loss * mass * lse * lse if z_loss != 0 else loss


@helper
def write_gradient(dz, y, weight, tops, top, factor):
    """dz = factor·e − weight·y, with the exponentials e read from dz; an empty y is zero."""
    f = dz.dtype.type(factor)
    for chunk in range(n_chunks(dz.size)):
        start = chunk * CHUNK
        stop = min(dz.size, start + CHUNK)
        d = dz[start:stop]
        repair_chunk(d, tops[chunk], top)
        if y.size == 0:
            for j in range(d.size):
                d[j] *= f
        else:
            y_chunk = y[start:stop]
            w = dz.dtype.type(weight)
            for j in range(d.size):
                d[j] = d[j] * f - w * y_chunk[j]


@kernel
def label_rows(
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
    """Long rows, each with a label; rows whose label is `ignored` are not counted."""
    lanes, tops, spare_row = scratch[0], scratch[1], scratch[2]
    want_gradient = dZ.shape[0] > 0
    for i in range(start, stop):
        label, weight = labels[i], weights[i if weights.size > 1 else 0]
        mass = 0.0 if label == ignored else weight * (hit[label] + shift_total)
        if mass == 0:
            losses[i] = 0.0
            if want_gradient:
                clear(dZ[i], Z.shape[1])
            continue
        z = Z[i]
        e = dZ[i] if want_gradient else spare_row
        top, total = row_exponentials(z, e, tops, lanes)
        log_total = log(total * unlift(z))
        loss = row_loss(z[: shift.size], shift, mass, weight, top, log_total, z_loss, lanes)
        if hit[label] != 0:
            loss -= weight * hit[label] * (np.float64(z[label]) - top)
        losses[i] = loss
        if want_gradient:
            factor = scale * mass * (1.0 + 2.0 * z_loss * (top + log_total)) / total
            write_gradient(e, shift, scale * weight, tops, top, factor)
            e[label] -= scale * weight * hit[label]


@kernel
def mass_rows(
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
    """Long rows, each with a row of target mass."""
    n_classes = Z.shape[1]
    lanes, tops, spare_row, negative = scratch[0], scratch[1], scratch[2], scratch[3]
    changed = scratch[4, :n_classes]
    want_gradient = dZ.shape[0] > 0
    for i in range(start, stop):
        weight = weights[i if weights.size > 1 else 0]
        z, y = Z[i], Y[i]
        row_mass = 0.0
        if weight != 0:
            row_mass, negative_mass = mass_and_negative_mass(y, lanes, negative)
            if negative_mass < 0 or not row_mass < np.inf:
                losses[i] = -np.inf
                continue
            if gain.size > 0:
                for j in range(n_classes):
                    changed[j] = gain[j] * y[j] + shift[j]
                y = changed
                row_mass, negative_mass = mass_and_negative_mass(y, lanes, negative)
        mass = weight * row_mass
        if mass == 0:
            losses[i] = 0.0
            if want_gradient:
                clear(dZ[i], Z.shape[1])
            continue
        e = dZ[i] if want_gradient else spare_row
        top, total = row_exponentials(z, e, tops, lanes)
        log_total = log(total * unlift(z))
        losses[i] = row_loss(z, y, mass, weight, top, log_total, z_loss, lanes)
        if want_gradient:
            factor = scale * mass * (1.0 + 2.0 * z_loss * (top + log_total)) / total
            write_gradient(e, y, scale * weight, tops, top, factor)
