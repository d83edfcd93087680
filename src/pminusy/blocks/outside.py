"""A matrix whose rows are not in memory: what a fit asks of an array, done by reading."""

from __future__ import annotations

from abc import ABC, abstractmethod
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[Any]

_SPAN = 2048  # rows that are read together to pick some of them
_THIN = 64  # rows for each one that is wanted: where they lie further apart they are read one by one


class OutsideMatrix(ABC):
    """X (N, D), C-contiguous wherever a part of it is in memory.

    Attributes
    ----------
    shape : (int, int)
        (N, D).
    dtype : dtype
        What rows are read as.
    memory : int
        Bytes that what is read, and what is kept for each row, may take together.
    sequential : bool
        Whether it is best read in order, by one thread.
    """

    shape: tuple[int, int]
    dtype: np.dtype[Any]
    memory: int
    sequential: bool

    @property
    def size(self) -> int:
        """How many numbers there are."""
        return self.shape[0] * self.shape[1]

    def __len__(self) -> int:
        return self.shape[0]

    @abstractmethod
    def read(self, start: int, stop: int, out: Array | None = None) -> Array:
        """The rows [start, stop), in `out` (stop - start, D) where they have to be written somewhere.

        What is returned is not to be written to.
        """

    @abstractmethod
    def decoded(self) -> OutsideMatrix:
        """The same rows where any of them are quickly read: in a temporary file, unless they are already.

        Raises
        ------
        OSError
            The folder for temporary files has no room for them.
        """

    def pick(self, numbers: Array, out: Array) -> None:
        """Rows by their ascending numbers, into `out`: those that follow one another are read in place."""
        gaps = np.flatnonzero(np.diff(numbers) >= _THIN) + 1
        for begin, end in pairwise([0, *gaps.tolist(), len(numbers)]):
            for start in range(begin, end, _SPAN):
                some = numbers[start : min(end, start + _SPAN)]
                into, first, stop = out[start : start + len(some)], int(some[0]), int(some[-1]) + 1
                rows = self.read(first, stop, into) if stop - first == len(some) else self._picked(some)
                if rows is not into:
                    into[...] = rows

    def __getitem__(self, rows: Any) -> Array:
        """Rows by a slice, by their numbers in any order, or by a mask."""
        if isinstance(rows, slice):
            start, stop, step = rows.indices(len(self))
            if step == 1:
                return self.read(start, max(start, stop))
            rows = np.arange(start, stop, step)
        numbers = np.asarray(rows)
        return self._picked(np.flatnonzero(numbers) if numbers.dtype == np.bool_ else numbers)

    def _picked(self, numbers: Array) -> Array:
        """These rows, read in ascending order."""
        order = np.argsort(numbers, kind="stable")
        ascending = numbers[order]
        picked = np.empty((len(numbers), self.shape[1]), self.dtype)
        thin = len(numbers) and ascending[-1] - ascending[0] >= _THIN * len(numbers)
        done = 0
        while done < len(ascending):
            first = int(ascending[done])
            end = int(np.searchsorted(ascending, first + (1 if thin else _SPAN)))
            rows = self.read(first, int(ascending[end - 1]) + 1)
            picked[order[done:end]] = rows[ascending[done:end] - first]
            done = end
        return picked
