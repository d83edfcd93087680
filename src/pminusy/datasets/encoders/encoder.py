"""What all encoders have: scikit-learn's interface of a transformer, and fields that a file can hold."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

Array = NDArray[Any]


class Encoder(ABC):
    """Rows of raw features to numbers; the subclasses are dataclasses, and what is None in one is learned by `fit`."""

    @abstractmethod
    def fit_transform(self, X: Any, y: Any = None) -> Any:
        """Learn from rows, and encode them: a fresh array or CSR matrix (N, D)."""

    @abstractmethod
    def transform(self, X: Any) -> Any:
        """Encode rows: a fresh array or CSR matrix (N, D)."""

    @abstractmethod
    def names(self, columns: Sequence[str] | None) -> list[str]:
        """The names of the D features; `columns` has those that go in, where the encoder doesn't know them."""

    @abstractmethod
    def check(self) -> None:
        """A ValueError where what was read from a file is nothing that `fit` learns."""

    def fit(self, X: Any, y: Any = None) -> Self:
        """Learn from rows."""
        self.fit_transform(X, y)
        return self

    def get_feature_names_out(self, columns: Sequence[str] | None = None) -> NDArray[np.object_]:
        """The names of the features, as scikit-learn's transformers give them."""
        return np.array(self.names(columns), dtype=object)


def numbered(columns: Sequence[str] | None, n_columns: int | None) -> list[str]:
    """The columns' names; x0, x1, … where they have none."""
    return list(columns) if columns is not None else [f"x{i}" for i in range(n_columns or 0)]


def check_vectors(length: int, **vectors: Any) -> None:
    """A ValueError where a field is no vector of so many finite numbers."""
    for name, vector in vectors.items():
        if not (isinstance(vector, np.ndarray) and vector.dtype.kind in "fiu" and vector.shape == (length,)):
            raise ValueError(f"{name}: expected {length} numbers, got {vector!r:.60}")
        if not np.isfinite(vector).all():
            raise ValueError(f"{name}: expected finite numbers")
