"""Rows that are not in memory, as a store of rows: the blocks that a dense array of the same shape would give."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, final

import numpy as np
from numpy.typing import NDArray

from pminusy.blocks.dense import DenseRows, converted_rows
from pminusy.blocks.outside import OutsideMatrix
from pminusy.blocks.room import make_room
from pminusy.blocks.rows import Selection, TakesRows
from pminusy.blocks.standardisation import Standardisation
from pminusy.kernels.linear import Rows

Array = NDArray[Any]

_ROWS = 2048  # at a time, where nothing is to be done to them
_SHARE = 8  # of the memory, for what is kept of each row in one place


@final
@dataclass(frozen=True)
class OutsideRows:
    """A matrix that is read, standardised or as it is; `dtype` is what to compute in."""

    X: OutsideMatrix
    dtype: np.dtype[Any]
    standardisation: Standardisation | None = None

    sparse = False

    @property
    def sequential(self) -> bool:
        """As the matrix is."""
        return self.X.sequential

    @property
    def shape(self) -> tuple[int, int]:
        """(N, D)."""
        return self.X.shape

    @property
    def n_numbers(self) -> int:
        """How many numbers a pass reads."""
        return self.X.size

    def scratch(self) -> Array:
        """Memory for one thread's `blocks`."""
        n_rows = _ROWS if self._as_is() else converted_rows(self.shape[1])
        return np.empty((min(n_rows, len(self.X)), self.shape[1]), self.dtype)

    def blocks(self, start: int, stop: int, scratch: Array) -> Iterator[tuple[Rows, int, int]]:
        """The rows [start, stop), in order; each block is good until the next one is asked for."""
        none = np.empty(0, self.dtype), np.empty(0, np.int32), np.empty(0, np.int64)
        for first in range(start, stop, len(scratch)):
            last = min(stop, first + len(scratch))
            rows = scratch[: last - first]
            if self._as_is():
                rows = self.X.read(first, last, rows)
            else:
                DenseRows(self.X.read(first, last), self.dtype, self.standardisation).write_into(rows)
            yield Rows(rows, *none), first, last

    def take(self, rows: Selection, n_ones: int = 0) -> Array:
        """A copy of these rows, in `dtype`, with so many columns of ones after them."""
        return DenseRows(self.X[rows], self.dtype, self.standardisation).take(slice(None), n_ones)

    def at_hand(self, rows: Array) -> TakesRows:
        """These rows in memory, read in one pass."""
        numbers = np.unique(rows)
        return _AtHand(numbers, DenseRows(self.X[numbers], self.dtype, self.standardisation))

    @property
    def most_at_hand(self) -> int:
        """How many rows fit into an eighth of the memory."""
        return max(1, self.X.memory // _SHARE // (self.X.dtype.itemsize * max(1, self.shape[1])))

    def room(self, shape: tuple[int, ...], dtype: np.dtype[Any]) -> Array:
        """Zeros to keep something of each row in: in memory, or in a file where they would take too much of it."""
        return make_room(shape, dtype, self.X.memory // _SHARE)

    def transposed(self, n_columns: int) -> None:
        """Nothing: the rows serve both products."""

    def _as_is(self) -> bool:
        return self.standardisation is None and self.X.dtype == self.dtype


@final
@dataclass(frozen=True)
class _AtHand:
    numbers: Array
    rows: DenseRows

    def take(self, rows: Array, n_ones: int = 0) -> Array:
        return self.rows.take(np.searchsorted(self.numbers, rows), n_ones)
