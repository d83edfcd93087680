"""What a network is validated on while it is trained: rows given for that, or held out."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray
from sklearn.model_selection import train_test_split

from pminusy.classifier.examples import Examples
from pminusy.errors import InputError
from pminusy.network.training_data import read_to_train

Array = NDArray[Any]


def read_validation(estimator: Any, X_val: Any, y_val: ArrayLike | None, classes: Array) -> Examples | None:
    """The rows to validate on, in the training rows' classes; None where there are none."""
    if (X_val is None) != (y_val is None):
        raise InputError("X_val, y_val: expected both or neither")
    if X_val is None or y_val is None:
        return None
    return read_to_train(estimator, X_val, y_val, None, classes, reset=False, part="_val")


def share_out(examples: Examples, fraction: float, seed: int) -> tuple[Examples, Examples]:
    """What to train on and what to validate on, each class shared out alike where that can be done.

    Rows of weight 0 are in neither part.
    """
    encoded, weights = examples.targets.encoded, examples.weights
    rows = np.arange(len(encoded)) if weights is None else np.flatnonzero(weights)
    if not len(rows):
        raise InputError("sample_weight: expected at least one row with positive weight, got all zeros")
    labels = encoded[rows] if encoded.ndim == 1 else encoded[rows].argmax(axis=1)
    counts = np.bincount(labels, minlength=examples.targets.n_classes)
    n_held = int(np.ceil(fraction * len(rows)))
    present = int((counts > 0).sum())
    if n_held >= len(rows):
        raise InputError(
            f"validation_fraction: expected at least one row left to train on, got {fraction} of {len(rows)} rows"
        )
    alike = counts[counts > 0].min() >= 2 and n_held >= present and len(rows) - n_held >= present
    train, held = train_test_split(
        rows, test_size=n_held, stratify=labels if alike else None, random_state=seed
    )
    return examples.take(np.sort(train)), examples.take(np.sort(held))
