"""One step of training, recorded: a batch, the forward pass, the loss, the backward pass, the update."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np

from pminusy.losses.targets import Targets
from pminusy.nn.layer import Layer, Shape
from pminusy.nn.optimizers.clipping import update_within
from pminusy.nn.optimizers.optimizer import Optimizer
from pminusy.nn.program import Program, recording
from pminusy.nn.training.epoch import Epoch
from pminusy.nn.training.loss import loss_gradient


class Samples(Protocol):
    """The X of a set, from which batches are taken."""

    @property
    def shape(self) -> Shape:
        """Of one sample."""

    def __len__(self) -> int: ...

    def batch(self, epoch: Epoch, n_rows: int) -> Any:
        """The batch of a step."""


@dataclass(frozen=True)
class TrainingSet:
    """Samples, their settled targets, and what each row counts in the mean loss (N,)."""

    samples: Samples
    targets: Targets
    weights: np.ndarray[Any, np.dtype[np.float64]]


def record_step(
    network: Layer, data: TrainingSet, optimizer: Optimizer, epoch: Epoch, n_rows: int, limit: float
) -> Program:
    """The step for batches of so many rows, whose gradients' norm is held below `limit`."""
    parameters = network.parameters
    with recording() as program:
        Z, backward = network.forward(data.samples.batch(epoch, n_rows), training=True)
        dZ = loss_gradient(data.targets, epoch, Z, program.stop)
        for parameter in parameters:
            parameter.clear_gradient()
        backward(dZ, to_input=False)
        update_within(limit, optimizer, parameters, epoch, program)
    return program
