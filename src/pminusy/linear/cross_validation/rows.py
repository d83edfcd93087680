"""The rows of a classification problem as one value that can be cut."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import scipy.sparse as sp
from numpy.typing import ArrayLike, NDArray

from pminusy.classifier.samples import check_finite, compute_dtype
from pminusy.classifier.targets import ClassTargets, read_targets
from pminusy.errors import InputError, ShapeError
from pminusy.losses.cross_entropy import CrossEntropy
from pminusy.losses.targets import settle_weights

Array = NDArray[Any]


@dataclass(frozen=True)
class Rows:
    """X, class numbers or target mass, and weights; the classes' labels ascend, as scorers take them to."""

    X: Any
    targets: ClassTargets
    weights: Array | None

    def take(self, rows: Array) -> Rows:
        """These rows, copied."""
        targets = ClassTargets(self.targets.classes, self.targets.encoded[rows])
        return Rows(self.X[rows], targets, None if self.weights is None else self.weights[rows])

    @property
    def labelled(self) -> bool:
        """Whether each row has one label, and not mass."""
        return self.targets.encoded.ndim == 1

    @property
    def n_numbers(self) -> int:
        """How many numbers a pass over the rows reads and computes: X's, and the logits."""
        n_stored = self.X.nnz if sp.issparse(self.X) else self.X.size
        return int(n_stored) + self.X.shape[0] * self.targets.n_classes

    def labels_or_mass(self) -> Array:
        """The targets in the caller's terms."""
        encoded = self.targets.encoded
        return self.targets.classes[encoded] if self.labelled else encoded


def read_rows(X: Any, y: ArrayLike, sample_weight: ArrayLike | None, classes: ArrayLike | None) -> Rows:
    """Checked rows, so that what is wrong is named by its place in the whole and not in a fold.

    Raises
    ------
    InputError
        X that is not finite, labels, mass or weights that cannot be used or do not fit X, classes out of order.
    """
    check_finite(X)
    targets = read_targets(y, classes)
    n_rows, known = X.shape[0], targets.classes
    if len(targets.encoded) != n_rows:
        raise ShapeError(f"y: expected one for each of {n_rows} rows of X, got {len(targets.encoded)}")
    if not np.array_equal(np.unique(known), known):
        raise InputError(f"classes: expected labels in ascending order, got {known.tolist()}")
    weights = None if sample_weight is None else settle_weights(sample_weight, n_rows)
    loss = CrossEntropy(reduction="sum")
    settled = loss.settle(targets.encoded, (n_rows, len(known)), compute_dtype(X), weights, name="y")
    if not settled.mass().any():
        raise InputError("y, sample_weight: expected a row of positive weight, got zero for all")
    return Rows(X, targets, weights)
