"""What training sees of a data file: features, labels, and what was inferred on the way."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any, Literal, TypeAlias

import numpy as np
import polars as pl
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from pminusy.datasets.notation import Notation

Features: TypeAlias = pl.DataFrame | NDArray[Any] | csr_matrix
"""Rows of raw features: a table, a dense array or a sparse one."""

Labels: TypeAlias = NDArray[Any]
"""One label a row, (N,): int64 or NumPy strings."""


class Role(StrEnum):
    """How a table's column is used as a feature."""

    NUMERIC = "numeric"
    CATEGORY = "category"
    DATE = "date"
    TEXT = "text"


@dataclass(frozen=True, eq=False)
class Dataset:
    """Labelled rows, as read.

    Attributes
    ----------
    name : str
        The bundled set's name, or the file's name without its suffix.
    source : str
        What was asked for: the bundled set's name or the path.
    kind : {"table", "matrix", "image"}
        A polars frame with named columns; an array of numbers, dense or sparse; or an (N, D) array of
        pixels.
    X : polars.DataFrame of N rows, or ndarray or CSR matrix (N, D)
        The features: the target and every column that was dropped or left out are gone. Of a table, numbers
        and dates are parsed; categories and text are as the file has them.
    y : ndarray (N,), int64 or str
        The labels; none is missing.
    target_name : str
        The column, or array, that the labels came from.
    feature_names : tuple of str
        Names of the D columns of X.
    roles : mapping of str to Role
        How each column is used; empty unless `kind` is "table".
    image_shape : (H, W), (H, W, C) or None
        Height, width and, for colour, channels, of images; D is their product.
    held_out : (features, labels) or None
        The file's own test part, where it has one.
    notes : tuple of str
        What was inferred or left out, a sentence each.
    notations : mapping of str to Notation
        How the columns of numbers and dates write them that do not write them plainly.
    n_labelled : int or None
        How many labelled rows there are, where X and y are a sample of them.

    Examples
    --------
    >>> from pminusy.datasets import load
    >>> digits = load("digits")
    >>> digits.kind, digits.n_rows, digits.image_shape
    ('image', 1797, (8, 8))
    """

    name: str
    source: str
    kind: Literal["table", "matrix", "image"]
    X: Features
    y: Labels
    target_name: str
    feature_names: tuple[str, ...]
    roles: Mapping[str, Role]
    image_shape: tuple[int, ...] | None
    held_out: tuple[Features, Labels] | None
    notes: tuple[str, ...]
    notations: Mapping[str, Notation] = field(default_factory=dict)
    n_labelled: int | None = None

    @property
    def n_rows(self) -> int:
        """Number of labelled rows, N; the held-out ones are not counted."""
        return len(self.y) if self.n_labelled is None else self.n_labelled

    def take(self, rows: NDArray[Any]) -> "Dataset":
        """Return the same data set with some of its rows; `held_out` stays whole.

        Parameters
        ----------
        rows : ndarray of int (M,), or of bool (N,)
            The rows to keep, in the order wanted; or a mask.

        Examples
        --------
        >>> import numpy as np
        >>> from pminusy.datasets import load
        >>> load("iris").take(np.array([0, 149])).y.tolist()
        ['setosa', 'virginica']
        """
        indices = np.flatnonzero(rows) if rows.dtype == np.bool_ else rows
        return replace(self, X=self.X[indices], y=self.y[indices])
