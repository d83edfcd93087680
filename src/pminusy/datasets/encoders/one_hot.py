"""Columns of categories: a feature for each category, 1 in the rows that have it."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import polars as pl
from numpy.typing import NDArray

from pminusy.datasets.encoders.encoder import Encoder
from pminusy.datasets.encoders.in_pieces import LearnsInPieces, Pieces
from pminusy.datasets.notation import Notations, check_notations
from pminusy.datasets.transforms import categories, date_categories, name_category, name_date_categories

Array = NDArray[Any]

_RARE = "infrequent"


@dataclass
class _OneHot(Encoder, LearnsInPieces):
    """Strings (N, C) to a CSR matrix; a row with a category that training has not seen has zeros, or the rare ones' 1.

    Attributes
    ----------
    columns : tuple of str
    dtype : {"float32", "float64"}
        Of the result.
    least : int
        Categories with fewer training rows go together, in the last feature of their column.
    known : tuple of arrays of str
        The categories of each column, in order.
    rare : tuple of arrays of bool
        Which of them go together.
    """

    columns: tuple[str, ...]
    dtype: str
    least: int = 1
    known: Any = None
    rare: Any = None

    @abstractmethod
    def strings(self, X: pl.DataFrame) -> list[pl.Series]:
        """The C columns as strings, "missing" where missing."""

    def fit_transform(self, X: pl.DataFrame, y: Any = None) -> Any:
        """See `Encoder`."""
        strings = self.strings(X)
        self._know([_counts(column) for column in strings])
        return self._encoded(strings)

    def learn(self, pieces: Pieces) -> None:
        """See `LearnsInPieces`."""
        total: list[pl.DataFrame] = []
        for piece in pieces():
            counts = [_counts(column) for column in self.strings(piece)]
            total = list(map(_added, total, counts)) if total else counts
        self._know(total)

    def _know(self, counts: list[pl.DataFrame]) -> None:
        tables = [table.sort("value") for table in counts]
        self.known = tuple(table["value"].to_numpy().astype(object) for table in tables)
        self.rare = tuple(table["count"].to_numpy() < self.least for table in tables)

    def transform(self, X: pl.DataFrame) -> Any:
        """See `Encoder`."""
        return self._encoded(self.strings(X))

    def names(self, columns: Sequence[str] | None = None) -> list[str]:
        """See `Encoder`."""
        return [
            name_category(column, category)
            for column, known, rare in zip(self._string_names(), self.known, self.rare, strict=True)
            for category in [*known[~rare], *([_RARE] if rare.any() else [])]
        ]

    def check(self) -> None:
        """See `Encoder`."""
        if self.dtype not in ("float32", "float64"):
            raise ValueError(f"dtype: expected float32 or float64, got {self.dtype!r}")
        for name, known, rare in zip(self._string_names(), self.known, self.rare, strict=True):
            if not all(type(category) is str for category in known) or len(set(known)) != len(known):
                raise ValueError(f"known: expected different strings in column {name!r}")
            if rare.dtype != np.bool_ or rare.shape != known.shape:
                raise ValueError(
                    f"rare: expected {len(known)} truth values in column {name!r}, got {rare!r:.60}"
                )

    def _string_names(self) -> Sequence[str]:
        return self.columns

    def _encoded(self, strings: list[pl.Series]) -> Any:
        from scipy.sparse import csr_matrix

        places = np.empty((len(strings[0]), len(strings)), np.int64)
        first = 0
        for number, column in enumerate(strings):
            places[:, number], width = _places(column, self.known[number], self.rare[number], first)
            first += width
        seen = places >= 0
        starts = np.concatenate([[0], np.cumsum(seen.sum(axis=1))])
        ones = np.ones(int(starts[-1]), self.dtype)
        return csr_matrix((ones, places[seen], starts), shape=(len(places), first))


def _counts(column: pl.Series) -> pl.DataFrame:
    """The different values of a column, and how many rows have each."""
    return column.alias("value").value_counts(name="count")


def _added(one: pl.DataFrame, other: pl.DataFrame) -> pl.DataFrame:
    return pl.concat([one, other]).group_by("value").agg(pl.col("count").sum())


def _places(column: pl.Series, known: Array, rare: Array, first: int) -> tuple[Array, int]:
    """Each row's feature, counted from the column's first one, or −1; and the number of the column's features."""
    n_frequent = int((~rare).sum())
    features = first + np.where(rare, n_frequent, np.cumsum(~rare) - 1)
    other = first + n_frequent if rare.any() else -1
    places = column.replace_strict(
        pl.Series(known.tolist(), dtype=pl.String), pl.Series(features, dtype=pl.Int64), default=other
    )
    return places.cast(pl.Int64).to_numpy(), n_frequent + bool(rare.any())


@dataclass
class Categories(_OneHot):
    """Columns of categories; in the columns `written`, values of one spelling are different ones."""

    written: tuple[str, ...] = ()

    def strings(self, X: pl.DataFrame) -> list[pl.Series]:
        """See `_OneHot`."""
        return categories(X[:, list(self.columns)], self.written)


@dataclass
class DateParts(_OneHot):
    """Columns of dates as their month and weekday."""

    notations: Notations = field(default_factory=dict)

    def strings(self, X: pl.DataFrame) -> list[pl.Series]:
        """See `_OneHot`."""
        return date_categories(X[:, list(self.columns)], self.notations)

    def check(self) -> None:
        """See `Encoder`."""
        super().check()
        check_notations(self.notations)

    def _string_names(self) -> list[str]:
        return name_date_categories(self.columns)
