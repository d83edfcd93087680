"""One-cycle schedule: cosine increase to the base learning rate, then cosine decay to almost zero.

Source: L. N. Smith and N. Topin, arXiv:1708.07120, section 3, in the form of PyTorch's OneCycleLR.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from pminusy.nn.program import Array
from pminusy.options import check_numbers


@dataclass(frozen=True)
class OneCycle:
    """One-cycle schedule: cosine increase, then cosine decay.

    With T steps in all, step t = 0, 1, … goes from `start` at 0 to 1 at the peak U = peak_at·T − 1, and from there to
    `final` at T − 1, where it stays; each way from a to b is b + (a − b)·(1 + cos(π·share)) / 2. The factors are those
    of OneCycleLR with pct_start = peak_at, div_factor = 1 / start and final_div_factor = start / final.

    Parameters
    ----------
    peak_at : float in [0, 1]
        Fraction of all steps after which the learning rate peaks.
    start, final : float in [0, 1]
        Learning rate of the first and the last step, as a fraction of the base.

    Raises
    ------
    InputError
        Names an option outside its interval.

    Examples
    --------
    >>> from pminusy.nn import OneCycle
    >>> OneCycle(peak_at=0.5).factors(0, 6, total_steps=6).round(2)
    array([0.04, 0.52, 1.  , 0.75, 0.25, 0.  ])
    """

    peak_at: float = 0.3
    start: float = 1 / 25
    final: float = 1e-4

    def __post_init__(self) -> None:
        check_numbers("[0, 1]", peak_at=self.peak_at, start=self.start, final=self.final)

    @property
    def state(self) -> dict[str, Array]:
        """Empty."""
        return {}

    def factors(self, first_step: int, n_steps: int, total_steps: int) -> Array:
        """The factors (n_steps,) of these steps."""
        steps = first_step + np.arange(n_steps)
        peak, end = self.peak_at * total_steps - 1, total_steps - 1
        up = _half_cosine(self.start, 1.0, steps, 0.0, peak)
        down = _half_cosine(1.0, self.final, steps, peak, end)
        return np.where(steps <= peak, up, down)

    def observe(self, loss: float) -> None:
        """The loss changes nothing."""


def _half_cosine(before: float, after: float, steps: Array, first: float, last: float) -> Array:
    """From the value at the first step to that at the last, where it stays."""
    share = np.clip((steps - first) / (last - first), 0.0, 1.0) if last > first else np.ones(len(steps))
    return after + (before - after) * (1 + np.cos(np.pi * share)) / 2
