"""What a schedule is: the share of the base learning rate that each step of a fit takes."""

from __future__ import annotations

from typing import Protocol

from pminusy.nn.program import Array


class Schedule(Protocol):
    """Factors of the base learning rate.

    Attributes
    ----------
    state : dict of ndarray
        What is kept from epoch to epoch, by name; changed in place, and empty where the step alone decides.
    """

    @property
    def state(self) -> dict[str, Array]:
        """See above."""

    def factors(self, first_step: int, n_steps: int, total_steps: int) -> Array:
        """The factors (n_steps,), float64, of steps first_step, first_step + 1, … of a fit of total_steps."""

    def observe(self, loss: float) -> None:
        """Take note of the loss that is watched, after an epoch."""
