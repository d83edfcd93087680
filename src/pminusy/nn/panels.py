"""Matrices that lie in panels while recorded steps are run.

A wide matrix of weights is shared out among threads by its columns. Row by row in memory, a processor that reads ahead
of its own columns would take the next ones away from the thread that writes them; in panels it doesn't. Everywhere else
matrices lie row by row: they are put into panels before steps are run, and back afterwards.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

import numpy as np

from pminusy.nn.program import Array, empty

ROWS, WIDTH = 24, 64  # of a block: whole tiles of a product


class Panels:
    """The matrices that lie in panels in the steps recorded for one training."""

    def __init__(self) -> None:
        self._cut: dict[int, tuple[Array, Array]] = {}  # by address: the matrix, and its memory in panels

    @contextmanager
    def recorded(self) -> Iterator[None]:
        """Let matrices be cut in steps that are recorded here."""
        token = _in_use.set(self)
        try:
            yield
        finally:
            _in_use.reset(token)

    @contextmanager
    def packed(self) -> Iterator[None]:
        """Put the matrices into panels here, for steps to be run, and back at the end."""
        for array, memory in self._cut.values():
            for columns, part in _panels(array, memory):
                part[...] = columns
        try:
            yield
        finally:
            for array, memory in self._cut.values():
                for columns, part in _panels(array, memory):
                    columns[...] = part

    def cut(self, array: Array) -> None:
        """Keep this matrix in panels."""
        self._cut.setdefault(array.ctypes.data, (array, empty((array.size,), array.dtype)))

    def memory(self, array: Array) -> Array | None:
        """Where its panels are, if it is cut."""
        return self._cut.get(array.ctypes.data, (None, None))[1]


_in_use: ContextVar[Panels | None] = ContextVar("pminusy_panels", default=None)


def cut(*arrays: Array) -> None:
    """Let these matrices lie in panels in the step that is being recorded, if it is to have any."""
    panels = _in_use.get()
    if panels is not None:
        for array in arrays:
            panels.cut(array)


def is_cut(array: Array) -> bool:
    """Whether this array lies in panels in the step that is being recorded."""
    panels = _in_use.get()
    return panels is not None and panels.memory(array) is not None


def memory_of(array: Array) -> Array:
    """An array's numbers one behind the other, as they lie in the step that is being recorded."""
    panels = _in_use.get()
    memory = None if panels is None else panels.memory(array)
    return array.reshape(-1) if memory is None else memory


def part_starts(array: Array, part: int) -> Array:
    """Where parts begin in `memory_of(array)`, and its size: blocks if it is cut, else so many elements each."""
    if not is_cut(array):
        return np.array([*range(0, array.size, part), array.size], np.int64)
    n_rows, n_columns = array.shape
    n_above = np.arange(0, n_rows, ROWS)
    widths = [(left, min(WIDTH, n_columns - left)) for left in range(0, n_columns, WIDTH)]
    return np.array(
        [n_rows * left + n * width for left, width in widths for n in n_above] + [array.size], np.int64
    )


def width_of(array: Array) -> int:
    """How many columns of a matrix lie together in `memory_of` it."""
    return WIDTH if is_cut(array) else array.shape[1]


def _panels(array: Array, memory: Array) -> Iterator[tuple[Array, Array]]:
    """The columns of a matrix, and the panels that they are to lie in."""
    n_rows, n_columns = array.shape
    for left in range(0, n_columns, WIDTH):
        right = min(n_columns, left + WIDTH)
        yield array[:, left:right], memory[n_rows * left : n_rows * right].reshape(n_rows, right - left)
