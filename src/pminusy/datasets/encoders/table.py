"""A table's columns, each encoded by its role, side by side."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any

import numpy as np
import polars as pl

from pminusy.datasets.encoders.encoder import Encoder
from pminusy.datasets.encoders.in_pieces import LearnsInPieces, Pieces


@dataclass
class Table(Encoder, LearnsInPieces):
    """The encoders' features side by side: a CSR matrix where it is worth it, else an array.

    Attributes
    ----------
    encoders : tuple of Encoder
        Each takes the columns that it names from the table.
    most : float
        The result is sparse where less than this share of the training rows' numbers are stored.
    sparse : bool
        Whether it is.
    """

    encoders: tuple[Encoder, ...]
    most: float
    sparse: Any = None

    def fit_transform(self, X: pl.DataFrame, y: Any = None) -> Any:
        """See `Encoder`."""
        parts = [encoder.fit_transform(X) for encoder in self.encoders]
        n_numbers = sum(part.shape[0] * part.shape[1] for part in parts)
        n_stored = sum(part.size for part in parts)
        self.sparse = not all(map(_is_dense, parts)) and n_stored < self.most * n_numbers
        return self._side_by_side(parts)

    def learn(self, pieces: Pieces) -> None:
        """See `LearnsInPieces`; the result of `transform` is then an array.

        Raises
        ------
        TypeError
            An encoder learns from all rows at once only.
        """
        for encoder in self.encoders:
            if not isinstance(encoder, LearnsInPieces):
                raise TypeError(f"encoders: expected some that learn in pieces, got {encoder!r:.60}")
            encoder.learn(pieces)
        self.sparse = False

    def transform(self, X: pl.DataFrame) -> Any:
        """See `Encoder`."""
        return self._side_by_side([encoder.transform(X) for encoder in self.encoders])

    def names(self, columns: Sequence[str] | None = None) -> list[str]:
        """See `Encoder`."""
        return list(chain.from_iterable(encoder.names(columns) for encoder in self.encoders))

    def check(self) -> None:
        """See `Encoder`."""
        if type(self.sparse) is not bool:
            raise ValueError(f"sparse: expected true or false, got {self.sparse!r:.60}")
        for encoder in self.encoders:
            if not isinstance(encoder, Encoder):
                raise ValueError(f"encoders: expected encoders, got {encoder!r:.60}")
            encoder.check()

    def _side_by_side(self, parts: list[Any]) -> Any:
        if not self.sparse:
            return np.hstack([part if _is_dense(part) else part.toarray() for part in parts])
        from scipy.sparse import csr_matrix, hstack

        return hstack([csr_matrix(part) for part in parts], format="csr")


def _is_dense(part: Any) -> bool:
    return isinstance(part, np.ndarray)
