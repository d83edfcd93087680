"""What training goes on from, after each epoch."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from pminusy.nn.training.history import EpochRecord
from pminusy.nn.training.snapshot import Snapshot


@dataclass
class TrainingState:
    """What training goes on from, besides the network's, the optimiser's and the schedule's own numbers."""

    history: list[EpochRecord] = field(default_factory=list)
    n_updates: int = 0
    best: Snapshot | None = None
    best_loss: float = np.inf
    best_epoch: int = 0
    lowest: float = np.inf  # of the losses that are watched
    n_stalled: int = 0  # epochs in a row
    n_skipped: int = 0  # epochs of the schedule
    mean: Snapshot | None = None  # of the last epochs
    n_mean: int = 0  # epochs in it
    last: Snapshot | None = None  # the last epoch's numbers, where the network was given others

    @property
    def n_epochs(self) -> int:
        """Epochs done."""
        return len(self.history)

    @property
    def n_over(self) -> int:
        """Epochs done or skipped."""
        return self.n_epochs + self.n_skipped

    def watch(self, loss: float, tol: float) -> None:
        """Take note of whether an epoch's loss is lower than the lowest before, by more than `tol`."""
        self.n_stalled = 0 if loss < self.lowest - tol else self.n_stalled + 1
        self.lowest = min(loss, self.lowest)
