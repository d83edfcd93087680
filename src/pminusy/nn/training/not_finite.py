"""Where a network's numbers stopped being finite."""

from __future__ import annotations

import numpy as np

from pminusy.nn.layers.chain import Chain
from pminusy.nn.training.epoch import Epoch
from pminusy.nn.training.snapshot import numbers
from pminusy.nn.training.step import Samples


def first_not_finite(network: Chain, samples: Samples, epoch: Epoch, step: int, n_rows: int) -> str:
    """The first layer whose output for the step's batch is not finite, or else whose gradient was not."""
    once = Epoch.of(n_rows, max(1, n_rows), 0, all_at_hand=samples.all_at_hand)
    once.order[...] = epoch.order[epoch.starts[step] : epoch.starts[step] + n_rows]
    samples.bring(once, 0)
    X = samples.batch(once, n_rows)
    for i, layer in enumerate(network.layers):
        X, _ = layer.forward(X, training=True)
        if not np.isfinite(X).all():
            return f"the output of layer {i}, {layer}"
    learning = [
        (i, layer, parameter) for i, layer in enumerate(network.layers) for parameter in layer.parameters
    ]
    for (i, layer, _), norm in zip(learning, epoch.norms[step], strict=True):
        if not np.isfinite(norm):
            return f"the gradient of layer {i}, {layer}"
    for i, layer, parameter in learning:
        if not np.isfinite(parameter.value).all():
            return f"the update of {parameter.name} of layer {i}, {layer}"
    for i, layer in enumerate(network.layers):
        for name, kept in layer.state.items():
            if not np.isfinite(kept).all():
                return f"the {name} of layer {i}, {layer}"
    return "the loss"


def is_finite(network: Chain) -> bool:
    """Whether all numbers of a network are finite."""
    return all(np.isfinite(array).all() for array in numbers(network).values())
