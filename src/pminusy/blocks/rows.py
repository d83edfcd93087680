"""What a sum over rows needs of them, wherever they live."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from pminusy.blocks.standardisation import Standardisation
from pminusy.kernels.linear import Rows

Array = NDArray[Any]
Selection = Array | slice  # of rows


class TakesRows(Protocol):
    """Something that rows can be copied from."""

    def take(self, rows: Array, n_ones: int = 0) -> Array:
        """A dense copy of these rows, with so many columns of ones after them."""


class RowShape(Protocol):
    """What can be told of the rows of X (N, D) without reading them."""

    @property
    def dtype(self) -> np.dtype[Any]:
        """What to compute in; blocks come in it, whatever the rows are stored as."""

    @property
    def sparse(self) -> bool:
        """Whether blocks are CSR."""

    @property
    def sequential(self) -> bool:
        """Whether the rows are best read in order, by one thread."""

    @property
    def standardisation(self) -> Standardisation | None:
        """What is done to each row on the way."""

    @property
    def shape(self) -> tuple[int, int]:
        """(N, D)."""

    @property
    def n_numbers(self) -> int:
        """How many numbers a pass reads."""


class RowStore(RowShape, Protocol):
    """The rows of X (N, D), read in blocks."""

    def scratch(self) -> Array:
        """Memory for one thread's `blocks`."""

    def blocks(self, start: int, stop: int, scratch: Array) -> Iterator[tuple[Rows, int, int]]:
        """The rows [start, stop), in order, and which they are; a block is good until the next one is asked for.

        Where blocks begin depends on shape and dtype only, and is a multiple of `BLOCK` rows from `start`.
        """

    def take(self, rows: Selection, n_ones: int = 0) -> Array:
        """A dense copy of these rows, with so many columns of ones after them."""

    def at_hand(self, rows: Array) -> TakesRows:
        """These rows, to be taken from again and again by their numbers; at most `most_at_hand` of them."""

    @property
    def most_at_hand(self) -> int:
        """How many rows may be at hand at the same time."""

    def room(self, shape: tuple[int, ...], dtype: np.dtype[Any]) -> Array:
        """Zeros to keep something of each row in."""

    def transposed(self, n_columns: int) -> Rows | None:
        """Xᵀ as rows, where a product Xᵀ dZ of so many columns is better gathered by features than added by rows."""
