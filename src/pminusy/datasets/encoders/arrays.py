"""Arrays of numbers: as they are, or scaled."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from pminusy.datasets.encoders.encoder import Encoder, check_vectors, numbered
from pminusy.datasets.encoders.scaling import mean_and_scale, standardise
from pminusy.datasets.transforms import scale_pixels, to_float32, to_images, to_singles

Array = NDArray[Any]


@dataclass
class _OneToOne(Encoder):
    """A feature for each column."""

    n_columns: int | None = None

    def fit_transform(self, X: Any, y: Any = None) -> Any:
        """See `Encoder`."""
        self.n_columns = X.shape[1]
        return self.transform(X)

    def names(self, columns: Sequence[str] | None = None) -> list[str]:
        """See `Encoder`."""
        return numbered(columns, self.n_columns)

    def check(self) -> None:
        """See `Encoder`."""
        if type(self.n_columns) is not int or self.n_columns < 0:
            raise ValueError(f"n_columns: expected an integer ≥ 0, got {self.n_columns!r:.60}")


@dataclass
class AsTheyAre(_OneToOne):
    """Numbers without a change."""

    def transform(self, X: Any) -> Any:
        """See `Encoder`; X itself."""
        return X


@dataclass
class Pixels(_OneToOne):
    """Images and matrices of bytes, divided by their peak."""

    peak: float = 1.0

    def transform(self, X: Array) -> Array:
        """See `Encoder`."""
        return scale_pixels(X, self.peak)

    def check(self) -> None:
        """See `Encoder`."""
        super().check()
        check_vectors(1, peak=np.array([self.peak]))
        if self.peak <= 0:
            raise ValueError(f"peak: expected a number > 0, got {self.peak!r}")


@dataclass
class Standardised(_OneToOne):
    """Dense columns, centred and scaled: floats in their dtype, other numbers in float32."""

    mean: Any = None
    scale: Any = None

    def fit_transform(self, X: Array, y: Any = None) -> Array:
        """See `Encoder`."""
        self.n_columns = X.shape[1]
        values = _as_floats(X)
        self.mean, self.scale = mean_and_scale(values)
        return standardise(values, self.mean, self.scale)

    def transform(self, X: Array) -> Array:
        """See `Encoder`."""
        return standardise(_as_floats(X), self.mean, self.scale)

    def check(self) -> None:
        """See `Encoder`."""
        super().check()
        check_vectors(self.n_columns or 0, mean=self.mean, scale=self.scale)


@dataclass
class SparsePeaks(_OneToOne):
    """Sparse columns, each divided by its peak."""

    peaks: Any = None

    def fit_transform(self, X: Any, y: Any = None) -> Any:
        """See `Encoder`."""
        self.n_columns = X.shape[1]
        peaks = np.abs(X).max(axis=0).toarray().ravel().astype(_float_of(X.dtype))
        self.peaks = np.where(peaks > 0, peaks, 1).astype(peaks.dtype)
        return self.transform(X)

    def transform(self, X: Any) -> Any:
        """See `Encoder`."""
        scaled = X.astype(_float_of(X.dtype), copy=True)
        scaled.data /= self.peaks[scaled.indices]
        return scaled

    def check(self) -> None:
        """See `Encoder`."""
        super().check()
        check_vectors(self.n_columns or 0, peaks=self.peaks)


@dataclass
class ForNetwork(Encoder):
    """Another encoder's numbers in float32, and in the shape of images where one is given: (H, W) or (H, W, C)."""

    encoder: Encoder
    shape: tuple[int, ...] = ()

    def fit_transform(self, X: Any, y: Any = None) -> Any:
        """See `Encoder`."""
        return self._shaped(self.encoder.fit_transform(X))

    def transform(self, X: Any) -> Any:
        """See `Encoder`."""
        return self._shaped(self.encoder.transform(X))

    def names(self, columns: Sequence[str] | None = None) -> list[str]:
        """See `Encoder`."""
        return self.encoder.names(columns)

    def check(self) -> None:
        """See `Encoder`."""
        if not isinstance(self.encoder, Encoder):
            raise ValueError(f"encoder: expected an encoder, got {self.encoder!r:.60}")
        if not all(type(length) is int and length > 0 for length in self.shape):
            raise ValueError(f"shape: expected integers > 0, got {self.shape!r:.60}")
        self.encoder.check()

    def _shaped(self, X: Any) -> Any:
        singles = to_singles(X)
        return to_images(singles, self.shape) if self.shape else singles


def _as_floats(X: Array) -> Array:
    return np.array(X) if X.dtype.kind == "f" else to_float32(X)


def _float_of(dtype: np.dtype[Any]) -> np.dtype[Any]:
    return dtype if dtype.kind == "f" and dtype.itemsize >= 4 else np.dtype(np.float64)
