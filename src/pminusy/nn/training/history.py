"""The history of training: a record per epoch, and how training ended."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Any


class Ending(StrEnum):
    """Why training ended."""

    MAX_EPOCHS = "max_epochs"
    EARLY_STOPPING = "early_stopping"
    CALLBACK = "callback"
    NOT_FINITE = "not_finite"

    @property
    def sentence(self) -> str:
        """What happened, in one sentence."""
        return _SENTENCES[self]


_SENTENCES = {
    Ending.MAX_EPOCHS: "Completed all epochs.",
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
    """

    ending: Ending
    n_epochs: int
    best_epoch: int
    n_averaged: int = 1
    epoch: int | None = None
    step: int | None = None
    layer: str | None = None

    def __str__(self) -> str:
        first = self.best_epoch - self.n_averaged + 1
        whose = f"averaged over epochs {first} to" if self.n_averaged > 1 else "from epoch"
        kept = f"Ran {self.n_epochs} epoch{'s' * (self.n_epochs != 1)}; weights {whose} {self.best_epoch}."
        if self.ending is not Ending.NOT_FINITE:
            return f"{self.ending.sentence} {kept}"
        where = f"First seen in epoch {self.epoch}, step {self.step}, in {self.layer}."
        return f"{self.ending.sentence} {where} {kept}"

    def __setstate__(self, state: dict[str, Any]) -> None:
        # Some formats keep an enumeration of texts as its text.
        self.__dict__.update(state, ending=Ending(state["ending"]))
