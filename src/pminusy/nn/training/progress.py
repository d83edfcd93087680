"""What training tells whoever watches."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Protocol

from pminusy.nn.training.history import EpochRecord


@dataclass(frozen=True)
class Progress:
    """Where an epoch is.

    Attributes
    ----------
    epoch, n_epochs : int
        The epoch, from 1, and how many there may be.
    step, n_steps : int
        Batches done in it, and how many there are.
    loss, accuracy : float
        Mean over the epoch's batches so far.
    rows_per_second : float
    seconds_left : float
        Until the epoch's end.
    """

    epoch: int
    n_epochs: int
    step: int
    n_steps: int
    loss: float
    accuracy: float
    rows_per_second: float
    seconds_left: float


class Callback(Protocol):
    """Told of a fit while it runs, in its thread.

    Examples
    --------
    >>> class Printer:
    ...     def on_batches(self, progress):
    ...         pass
    ...
    ...     def on_epoch(self, model, record):
    ...         print(record.epoch, record.loss)
    """

    def on_batches(self, progress: Progress) -> None:
        """Some batches are done; several times a second at most."""

    def on_epoch(self, model: Any, record: EpochRecord) -> bool | None:
        """An epoch is done; `model` is the estimator with the weights so far. True ends training."""
