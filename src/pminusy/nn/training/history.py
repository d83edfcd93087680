"""The history of training: a record per epoch, and how training ended."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any


class Ending(StrEnum):
    """Why training ended."""

    MAX_EPOCHS = "max_epochs"
    CONVERGED = "converged"
    EARLY_STOPPING = "early_stopping"
    CALLBACK = "callback"
    NOT_FINITE = "not_finite"

    @property
    def sentence(self) -> str:
        """What happened, in one sentence."""
        return _SENTENCES[self]


_SENTENCES = {
    Ending.MAX_EPOCHS: "Completed all epochs.",
    Ending.CONVERGED: "The training loss stopped falling.",
    Ending.EARLY_STOPPING: "The validation loss stopped improving; the best epoch's weights are kept.",
    Ending.CALLBACK: "A callback stopped training.",
    Ending.NOT_FINITE: "The loss, its gradient or a weight became non-finite.",
}


@dataclass(frozen=True)
class EpochRecord:
    """One epoch.

    Attributes
    ----------
    epoch : int
        From 1.
    loss, accuracy : float
        Mean over the batches of the epoch, each measured before its own update.
    gradient_norm : float
        Norm of the full gradient before clipping, averaged over the steps.
    layer_norms : tuple of float
        The same for each parameter, in network order.
    learning_rate : float
        Of the last step.
    seconds : float
        Duration of the epoch, including validation.
    rows_per_second : float
        In training.
    validation_loss, validation_accuracy : float or None
        After the epoch; None without validation data.
    """

    epoch: int
    loss: float
    accuracy: float
    gradient_norm: float
    layer_norms: tuple[float, ...]
    learning_rate: float
    seconds: float
    rows_per_second: float
    validation_loss: float | None = None
    validation_accuracy: float | None = None

    def __str__(self) -> str:
        validation = ""
        if self.validation_loss is not None:
            validation = (
                f", validation loss {self.validation_loss:.4f}, validation accuracy "
                f"{self.validation_accuracy:.2%}"
            )
        return (
            f"epoch {self.epoch:>3}: loss {self.loss:.4f}, accuracy {self.accuracy:.2%}{validation}, "
            f"gradient norm {self.gradient_norm:.2g}, learning rate {self.learning_rate:.2g}, {self.seconds:.2f} s"
        )


_LATE = 10  # the last epochs are one in so many
_CLEARLY_BELOW = 0.98
_LEARNED = 0.99


def is_still_falling(losses: Sequence[float], accuracy: float) -> bool:
    """Whether a loss fell clearly over the last tenth of the epochs, and there are rows left to learn.

    A loss that still falls is no reason to go on where hardly a row is wrong any more.

    Examples
    --------
    >>> is_still_falling([1.0, 0.8, 0.7], accuracy=0.75)
    True
    >>> is_still_falling([1.0, 0.5, 0.499], accuracy=0.75)
    False
    """
    if len(losses) < 2 or accuracy >= _LEARNED:
        return False
    n_late = max(1, len(losses) // _LATE)
    return losses[-1] < _CLEARLY_BELOW * losses[-1 - n_late]


@dataclass(frozen=True)
class TrainingResult:
    """How training ended.

    Attributes
    ----------
    ending : Ending
    n_epochs : int
        Number of epochs completed.
    best_epoch : int
        The epoch whose weights are kept, from 1; 0 for the weights at the start.
    n_averaged : int
        Number of epochs whose final weights are averaged, up to and including `best_epoch`.
    epoch, step : int or None
        Where the loss became non-finite, from 1.
    layer : str or None
        The first layer whose output or gradient was not finite there.
    still_falling : bool
        Whether all epochs were completed while the training loss, or with early stopping the validation loss, was still
        falling clearly.
    """

    ending: Ending
    n_epochs: int
    best_epoch: int
    n_averaged: int = 1
    epoch: int | None = None
    step: int | None = None
    layer: str | None = None
    still_falling: bool = False

    def __str__(self) -> str:
        first = self.best_epoch - self.n_averaged + 1
        whose = f"averaged over epochs {first} to" if self.n_averaged > 1 else "from epoch"
        kept = f"Ran {self.n_epochs} epoch{'s' * (self.n_epochs != 1)}; weights {whose} {self.best_epoch}."
        more = ""
        if self.ending is Ending.NOT_FINITE:
            more = f"First seen in epoch {self.epoch}, step {self.step}, in {self.layer}. "
        elif self.still_falling:
            more = "The loss was still falling. "
        return f"{self.ending.sentence} {more}{kept}"

    def __setstate__(self, state: dict[str, Any]) -> None:
        # Some formats keep an enumeration of texts as its text.
        self.__dict__.update(state, ending=Ending(state["ending"]))
