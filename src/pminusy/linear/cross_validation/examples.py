"""The rows that folds are cut from, checked as a whole: what is wrong is named by its place there and not in a fold."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from pminusy.classifier.examples import Examples, read_examples
from pminusy.classifier.features import compute_dtype
from pminusy.errors import InputError
from pminusy.losses.cross_entropy import CrossEntropy


def read_whole(
    estimator: Any, X: Any, y: ArrayLike, sample_weight: ArrayLike | None, classes: ArrayLike | None
) -> Examples:
    """Examples whose classes' labels ascend, as scorers take them to, and some of which have weight.

    Raises
    ------
    InputError
        As `read_examples`; classes out of order, or no row of positive weight.
    """
    examples = read_examples(estimator, X, y, sample_weight, classes, reset=True)
    known, shape = examples.targets.classes, (len(examples.targets.encoded), examples.targets.n_classes)
    if not np.array_equal(np.unique(known), known):
        raise InputError(f"classes: expected labels in ascending order, got {known.tolist()}")
    loss, dtype = CrossEntropy(reduction="sum"), compute_dtype(examples.X)
    settled = loss.settle(examples.targets.encoded, shape, dtype, examples.weights, name="y")
    if not settled.mass().any():
        raise InputError("y, sample_weight: expected at least one row with positive weight, got all zeros")
    return examples
