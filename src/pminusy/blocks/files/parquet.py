"""Rows of Parquet files, decoded a row group at a time, the next one while the present one is computed with."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import RLock
from typing import Any, final

import numpy as np
from numpy.typing import NDArray

from pminusy.blocks.files.columns import Columns
from pminusy.blocks.files.decoded import DecodedRows
from pminusy.blocks.files.row_group import RowGroup
from pminusy.blocks.files.stamps import Stamp
from pminusy.blocks.files.tables import Piece
from pminusy.blocks.outside import OutsideMatrix
from pminusy.errors import InputError
from pminusy.kernels.parallel import available_cpus, n_threads

Array = NDArray[Any]

_GROUPS = 3  # decoded at a time: one that is used, one ahead, and about as much for what pyarrow holds of it
_ROWS = 2048  # that are written at a time
_SHARE = 2  # of the memory: the rest is for what is kept of each row


@final
class ParquetRows(OutsideMatrix):
    """The features of all row groups, one group after the other.

    Raises
    ------
    InputError
        The row groups are too large for the memory.
    """

    sequential = True

    def __init__(
        self, pieces: Sequence[Piece], columns: Columns, memory: int, stamps: Sequence[Stamp]
    ) -> None:
        self.columns, self.memory, self.dtype = columns, memory, columns.dtype
        self._pieces, self._stamps = pieces, {Path(stamp.path): stamp for stamp in stamps}
        self._starts = np.cumsum([0, *(piece.n_rows for piece in pieces)])
        self.shape = int(self._starts[-1]), len(columns.features)
        largest = max(piece.n_rows for piece in pieces)
        n_bytes = largest * self.shape[1] * self.dtype.itemsize
        if _GROUPS * n_bytes > memory // _SHARE:
            raise InputError(
                f"memory: expected at least {_SHARE * _GROUPS * n_bytes / 1e6:.0f} MB, as row groups have up to "
                f"{largest} rows, got {memory / 1e6:.0f} MB; with a cache, or smaller row groups, less is enough"
            )
        self._buffers = [np.empty((largest, self.shape[1]), self.dtype) for _ in range(2)]
        self._lock, self._pool = RLock(), ThreadPoolExecutor(available_cpus(), "pminusy-read-ahead")
        self._here: tuple[int, Array] | None = None
        self._ahead: tuple[int, RowGroup] | None = None

    def read(self, start: int, stop: int, out: Array | None = None) -> Array:
        """The rows [start, stop)."""
        into = np.empty((stop - start, self.shape[1]), self.dtype) if out is None else out
        with self._lock:
            number = int(np.searchsorted(self._starts, start, side="right")) - 1
            while start < stop:
                end = min(stop, int(self._starts[number + 1]))
                first = int(self._starts[number])
                into[len(into) - (stop - start) : len(into) - (stop - end)] = self._group(number)[
                    start - first : end - first
                ]
                start, number = end, number + 1
        return into

    def decoded(self) -> DecodedRows:
        """All row groups decoded into a temporary file without a name."""
        with tempfile.TemporaryFile(prefix="pminusy-rows-") as file:
            for start in range(0, len(self), _ROWS):
                file.write(self.read(start, min(len(self), start + _ROWS)).data)
            file.flush()
            return DecodedRows(file, self.shape, self.columns, self.memory)

    def _group(self, number: int) -> Array:
        """A row group's numbers; the next group is decoded from now on, after the last one the first."""
        if self._here is not None and self._here[0] == number:
            return self._here[1]
        ahead, self._ahead = self._ahead, None
        decoded = ahead[1].numbers() if ahead else None  # whatever it is: it is written into a buffer
        if ahead is None or ahead[0] != number:
            decoded = self._decode(number).numbers()
        assert decoded is not None
        self._here = number, decoded
        following = (number + 1) % len(self._pieces)
        if following != number:
            self._ahead = following, self._decode(following)
        return decoded

    def _other_buffer(self) -> Array:
        """The one that is not in use."""
        used = self._here is not None and np.shares_memory(self._here[1], self._buffers[0])
        return self._buffers[1 if used else 0]

    def _decode(self, number: int) -> RowGroup:
        """Begin to."""
        piece, threads = self._pieces[number], min(n_threads(), available_cpus())
        stamp, out = self._stamps[piece.path.resolve()], self._other_buffer()[: piece.n_rows]
        return RowGroup(piece, stamp, self.columns, out, self._pool, threads)
