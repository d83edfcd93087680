"""How long a network is trained, and on what."""

from __future__ import annotations

from dataclasses import dataclass, replace


@dataclass(frozen=True)
class TrainingOptions:
    """How long to train, and on what.

    Attributes
    ----------
    batch_size, max_epochs, seed : int
    tol : float
    n_iter_no_change : int
        Training stops after so many epochs in a row whose loss is not lower by more than `tol` than the lowest before.
    early_stopping : bool
        Whether the loss that is watched is that of validation, and the best epoch's weights are kept.
    max_gradient_norm : float
        Larger gradients are scaled down to it.
    planned_epochs : int
        How many epochs the schedule is spread over.
    n_averaged : int
        At the end the network gets the mean of its numbers after so many last epochs, or after those without a lower
        loss that made it stop, if that mean has the lower training loss. Not with early stopping.
    decay_by_loss : float
        Weight decay is multiplied by 1 + this × the mean loss of the epoch before, which counts as at most log K.
    open_ended : bool
        Whether there may be more epochs later, on other data: then the loss neither stops training nor is judged.
    """

    batch_size: int
    max_epochs: int
    planned_epochs: int
    tol: float
    n_iter_no_change: int
    seed: int
    early_stopping: bool
    max_gradient_norm: float
    n_averaged: int = 1
    decay_by_loss: float = 0.0
    open_ended: bool = False

    def one_more(self, n_over: int) -> TrainingOptions:
        """To do one epoch after so many, whatever its loss."""
        return replace(self, max_epochs=n_over + 1, open_ended=True, early_stopping=False, n_averaged=1)
