"""What a network gives for a whole set: the way forth alone, block by block of each part that is in memory."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from pminusy.kernels.kinds import Integers, Matrix
from pminusy.kernels.operations import operation
from pminusy.losses.targets import Targets
from pminusy.nn.layer import Layer
from pminusy.nn.layers.elementwise import as_rows
from pminusy.nn.program import Array, each_row, recording
from pminusy.nn.training.epoch import Epoch
from pminusy.nn.training.loss import right_classes
from pminusy.nn.training.step import Samples

_BLOCK = 256  # rows


@operation
def _put(starts: Integers, Z: Matrix, out: Matrix, step, first, last):
    """The block's rows into their places."""
    for i in range(first, last):
        z, row = Z[i], out[starts[step] + i]
        for k in range(z.size):
            row[k] = z[k]


def evaluate(
    network: Layer, samples: Samples, dtype: np.dtype[Any], keep: Callable[[Array], Array] = lambda Z: Z
) -> Array:
    """The network's output for every sample, in order, or what is to be kept of each part's: (N, …)."""
    whole: Array | None = None
    for start, part in samples.parts():
        kept = keep(_evaluate_part(network, part, dtype))
        if len(part) == len(samples):
            return kept
        whole = np.empty((len(samples), *kept.shape[1:]), kept.dtype) if whole is None else whole
        whole[start : start + len(kept)] = kept
    assert whole is not None
    return whole


def measure(network: Layer, samples: Samples, targets: Targets, dtype: np.dtype[Any]) -> tuple[float, int]:
    """The sum of the samples' losses, and how many of them are classified rightly."""
    loss, n_right = 0.0, 0
    for start, part in samples.parts():
        here, Z = targets.rows(start, start + len(part)), _evaluate_part(network, part, dtype)
        loss += float(here.fused_pass(Z, 0.0, 1.0, np.empty((0, Z.shape[1]), dtype)).sum())
        n_right += int((Z.argmax(axis=1) == right_classes(here)).sum())
    return loss, n_right


def _evaluate_part(network: Layer, samples: Samples, dtype: np.dtype[Any]) -> Array:
    n_rows = len(samples)
    epoch = Epoch.of(n_rows, _BLOCK, 0)
    n_whole, rest = divmod(n_rows, _BLOCK)
    out: Array | None = None
    for size, first, n_steps in ((_BLOCK, 0, n_whole), (rest, n_whole, 1)):
        if not size or not n_steps:
            continue
        with recording() as program:
            Z, _ = network.forward(samples.batch(epoch, size))
            out = np.empty((n_rows, *Z.shape[1:]), dtype) if out is None else out
            each_row(_put, size, epoch.starts, as_rows(Z), as_rows(out))
        program.run(first, n_steps)
    if out is None:
        Z, _ = network.forward(np.empty((0, *samples.shape), dtype))
        return Z
    return out
