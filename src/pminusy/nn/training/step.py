"""One step of training, recorded: a batch, the forward pass, the loss, the backward pass, the update."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np

from pminusy.losses.targets import Targets
from pminusy.nn.layer import Layer, Shape
from pminusy.nn.optimizers.clipping import update_within
from pminusy.nn.optimizers.optimizer import Optimizer
from pminusy.nn.program import Array, Program, recording
from pminusy.nn.training.epoch import Epoch
from pminusy.nn.training.loss import loss_gradient


class Samples(Protocol):
    """The X of a set, from which batches are taken: in memory, or some rows at a time."""

    @property
    def shape(self) -> Shape:
        """Of one sample."""

    @property
    def all_at_hand(self) -> bool:
        """Whether all rows are, at the places of their numbers."""

    def __len__(self) -> int: ...

    def shuffle(self, epoch: Epoch, rows: Array, random: np.random.Generator) -> None:
        """Put these rows, in ascending order, into `epoch.order` as they can be brought at random."""

    def bring(self, epoch: Epoch, step: int) -> int:
        """Have the rows of this step, and of others after it, at hand, and say in `epoch.places` where.

        Returns
        -------
        int
            The first later step whose rows are not.
        """

    def batch(self, epoch: Epoch, n_rows: int) -> Any:
        """The batch of a step whose rows are at hand."""

    def parts(self) -> Iterator[tuple[int, Samples]]:
        """All rows in order, as samples in memory of some of them at a time, and at which row each part begins."""


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
