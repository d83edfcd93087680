"""What the readers of numbers hand over, and the one shape they hand it over in."""

from dataclasses import dataclass
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from pminusy.errors import DataError, ShapeError

Matrix: TypeAlias = NDArray[Any] | csr_matrix


@dataclass(frozen=True, eq=False)
class Arrays:
    """Features as numbers, with the labels and the test part that the file may have.

    `X` and `X_test` are (N, D) and finite; labels are as stored. Images have an `image_shape`, and D = H·W.
    """

    X: Matrix
    y: NDArray[Any] | None
    target_name: str
    image_shape: tuple[int, int] | None = None
    X_test: Matrix | None = None
    y_test: NDArray[Any] | None = None


def as_rows(X: NDArray[Any], name: str) -> NDArray[Any]:
    """View images (N, H, W) as rows (N, H·W); refuse other shapes, what is no number, and NaN or infinity."""
    if X.ndim not in (2, 3):
        raise ShapeError(f"{name}: expected rows (N, D) or images (N, H, W), got {X.shape}")
    if X.dtype.kind not in "biuf":
        raise DataError(f"{name}: expected numbers, got dtype {X.dtype}")
    rows = X.reshape(len(X), -1) if X.size else X.reshape(len(X), 0)
    if X.dtype.kind == "f":
        check_finite(rows, name)
    return rows.astype(np.float32) if X.dtype == np.float16 else rows


def check_finite(X: Matrix, name: str) -> None:
    """Raise DataError at the first NaN or infinite number, by row and column; they count from 0."""
    finite = np.isfinite(X if isinstance(X, np.ndarray) else X.data)
    if finite.all():
        return
    first = int(finite.argmin())
    if isinstance(X, np.ndarray):
        row, column = divmod(first, X.shape[1])
    else:
        row, column = int(np.searchsorted(X.indptr, first, side="right")) - 1, X.indices[first]
    raise DataError(f"{name}: expected finite numbers, got {X[row, column]} at row {row}, column {column}")
