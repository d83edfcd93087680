"""Some of the rows of a matrix that is not in memory."""

from __future__ import annotations

from typing import Any, final

import numpy as np
from numpy.typing import NDArray

from pminusy.blocks.outside import OutsideMatrix

Array = NDArray[Any]


@final
class ChosenRows(OutsideMatrix):
    """The rows of X with these ascending numbers (n,), read where they are."""

    def __init__(self, X: OutsideMatrix, numbers: Array) -> None:
        self._X, self._numbers = X, numbers
        self.shape, self.dtype = (len(numbers), X.shape[1]), X.dtype
        self.memory, self.sequential = X.memory, X.sequential

    def read(self, start: int, stop: int, out: Array | None = None) -> Array:
        """The rows [start, stop)."""
        into = np.empty((stop - start, self.shape[1]), self.dtype) if out is None else out
        self._X.pick(self._numbers[start:stop], into)
        return into

    def decoded(self) -> ChosenRows:
        """Of the rows decoded."""
        return ChosenRows(self._X.decoded(), self._numbers)
