"""What the readers of numbers hand over, and the one shape they hand it over in."""

from dataclasses import dataclass
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from pminusy.errors import DataError, ShapeError

Matrix: TypeAlias = NDArray[Any] | csr_matrix

_CHANNELS = (1, 3, 4)


@dataclass(frozen=True, eq=False)
class Arrays:
    """Features as numbers, with the labels and the test part that the file may have.

    `X` and `X_test` are (N, D) and finite; labels are as stored. Images have an `image_shape`: (H, W) and D = H·W, or
    (H, W, C) and D = H·W·C. `notes` are what a person should know of how they were read.
    """

    X: Matrix
    y: NDArray[Any] | None
    target_name: str
    image_shape: tuple[int, ...] | None = None
    X_test: Matrix | None = None
    y_test: NDArray[Any] | None = None
    notes: tuple[str, ...] = ()


def image_shape(X: NDArray[Any]) -> tuple[int, ...] | None:
    """(H, W) of grey images (N, H, W), (H, W, C) of colour ones; None where these are rows.

    Examples
    --------
    >>> image_shape(np.zeros((5, 3, 8, 6))), image_shape(np.zeros((5, 8, 6, 1)))
    ((8, 6, 3), (8, 6))
    """
    if X.ndim == 3:
        return X.shape[1:]
    if X.ndim != 4:
        return None
    height, width, channels = _channels_last(X).shape[1:]
    return (height, width) if channels == 1 else (height, width, channels)


def as_rows(X: NDArray[Any], name: str) -> NDArray[Any]:
    """Images as rows (N, D), channels last; refuse other shapes, what is no number, and NaN or infinity.

    Images are (N, H, W), (N, H, W, C) or (N, C, H, W), with C of 1, 3 or 4.
    """
    if X.ndim not in (2, 3, 4):
        raise ShapeError(f"{name}: expected rows (N, D) or images (N, H, W) or (N, H, W, C), got {X.shape}")
    if X.ndim == 4 and not {X.shape[1], X.shape[3]} & set(_CHANNELS):
        raise ShapeError(
            f"{name}: expected images of 1, 3 or 4 channels, (N, H, W, C) or (N, C, H, W), got {X.shape}"
        )
    if X.dtype.kind not in "biuf":
        raise DataError(f"{name}: expected numbers, got dtype {X.dtype}")
    if X.ndim == 4:
        X = _channels_last(X)
    rows = X.reshape(len(X), -1) if X.size else X.reshape(len(X), 0)
    if X.dtype.kind == "f":
        check_finite(rows, name)
    return rows.astype(np.float32) if X.dtype == np.float16 else rows


def _channels_last(X: NDArray[Any]) -> NDArray[Any]:
    return X if X.shape[3] in _CHANNELS else np.moveaxis(X, 1, 3)


def check_finite(X: Matrix, name: str) -> None:
    """Raise DataError at the first NaN or infinite number, by its index."""
    finite = np.isfinite(X if isinstance(X, np.ndarray) else X.data)
    if finite.all():
        return
    first = int(finite.argmin())
    if isinstance(X, np.ndarray):
        row, column = divmod(first, X.shape[1])
    else:
        row, column = int(np.searchsorted(X.indptr, first, side="right")) - 1, X.indices[first]
    raise DataError(f"{name}: expected finite numbers, got {X[row, column]} at {name}[{row}, {column}]")
