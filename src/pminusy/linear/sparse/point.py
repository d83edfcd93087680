"""A point on the way: its logits, and what the loss is there."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

from pminusy.linear.sparse.data import Data
from pminusy.losses.softmax import softmax

Array = NDArray[Any]


@dataclass(frozen=True)
class Point:
    """Logits Z (N, K), the mean loss, and its gradient R = m∘P − Y by them (N, K)."""

    Z: Array
    loss: float
    R: Array

    @classmethod
    def at(cls, data: Data, Z: Array) -> Self:
        """The point with these logits."""
        R = np.empty_like(Z)
        return cls(Z, data.losses(Z, R), R)

    @cached_property
    def probabilities(self) -> Array:
        """P: (N, K)."""
        return softmax(self.Z)
