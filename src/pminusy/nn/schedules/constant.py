"""The same learning rate from beginning to end."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from pminusy.nn.program import Array


@dataclass(frozen=True)
class Constant:
    """The factor is 1.

    Examples
    --------
    >>> from pminusy.nn import Constant
    >>> Constant().factors(0, 3, total_steps=3)
    array([1., 1., 1.])
    """

    @property
    def state(self) -> dict[str, Array]:
        """Empty."""
        return {}

    def factors(self, first_step: int, n_steps: int, total_steps: int) -> Array:
        """Ones (n_steps,)."""
        return np.ones(n_steps)

    def observe(self, loss: float) -> None:
        """The loss changes nothing."""
