"""A sum over all rows as partial sums in a fixed order: the same bits whatever the number of threads.

The rows are cut into strands by shape alone. Threads take strands, each strand adds up its blocks in their order, and
whoever asked adds up the strands in theirs.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, final

from numpy.typing import NDArray

from pminusy.blocks.rows import RowStore
from pminusy.kernels.linear import BLOCK, Rows
from pminusy.kernels.parallel import PRODUCTS_PER_ELEMENT, over_ranges

_MOST = 8
_SUMS = 1 << 24  # numbers in all strands' own sums together
_WORK = 1 << 18  # multiplications that are worth a strand

Array = NDArray[Any]
Visit = Callable[[int, Rows, int, int], None]


@final
class Strands:
    """Rows cut for a sum.

    Parameters
    ----------
    rows : RowStore
    work : int
        Multiplications of a pass over all rows.
    n_sums : int
        How many numbers a strand keeps the sums of.
    """

    def __init__(self, rows: RowStore, work: int, n_sums: int) -> None:
        self._rows, self.borders = rows, _borders(rows.shape[0], work, n_sums)
        self._work_each = work // len(self) // PRODUCTS_PER_ELEMENT
        self._scratch: list[Array] = []  # of threads that are done with it

    def __len__(self) -> int:
        return len(self.borders) - 1

    def visit(self, begin: Callable[[int], None], visit: Visit) -> None:
        """begin(strand), then visit(strand, block, start, stop) for its blocks in order, in parallel over strands."""

        def run(first: int, last: int) -> None:
            scratch = self._scratch.pop() if self._scratch else self._rows.scratch()
            for strand in range(first, last):
                begin(strand)
                start, stop = self.borders[strand : strand + 2]
                for block, start_block, stop_block in self._rows.blocks(start, stop, scratch):
                    visit(strand, block, start_block, stop_block)
            self._scratch.append(scratch)

        over_parts(self._rows, run, len(self), self._work_each)


def over_parts(rows: RowStore, run: Callable[[int, int], None], n_parts: int, elements_each: int) -> None:
    """run(start, stop) over ranges of parts of the rows: in parallel, unless the rows are to be read in order."""
    if rows.sequential:
        run(0, n_parts)
    else:
        over_ranges(run, n_parts, elements_each)


def _borders(n_rows: int, work: int, n_sums: int) -> list[int]:
    """Where strands begin and end: at multiples of a block, at most as many as memory and work are worth."""
    n_blocks = -(-n_rows // BLOCK)
    worth = min(work // _WORK, max(2, _SUMS // n_sums), _MOST, n_blocks)
    n_strands = 1 << max(0, int(worth).bit_length() - 1)
    return [min(n_rows, n_blocks * strand // n_strands * BLOCK) for strand in range(n_strands + 1)]
