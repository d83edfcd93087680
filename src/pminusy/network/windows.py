"""Rows that are not in memory, as samples of which a window at a time is.

In an epoch blocks of successive rows are dealt out to windows at random: of as many successive blocks as there are
windows each gets one, so that also of a table that is sorted every window has rows from all over it. The rows of a
window are shuffled among each other, and trained on. What is random about it follows from the rows' numbers, the shape
and the memory alone. Rows that all fit into one window are shuffled as in memory, and stay there.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from typing import Any, final

import numpy as np
from numpy.typing import NDArray

from pminusy.blocks.outside import OutsideMatrix
from pminusy.errors import InputError
from pminusy.nn.layer import Shape
from pminusy.nn.training.batches import DenseSamples
from pminusy.nn.training.epoch import Epoch

Array = NDArray[Any]

_SHARE = 2  # of the memory, for the window
_BLOCK_BYTES = 1 << 18  # read at a place: on solid disks more at once is not faster
_LEAST_BLOCKS = 64  # in a window, so that rows from all over the table are in each
_PART = 8192  # rows that are evaluated together
_PART_SHARE = 8  # of the memory


def window_rows(X: OutsideMatrix) -> int:
    """How many rows a window has room for."""
    return min(len(X), X.memory // _SHARE // _row_bytes(X))


def _row_bytes(X: OutsideMatrix) -> int:
    return X.shape[1] * X.dtype.itemsize


@final
class WindowedSamples:
    """The rows of a matrix; `dtype` is that of the batches."""

    all_at_hand = False

    def __init__(self, X: OutsideMatrix, dtype: np.dtype[Any]) -> None:
        self._X, self._dtype = X, dtype
        self._n_window = window_rows(X)
        self._rows: Array | None = None  # in the window, ascending

    def __len__(self) -> int:
        return len(self._X)

    @property
    def shape(self) -> Shape:
        """Of one sample."""
        return (self._X.shape[1],)

    def shuffle(self, epoch: Epoch, rows: Array, random: np.random.Generator) -> None:
        """Blocks dealt out to the windows, then the rows of each window shuffled."""
        if len(rows) <= self._n_window:
            epoch.order[...] = random.permutation(rows)
            return
        size = max(1, min(_BLOCK_BYTES // _row_bytes(self._X), self._n_window // _LEAST_BLOCKS))
        n_windows = -(-epoch.n_steps // self._n_steps(epoch))
        done = 0
        for block in _dealt(-(-len(rows) // size), n_windows, random):
            some = rows[block * size : (block + 1) * size]
            epoch.order[done : done + len(some)] = some
            done += len(some)
        for step in range(0, epoch.n_steps, self._n_steps(epoch)):
            random.shuffle(epoch.order[self._range(epoch, step)])

    def bring(self, epoch: Epoch, step: int) -> int:
        """Read the window that the step is in, unless its rows are here."""
        places = self._range(epoch, step)
        order = np.argsort(epoch.order[places])
        rows = epoch.order[places][order]
        if self._rows is None or not np.array_equal(rows, self._rows):
            self._rows = None  # whatever becomes of the reading
            self._X.pick(rows, self._window[: len(rows)])
            self._rows = rows
        epoch.places[places][order] = np.arange(len(rows))
        n = self._n_steps(epoch)
        return min(epoch.n_steps, step // n * n + n)

    def batch(self, epoch: Epoch, n_rows: int) -> Array:
        """The batch of a step whose rows are in the window."""
        if n_rows > self._n_window:
            least = _SHARE * n_rows * _row_bytes(self._X)
            raise InputError(
                f"memory: expected at least {least / 1e6:.1f} MB for batches of {n_rows} rows, "
                f"got {self._X.memory / 1e6:.1f} MB; with a smaller batch_size less is enough"
            )
        return DenseSamples(self._window, self._dtype).batch(epoch, n_rows)

    def parts(self) -> Iterator[tuple[int, DenseSamples]]:
        """Read in order."""
        size = max(1, min(_PART, self._X.memory // _PART_SHARE // _row_bytes(self._X)))
        for start in range(0, len(self), size):
            yield start, DenseSamples(self._X[start : start + size], self._dtype)

    @cached_property
    def _window(self) -> Array:
        return np.empty((self._n_window, self._X.shape[1]), self._X.dtype)

    def _n_steps(self, epoch: Epoch) -> int:
        """How many steps' batches are in a window."""
        n_rows = len(epoch.order)
        if n_rows <= self._n_window:
            return epoch.n_steps
        most = self._n_window // int(epoch.starts[1])
        return -(-epoch.n_steps // -(-epoch.n_steps // most))  # as many in each, but for the last

    def _range(self, epoch: Epoch, step: int) -> slice:
        """Where in `epoch.order` the rows of the window are that the step is in."""
        n = self._n_steps(epoch)
        first, stop = step // n * n, step // n * n + n
        end = len(epoch.order) if stop >= epoch.n_steps else int(epoch.starts[stop])
        return slice(int(epoch.starts[first]), end)


def _dealt(n_blocks: int, n_windows: int, random: np.random.Generator) -> Array:
    """The blocks' numbers, window by window."""
    dealt = np.arange(-(-n_blocks // n_windows) * n_windows).reshape(-1, n_windows)
    by_window = random.permuted(
        random.permuted(dealt, axis=1), axis=0
    ).T.ravel()  # a window's too, as some spill over
    return by_window[by_window < n_blocks]
