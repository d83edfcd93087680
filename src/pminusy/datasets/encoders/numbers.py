"""Columns of numbers and of dates: missing values filled in by the median, then standardised."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import polars as pl
from numpy.typing import NDArray

from pminusy.datasets.encoders.encoder import Encoder, check_vectors
from pminusy.datasets.encoders.in_pieces import LearnsInPieces, Pieces
from pminusy.datasets.encoders.medians import medians, medians_in_passes
from pminusy.datasets.encoders.scaling import mean_and_scale, mean_and_scale_in_passes, standardise
from pminusy.datasets.notation import Notations, check_notations
from pminusy.datasets.transforms import date_numbers, name_date_numbers, numbers

Array = NDArray[Any]

_DTYPES = ("float32", "float64")


@dataclass
class _Standardised(Encoder, LearnsInPieces):
    """Numbers (N, C), NaN where missing, to (N, C + M): filled in, beside M columns that tell where, all standardised.

    Attributes
    ----------
    columns : tuple of str
    dtype : {"float32", "float64"}
        Of the result.
    notations : mapping
        How the columns are written, see `pminusy.datasets.notation`.
    medians : array (C,)
        0 for a column without values.
    indicated : array of int (M,)
        The columns of numbers whose missing values are told.
    mean, scale : array (C + M,)
    """

    columns: tuple[str, ...]
    dtype: str
    notations: Notations
    medians: Any = None
    indicated: Any = None
    mean: Any = None
    scale: Any = None

    @abstractmethod
    def _numbers(self, X: pl.DataFrame) -> Array:
        """A fresh array (N, C) in Fortran order; NaN where missing."""

    @abstractmethod
    def _number_dtype(self) -> np.dtype[Any]:
        """Of that array."""

    @abstractmethod
    def _number_names(self) -> list[str]:
        """The C names."""

    def fit_transform(self, X: pl.DataFrame, y: Any = None) -> Array:
        """See `Encoder`."""
        values = self._numbers(X[:, list(self.columns)])
        missing = np.isnan(values)
        self.medians = medians(values, missing)
        self.indicated = self._to_indicate(missing)
        filled = self._filled(values, missing)
        self.mean, self.scale = mean_and_scale(filled)
        return self._standardised(filled)

    def learn(self, pieces: Pieces) -> None:
        """See `LearnsInPieces`."""

        def arrays() -> Iterator[Array]:
            return (self._numbers(piece[:, list(self.columns)]) for piece in pieces())

        def filled() -> Iterator[Array]:
            return (self._filled(values, np.isnan(values)) for values in arrays())

        self.medians, missing = medians_in_passes(arrays, len(self._number_names()), self._number_dtype())
        self.indicated = self._to_indicate(missing[np.newaxis])
        self.mean, self.scale = mean_and_scale_in_passes(filled, len(missing) + len(self.indicated))

    def transform(self, X: pl.DataFrame) -> Array:
        """See `Encoder`."""
        values = self._numbers(X[:, list(self.columns)])
        return self._standardised(self._filled(values, np.isnan(values)))

    def names(self, columns: Sequence[str] | None = None) -> list[str]:
        """See `Encoder`."""
        names = self._number_names()
        return [*names, *(f"missingindicator_{names[place]}" for place in self.indicated)]

    def check(self) -> None:
        """See `Encoder`."""
        check_notations(self.notations)
        if self.dtype not in _DTYPES:
            raise ValueError(f"dtype: expected float32 or float64, got {self.dtype!r}")
        n_numbers = len(self._number_names())
        check_vectors(n_numbers, medians=self.medians)
        indicated = np.asarray(self.indicated)
        check_vectors(len(indicated), indicated=indicated)
        if indicated.dtype.kind != "i" or ((indicated < 0) | (indicated >= n_numbers)).any():
            raise ValueError(f"indicated: expected integers in [0, {n_numbers}), got {indicated!r:.60}")
        check_vectors(n_numbers + len(indicated), mean=self.mean, scale=self.scale)

    def _to_indicate(self, missing: NDArray[np.bool_]) -> Array:
        return np.flatnonzero(missing.any(axis=0))

    def _filled(self, values: Array, missing: NDArray[np.bool_]) -> Array:
        rows, places = np.nonzero(missing)
        values[rows, places] = self.medians[places]
        return (
            np.hstack([values, missing[:, self.indicated]], dtype=values.dtype)
            if len(self.indicated)
            else values
        )

    def _standardised(self, filled: Array) -> Array:
        return standardise(filled, self.mean, self.scale).astype(self.dtype, copy=False)


@dataclass
class Numbers(_Standardised):
    """Columns of numbers; what is missing in the training rows is told by a column of its own.

    `read_as`, "float32" or "float64", holds every number of the training rows exactly.
    """

    read_as: str = "float64"

    def _numbers(self, X: pl.DataFrame) -> Array:
        return numbers(X, self.read_as, self.notations)

    def _number_dtype(self) -> np.dtype[Any]:
        return np.dtype(self.read_as)

    def _number_names(self) -> list[str]:
        return list(self.columns)

    def check(self) -> None:
        """See `Encoder`."""
        super().check()
        if self.read_as not in _DTYPES:
            raise ValueError(f"read_as: expected float32 or float64, got {self.read_as!r}")


@dataclass
class Dates(_Standardised):
    """Columns of dates as their year and the days since 1970; a missing one is told by its month."""

    def _numbers(self, X: pl.DataFrame) -> Array:
        return np.asfortranarray(date_numbers(X, self.notations))

    def _number_dtype(self) -> np.dtype[Any]:
        return np.dtype(np.float64)

    def _number_names(self) -> list[str]:
        return name_date_numbers(self.columns)

    def _to_indicate(self, missing: NDArray[np.bool_]) -> Array:
        return np.empty(0, np.int64)
