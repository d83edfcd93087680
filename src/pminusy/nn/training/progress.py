"""Callbacks, and the progress reported to them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Protocol

from pminusy.nn.training.history import EpochRecord


@dataclass(frozen=True)
class Progress:
    """Progress within an epoch.

    Attributes
    ----------
    epoch, n_epochs : int
        The epoch, from 1, and the maximum number of epochs.
    step, n_steps : int
        Batches completed in the epoch, and their total number.
    loss, accuracy : float
        Mean over the epoch's batches so far.
    rows_per_second : float
    seconds_left : float
        Estimated time until the end of the epoch.
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
    """Called during a fit, in the thread of the fit.

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
        """Called after some of the batches, at most several times a second."""

    def on_epoch(self, model: Any, record: EpochRecord) -> bool | None:
        """Called after each epoch; `model` is the estimator with its current weights. Return True to stop training."""
