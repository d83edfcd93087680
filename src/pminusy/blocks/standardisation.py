"""Columns brought to mean 0 and mean square 1, one affine map for each."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

Array = NDArray[Any]

_ROWS = 4096  # at a time


@dataclass(frozen=True)
class Standardisation:
    """x ↦ (x − centre) / scale, for each column: both (D,) float64."""

    centre: Array
    scale: Array

    @classmethod
    def of(cls, X: Array, *, centred: bool, counted: NDArray[np.bool_]) -> Self:
        """The one after which each column's mean square is 1, and with `centred` its mean 0, over the `counted` rows.

        Constant columns, and without `centred` those of zeros, are divided by 1.
        """
        n_rows, centre = int(np.count_nonzero(counted)), np.zeros(X.shape[1])
        if centred:
            centre = cls.sums(X, counted) / n_rows
        return cls.about(centre, cls.squares(X, counted, centre), n_rows)

    @classmethod
    def about(cls, centre: Array, squares: Array, n_rows: int) -> Self:
        """The one that moves `centre` to 0, from the sums of the squared distances from it."""
        scale = np.sqrt(squares / n_rows)
        negligible = scale <= 10 * np.finfo(np.float64).eps * np.abs(centre)
        return cls(centre, np.where(negligible, 1.0, scale))

    @staticmethod
    def sums(X: Array, counted: NDArray[np.bool_]) -> Array:
        """Of each column over the rows that count: (D,)."""
        blocks = (block.sum(axis=0, dtype=np.float64) for block in _blocks(X, counted))
        return sum(blocks, np.zeros(X.shape[1]))

    @staticmethod
    def squares(X: Array, counted: NDArray[np.bool_], centre: Array) -> Array:
        """Those of the squared distances from `centre`."""
        blocks = (np.square(block - centre).sum(axis=0) for block in _blocks(X, counted))
        return sum(blocks, np.zeros(X.shape[1]))

    def write(self, rows: Array, out: Array) -> None:
        """The rows, standardised, into `out`."""
        np.subtract(rows, self.centre, out=out, casting="unsafe")
        np.divide(out, self.scale, out=out, casting="unsafe")


def _blocks(X: Array, counted: NDArray[np.bool_]) -> Iterator[Array]:
    """The rows that count, some at a time; copied only where some of these do not."""
    for start in range(0, len(X), _ROWS):
        rows, chosen = X[start : start + _ROWS], counted[start : start + _ROWS]
        yield rows if chosen.all() else rows[chosen]
