"""Encoders that learn from a table of which only some rows are in memory at a time."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Iterator
from typing import Any, TypeAlias

import numpy as np
import polars as pl
from numpy.typing import NDArray

Array = NDArray[Any]

Pieces: TypeAlias = Callable[[], Iterable[pl.DataFrame]]
"""Begins a pass over the rows of a table: all of them in order, some at a time."""


class LearnsInPieces(ABC):
    """What `fit_transform` learns of all rows at once, learned in passes."""

    @abstractmethod
    def learn(self, pieces: Pieces) -> None:
        """Learn; the result is that of `fit_transform`, whatever the pieces."""


def recut(arrays: Iterable[Array], n_rows: int) -> Iterator[Array]:
    """The rows of arrays in blocks of so many, the last one shorter, so that sums over them have the same bits.

    Examples
    --------
    >>> [len(block) for block in recut([np.zeros((5, 1)), np.zeros((2, 1))], 3)]
    [3, 3, 1]
    """
    rest: Array | None = None
    for array in arrays:
        rows = array if rest is None else np.concatenate([rest, array])
        n_whole = len(rows) // n_rows * n_rows
        yield from (rows[start : start + n_rows] for start in range(0, n_whole, n_rows))
        rest = rows[n_whole:] if n_whole < len(rows) else None
    if rest is not None:
        yield rest
