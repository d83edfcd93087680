"""Reduce the learning rate when the loss stops improving.

Source: as PyTorch's ReduceLROnPlateau with a relative threshold.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from pminusy.nn.program import Array
from pminusy.options import check_integer, check_numbers


def _at_the_beginning() -> dict[str, Array]:
    return {"best": np.full(1, np.inf), "stalled": np.zeros(1), "factor": np.ones(1)}


@dataclass(frozen=True)
class ReduceOnPlateau:
    """Multiply the learning rate by `factor` when the loss has not improved for more than `patience` epochs.

    An epoch stalls when its loss is not below (1 − threshold)·(the best so far); one that is not a number stalls too.

    Parameters
    ----------
    factor : float in (0, 1)
    patience : int ≥ 0
    threshold : float in [0, 1)
    minimum : float in [0, 1]
        Lower bound of the learning rate, as a fraction of the base.

    Attributes
    ----------
    state : dict of ndarray (1,)
        "best", the best loss so far; "stalled", how many epochs in a row; "factor", what the next step takes of the
        learning rate.

    Raises
    ------
    InputError
        Names an option outside its interval.

    Examples
    --------
    >>> from pminusy.nn import ReduceOnPlateau
    >>> schedule = ReduceOnPlateau(patience=1)
    >>> for loss in (1.0, 0.5, 0.5, 0.6):
    ...     schedule.observe(loss)
    >>> schedule.factors(0, 2, total_steps=10)
    array([0.5, 0.5])
    """

    factor: float = 0.5
    patience: int = 2
    threshold: float = 1e-4
    minimum: float = 1e-3
    state: dict[str, Array] = field(default_factory=_at_the_beginning, init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        check_numbers("(0, 1)", factor=self.factor)
        check_numbers("[0, 1)", threshold=self.threshold)
        check_numbers("[0, 1]", minimum=self.minimum)
        check_integer(0, patience=self.patience)

    def factors(self, first_step: int, n_steps: int, total_steps: int) -> Array:
        """The same factor (n_steps,) for all these steps."""
        return np.full(n_steps, self.state["factor"][0])

    def observe(self, loss: float) -> None:
        """Count the epoch as stalled or not, and lower the factor when it is time."""
        best, stalled, factor = (self.state[name] for name in ("best", "stalled", "factor"))
        if loss < best[0] * (1 - self.threshold):
            best[0], stalled[0] = loss, 0
            return
        stalled[0] += 1
        if stalled[0] > self.patience:
            factor[0], stalled[0] = max(self.minimum, factor[0] * self.factor), 0
