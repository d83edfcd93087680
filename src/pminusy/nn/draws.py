"""What random numbers depend on: a seed, and how many times they were drawn afresh."""

from __future__ import annotations

from typing import Any, Self

import numpy as np


class Draws(np.ndarray):
    """[seed, times], int64: state of a layer that draws at random, which a training loop renews before every epoch.

    Within an epoch what is drawn differs by the number of the step.
    """

    def __new__(cls, values: Any) -> Self:
        """An array of these values, as files of other packages make it anew."""
        return np.array(values, np.int64).view(cls)

    def renew(self) -> None:
        """Let everything be drawn afresh."""
        self[1] += 1


def seeded_draws(rng: np.random.Generator) -> Draws:
    """Draws with a seed from a generator, not renewed yet."""
    return Draws([rng.integers(2**63 - 1), 0])
