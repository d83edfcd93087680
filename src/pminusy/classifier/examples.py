"""The X, y and weights that a classifier is fitted to, read and checked in one place."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import Any

import numpy as np
import scipy.sparse as sp
from numpy.typing import ArrayLike, NDArray

from pminusy.blocks.chosen import ChosenRows
from pminusy.blocks.outside import OutsideMatrix
from pminusy.classifier.features import read_samples, refuse_dask
from pminusy.classifier.targets import ClassTargets, read_targets
from pminusy.errors import ShapeError
from pminusy.losses.targets import settle_weights

Array = NDArray[Any]

_LOOKED_AT = 256  # rows of X


@dataclass(frozen=True)
class Examples:
    """Checked samples X, their targets as class numbers or mass, and weights (N,) or None."""

    X: Any
    targets: ClassTargets
    weights: Array | None

    def take(self, rows: Array) -> Examples:
        """Some of the rows, in ascending order: copied, or read where they are."""
        targets = ClassTargets(self.targets.classes, self.targets.encoded[rows])
        X = ChosenRows(self.X, rows) if isinstance(self.X, OutsideMatrix) else self.X[rows]
        return Examples(X, targets, None if self.weights is None else self.weights[rows])

    @property
    def labelled(self) -> bool:
        """Whether each row has one label, and not mass."""
        return self.targets.encoded.ndim == 1

    def labels_or_mass(self) -> Array:
        """The targets in the caller's terms."""
        encoded = self.targets.encoded
        return self.targets.classes[encoded] if self.labelled else encoded

    @property
    def n_numbers(self) -> int:
        """How many numbers a linear pass over the rows reads and computes: X's, and the logits."""
        n_stored = self.X.nnz if sp.issparse(self.X) else self.X.size
        return int(n_stored) + self.X.shape[0] * self.targets.n_classes

    def summary(self) -> dict[str, str]:
        """What tells these data from others, by argument: of X some rows are looked at, of the others all."""
        n_rows = self.X.shape[0]
        rows = np.unique(np.linspace(0, n_rows - 1, min(n_rows, _LOOKED_AT)).astype(np.int64))
        some = self.X[rows]
        sparse = sp.issparse(some)
        numbers = (some.indptr, some.indices, some.data) if sparse else (some,)
        return {
            "X": f"{'sparse ' if sparse else ''}{self.X.shape} {_mark(*numbers)}",
            "y": f"{self.targets.encoded.shape} of {self.targets.n_classes} classes {_mark(self.targets.encoded)}",
            "sample_weight": "None" if self.weights is None else _mark(self.weights),
        }


def read_examples(
    estimator: Any,
    X: Any,
    y: ArrayLike,
    sample_weight: ArrayLike | None,
    classes: ArrayLike | None,
    *,
    reset: bool,
    allow_nd: bool = False,
    part: str = "",
) -> Examples:
    """Samples and their targets, each checked by itself and against the others.

    Parameters
    ----------
    estimator : BaseEstimator
        With `reset` it takes what is learned of X's columns; without it they are to be those that it has seen.
    X, y, sample_weight, classes
        The user's, as `SoftmaxRegression.fit` says.
    allow_nd : bool
        Whether X may have more than two axes.
    part : str
        What the names of X and y end in, in messages: "_val" for validation data.

    Raises
    ------
    InputError
        X that is not finite, labels, mass or weights that cannot be used or do not fit X. What scikit-learn finds wrong
        with X is a ValueError of its own.
    """
    for name, given in (("y", y), ("sample_weight", sample_weight)):
        refuse_dask(name, given)
    X = read_samples(estimator, X, reset=reset, allow_nd=allow_nd, name=f"X{part}")
    n_rows = X.shape[0]
    targets = read_targets(y, classes, f"y{part}")
    if len(targets.encoded) != n_rows:
        raise ShapeError(
            f"y{part}: expected one label for each of {n_rows} rows of X{part}, got {len(targets.encoded)}"
        )
    return Examples(X, targets, None if sample_weight is None else settle_weights(sample_weight, n_rows))


def _mark(*arrays: Array) -> str:
    digest = hashlib.sha256()
    for array in arrays:
        digest.update(np.ascontiguousarray(array, np.float64).data)
    return f"#{digest.hexdigest()[:16]}"
