"""Cosine decay of the learning rate after a linear warm-up.

Source: I. Loshchilov and F. Hutter, ICLR 2017, arXiv:1608.03983, eq. 5, without restarts.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from pminusy.nn.program import Array
from pminusy.options import check_numbers


@dataclass(frozen=True)
class Cosine:
    """Linear warm-up, then cosine decay.

    With T steps in all, of which U = ⌊warmup·T⌋ are the warm-up, step t = 0, 1, … takes the factor

        (t + 1) / (U + 1)                                              for t < U
        final + (1 − final)·(1 + cos(π (t − U) / (T − U))) / 2         from there; `final` from step T on

    Parameters
    ----------
    warmup : float in [0, 1)
        Fraction of all steps used for warm-up.
    final : float in [0, 1]
        Final learning rate as a fraction of the base.

    Raises
    ------
    InputError
        Names an option outside its interval.

    Examples
    --------
    >>> from pminusy.nn import Cosine
    >>> Cosine(warmup=0.25).factors(0, 8, total_steps=8).round(2)
    array([0.33, 0.67, 1.  , 0.93, 0.75, 0.5 , 0.25, 0.07])
    """

    warmup: float = 0.05
    final: float = 0.0

    def __post_init__(self) -> None:
        check_numbers("[0, 1)", warmup=self.warmup)
        check_numbers("[0, 1]", final=self.final)

    @property
    def state(self) -> dict[str, Array]:
        """Empty."""
        return {}

    def factors(self, first_step: int, n_steps: int, total_steps: int) -> Array:
        """The factors (n_steps,) of these steps."""
        steps = first_step + np.arange(n_steps)
        n_up = int(self.warmup * total_steps)
        fallen = np.clip((steps - n_up) / max(1, total_steps - n_up), 0.0, 1.0)
        down = self.final + (1 - self.final) * (1 + np.cos(np.pi * fallen)) / 2
        return np.where(steps < n_up, (steps + 1) / (n_up + 1), down)

    def observe(self, loss: float) -> None:
        """The loss changes nothing."""
