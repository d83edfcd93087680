"""The last step of every network: cross-entropy on its logits, and the gradient s·p − y that starts the backward pass.

The kernels are those of `pminusy.CrossEntropy`; a batch's targets are picked out of those of the whole set.
"""

from __future__ import annotations

import numpy as np

from pminusy.kernels import rows, tiles
from pminusy.kernels.compile import helper
from pminusy.kernels.cross_entropy import label_rows, mass_rows
from pminusy.kernels.cross_entropy_tiles import label_tiles, mass_tiles
from pminusy.kernels.kinds import Cube, Double, Doubles, Integers, Matrix, Vector
from pminusy.kernels.operations import operation
from pminusy.kernels.replay import stop_at
from pminusy.kernels.run import MAX_TILE_CLASSES
from pminusy.losses.targets import LabelTargets, Targets
from pminusy.nn.program import Array, afterwards, each_row, empty
from pminusy.nn.training.epoch import Epoch

_label_tiles, _label_rows = label_tiles.helper, label_rows.helper
_mass_tiles, _mass_rows = mass_tiles.helper, mass_rows.helper


@helper
def _pick_rows(order, start, weights, right, Z, weights_here, hits, first, last):
    """The weights of the batch's rows, and whether the largest logit is the right one."""
    for i in range(first, last):
        row, z, best = order[start + i], Z[i], 0
        for k in range(1, z.size):
            best = k if z[k] > z[best] else best
        weights_here[i] = weights[row if weights.size > 1 else 0]
        hits[i] = 1.0 if best == right[row] else 0.0


@helper
def _stop_unless_finite(losses, stop, step, first, last):
    """Stop the program, before the update, where a row's loss is not finite."""
    for i in range(first, last):
        if not abs(losses[i]) < np.inf:
            stop_at(stop, step)


@operation
def _label_loss(
    order: Integers,
    starts: Integers,
    scales: Doubles,
    weights: Doubles,
    right: Integers,
    labels: Integers,
    hit: Doubles,
    shift: Vector,
    shift_total: Double,
    weights_here: Doubles,
    losses: Doubles,
    hits: Doubles,
    stop: Integers,
    scratch: Cube,
    labels_here: Integers,
    Z: Matrix,
    dZ: Matrix,
    step,
    first,
    last,
):
    """losses, hits and dZ of some rows that have labels."""
    _pick_rows(order, starts[step], weights, right, Z, weights_here, hits, first, last)
    for i in range(first, last):
        labels_here[i] = labels[order[starts[step] + i]]
    targets = (labels_here, -1, hit, shift, shift_total, weights_here, 0.0, scales[step])
    if Z.shape[1] <= MAX_TILE_CLASSES:
        _label_tiles(Z, *targets, scratch[first], dZ, losses, first, last)
    else:
        _label_rows(Z, *targets, scratch[first], dZ, losses, first, last)
    _stop_unless_finite(losses, stop, step, first, last)


@operation
def _mass_loss(
    order: Integers,
    starts: Integers,
    scales: Doubles,
    weights: Doubles,
    right: Integers,
    Y: Matrix,
    gain: Vector,
    shift: Vector,
    weights_here: Doubles,
    losses: Doubles,
    hits: Doubles,
    stop: Integers,
    scratch: Cube,
    Y_here: Matrix,
    Z: Matrix,
    dZ: Matrix,
    step,
    first,
    last,
):
    """losses, hits and dZ of some rows that have rows of mass."""
    _pick_rows(order, starts[step], weights, right, Z, weights_here, hits, first, last)
    for i in range(first, last):
        y, here = Y[order[starts[step] + i]], Y_here[i]
        for k in range(here.size):
            here[k] = y[k]
    targets = (Y_here, gain, shift, weights_here, 0.0, scales[step])
    if Z.shape[1] <= MAX_TILE_CLASSES:
        _mass_tiles(Z, *targets, scratch[first], dZ, losses, first, last)
    else:
        _mass_rows(Z, *targets, scratch[first], dZ, losses, first, last)
    _stop_unless_finite(losses, stop, step, first, last)


@operation
def _add_up(
    losses: Doubles, hits: Doubles, unit: Double, all_hits: Doubles, all_losses: Doubles, step, first, last
):
    """The batch's sums of losses and hits."""
    loss, n_hits = 0.0, 0.0
    for i in range(losses.size):
        loss += losses[i]
        n_hits += hits[i]
    all_losses[step], all_hits[step] = unit * loss, n_hits


def loss_gradient(targets: Targets, epoch: Epoch, Z: Array, stop: Array) -> Array:
    """dZ of a step's batch, for the mean loss; its loss and hits go into the epoch's arrays.

    `epoch.scales` are to hold what `batch_scales` gives. `stop` is the program's, see `kernels.replay`.
    """
    n_rows, n_classes = Z.shape
    weights_here, losses, hits = np.empty(n_rows), np.empty(n_rows), np.empty(n_rows)
    shape = (tiles if n_classes <= MAX_TILE_CLASSES else rows).scratch_shape(n_classes)
    scratch, dZ = np.empty((n_rows, *shape), Z.dtype), empty(Z.shape, Z.dtype)
    taken = (epoch.order, epoch.starts, epoch.scales, targets.weights, right_classes(targets))
    made = (weights_here, losses, hits, stop, scratch)
    if isinstance(targets, LabelTargets):
        how: tuple[Array, ...] = (targets.labels, targets.hit, targets.shift, np.array([targets.shift_total]))
        each_row(_label_loss, n_rows, *taken, *how, *made, np.empty(n_rows, np.int64), Z, dZ)
    else:
        how = (targets.Y, targets.gain, targets.shift)
        each_row(_mass_loss, n_rows, *taken, *how, *made, np.empty(Z.shape, Z.dtype), Z, dZ)
    unit = np.array([targets.unit])
    afterwards(_add_up, 1, losses, hits, unit, epoch.hits, epoch.losses)
    return dZ


def right_classes(targets: Targets) -> Array:
    """The class of each row that counts as right: its label, or where most of its mass is (N,)."""
    if isinstance(targets, LabelTargets):
        return targets.labels
    return targets.Y.argmax(axis=1).astype(np.int64)


def row_weights(targets: Targets) -> Array:
    """What each row counts in the mean loss: (N,) float64."""
    if isinstance(targets, LabelTargets):
        weights = targets.weights * (targets.hit[targets.labels] + targets.shift_total)
    else:
        weights = np.broadcast_to(targets.weights, len(targets.Y))
    total = weights.sum()
    return np.asarray(weights * (targets.total_weight / total) if total > 0 else weights)


def batch_scales(targets: Targets, weights: Array, starts: Array) -> Array:
    """What the gradients of each batch's rows are multiplied by: (n_steps,) float64.

    The objective is F = (1/W) Σ_i w_i L_i over N rows of total weight W. A row is in a batch B of |B| rows with
    probability |B|/N, whatever its weight, so that

        E[Σ_{i∈B} w_i ∇L_i] = (|B|/N) Σ_i w_i ∇L_i = (|B| W/N) ∇F    and    E[N/(|B| W) Σ_{i∈B} w_i ∇L_i] = ∇F.

    Dividing by the batch's own weight instead would give another objective, in which weights count for less the
    smaller batches are, and for nothing in batches of one row.

    Parameters
    ----------
    targets : Targets
    weights : array (N,)
        What each row counts in the mean loss; not all 0.
    starts : array (n_steps,)
        Where among the N rows each batch begins.
    """
    sizes = np.diff(starts, append=len(weights))
    return targets.unit * (len(weights) / weights.sum()) / sizes
