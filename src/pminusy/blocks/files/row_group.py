"""A row group of a Parquet file, decoded by several threads, a few columns at a time.

Few columns at a time are decoded as fast as all of them, take little memory beside the numbers, and fill whole cache
lines of the rows that they are written into.
"""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import Executor, wait
from functools import lru_cache
from typing import Any, final

from numpy.typing import NDArray

from pminusy.blocks.files.columns import Columns
from pminusy.blocks.files.stamps import Stamp
from pminusy.blocks.files.tables import Piece, explained

Array = NDArray[Any]

_TOGETHER = 16  # columns: a cache line of float32


@final
class RowGroup:
    """The features of a row group, which threads of a pool write into `out` (n, D) from now on.

    Parameters
    ----------
    piece : Piece
    stamp : Stamp
        Of its file, when it was first read.
    columns : Columns
    out : array
        Not to be touched before `numbers` has returned or raised.
    pool : Executor
    n_threads : int
        Of the pool's.
    """

    def __init__(
        self, piece: Piece, stamp: Stamp, columns: Columns, out: Array, pool: Executor, n_threads: int
    ) -> None:
        self._piece, self._stamp, self._columns, self._out = piece, stamp, columns, out
        together = min(_TOGETHER, -(-len(columns.features) // n_threads))
        firsts = iter(range(0, len(columns.features), together))  # `next` is atomic
        self._work = [pool.submit(self._decode, firsts, together) for _ in range(n_threads)]

    def numbers(self) -> Array:
        """`out`, once all of it is there.

        Raises
        ------
        InputError
            The file has changed, or cannot be read, or a cell is empty.
        """
        wait(self._work)  # whatever becomes of them: they write into `out`
        for each in self._work:
            each.result()
        return self._out

    def _decode(self, firsts: Iterator[int], together: int) -> None:
        """Columns that no other thread has taken, until there are none left."""
        import pyarrow.parquet as pq

        path, number = self._piece.path, self._piece.number
        self._stamp.check()
        with (
            explained("parquet", path),
            pq.ParquetFile(path, metadata=_footer(self._stamp), pre_buffer=False) as file,
        ):
            for first in firsts:
                some = self._columns.part(first, first + together)
                stored = some.stored(path, target=False)
                table = file.read_row_group(number, stored, use_threads=False) if stored else None
                some.numbers(table, path, self._out[:, first : first + together])


@lru_cache(maxsize=1)
def _footer(stamp: Stamp) -> Any:
    """What the file's end tells of its row groups, which takes longer to read than a few columns."""
    import pyarrow.parquet as pq

    return pq.read_metadata(stamp.path)
