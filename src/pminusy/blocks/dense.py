"""Dense rows in memory, of any dtype and order, in blocks that need no converted copy of the whole.

A block is handed on as it is where it already has the right layout. Otherwise a few rows at a time are written into
scratch memory in the dtype to compute in, and, where the solver wants them so, centred and scaled on the way.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, final

import numpy as np
from numpy.typing import NDArray

from pminusy.blocks.rows import Selection
from pminusy.blocks.standardisation import Standardisation
from pminusy.kernels.linear import BLOCK, Rows

Array = NDArray[Any]

_SCRATCH_ELEMENTS = 1 << 17


def converted_rows(n_features: int) -> int:
    """How many rows are converted at a time."""
    return max(1, _SCRATCH_ELEMENTS // (BLOCK * max(1, n_features))) * BLOCK


@final
@dataclass(frozen=True)
class DenseRows:
    """An array X (N, D), standardised or as it is; `dtype` is what to compute in."""

    X: Array
    dtype: np.dtype[Any]
    standardisation: Standardisation | None = None

    sparse = False
    sequential = False

    @property
    def shape(self) -> tuple[int, int]:
        """(N, D)."""
        return self.X.shape[0], self.X.shape[1]

    @property
    def n_numbers(self) -> int:
        """How many numbers a pass reads."""
        return int(self.X.size)

    def scratch(self) -> Array:
        """Memory for one thread's `blocks`."""
        if self._as_is():
            return np.empty((0, 0), self.dtype)
        return np.empty((min(converted_rows(self.X.shape[1]), len(self.X)), self.X.shape[1]), self.dtype)

    def blocks(self, start: int, stop: int, scratch: Array) -> Iterator[tuple[Rows, int, int]]:
        """The rows [start, stop), in order; each block is good until the next one is asked for."""
        none = np.empty(0, self.dtype), np.empty(0, np.int32), np.empty(0, np.int64)
        if self._as_is():
            yield Rows(self.X[start:stop], *none), start, stop
            return
        for first in range(start, stop, len(scratch)):
            last = min(stop, first + len(scratch))
            rows = scratch[: last - first]
            self._write(self.X[first:last], rows)
            yield Rows(rows, *none), first, last

    def take(self, rows: Selection, n_ones: int = 0) -> Array:
        """A copy of these rows, in `dtype`, with so many columns of ones after them."""
        chosen = self.X[rows]
        taken = np.ones((len(chosen), chosen.shape[1] + n_ones), self.dtype)
        self._write(chosen, taken[:, : chosen.shape[1]])
        return taken

    def write_into(self, out: Array) -> None:
        """All rows, standardised, into `out` (N, D)."""
        self._write(self.X, out)

    def at_hand(self, rows: Array) -> DenseRows:  # noqa: ARG002
        """All rows are."""
        return self

    @property
    def most_at_hand(self) -> int:
        """All rows."""
        return self.X.shape[0]

    def room(self, shape: tuple[int, ...], dtype: np.dtype[Any]) -> Array:
        """Zeros to keep something of each row in."""
        return np.zeros(shape, dtype)

    def transposed(self, n_columns: int) -> None:
        """Nothing: the rows serve both products."""

    def _as_is(self) -> bool:
        return self.standardisation is None and self.X.dtype == self.dtype and self.X.flags.c_contiguous

    def _write(self, rows: Array, out: Array) -> None:
        if self.standardisation is None:
            np.copyto(out, rows, casting="unsafe")
        else:
            self.standardisation.write(rows, out)
