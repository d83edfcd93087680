"""What the user of a network hands to `fit`, checked: X, y and weights, and the rows to validate on."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import Any

import numpy as np
import scipy.sparse as sp
from numpy.typing import ArrayLike, NDArray
from sklearn.model_selection import train_test_split
from sklearn.utils.validation import validate_data

from pminusy.classifier.samples import check_finite
from pminusy.classifier.targets import ClassTargets, read_targets
from pminusy.errors import InputError, ShapeError, TargetError
from pminusy.losses.targets import settle_weights

Array = NDArray[Any]

_LOOKED_AT = 256  # rows of X


@dataclass(frozen=True)
class Data:
    """Checked samples, targets in the classes' order, weights (N,) or None."""

    X: Any
    targets: ClassTargets
    weights: Array | None

    def rows(self, rows: Array) -> Data:
        """Some of the rows."""
        targets = ClassTargets(self.targets.classes, self.targets.encoded[rows])
        return Data(self.X[rows], targets, None if self.weights is None else self.weights[rows])

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


def _mark(*arrays: Array) -> str:
    digest = hashlib.sha256()
    for array in arrays:
        digest.update(np.ascontiguousarray(array, np.float64).data)
    return f"#{digest.hexdigest()[:16]}"


def check_samples(estimator: Any, X: Any, *, reset: bool, name: str = "X") -> Any:
    """X as an array or a CSR matrix of finite numbers; `reset` makes its number of features the estimator's."""
    X = validate_data(
        estimator,
        X,
        accept_sparse="csr",
        ensure_all_finite=False,
        allow_nd=True,
        dtype="numeric",
        reset=reset,
    )
    check_finite(X, name)
    return X


def read_data(
    estimator: Any,
    X: Any,
    y: ArrayLike,
    sample_weight: ArrayLike | None,
    classes: ArrayLike | None,
    *,
    reset: bool,
) -> Data:
    """The data to train on."""
    X = check_samples(estimator, X, reset=reset)
    targets = read_targets(y, classes)
    if len(targets.encoded) != X.shape[0]:
        raise ShapeError(f"y: expected one for each of {X.shape[0]} rows of X, got {len(targets.encoded)}")
    return Data(X, targets, None if sample_weight is None else settle_weights(sample_weight, X.shape[0]))


def read_validation(estimator: Any, X_val: Any, y_val: ArrayLike | None, classes: Array) -> Data | None:
    """The data to validate on, in the training data's classes; None where there are none."""
    if (X_val is None) != (y_val is None):
        raise InputError("X_val, y_val: expected both or neither")
    if X_val is None or y_val is None:
        return None
    X_val = check_samples(estimator, X_val, reset=False, name="X_val")
    try:
        targets = read_targets(y_val, classes)
    except (TargetError, ShapeError) as error:
        raise type(error)(f"y_val: {str(error).removeprefix('y: ')}") from None
    n_rows = X_val.shape[0]
    if len(targets.encoded) != n_rows:
        raise ShapeError(
            f"y_val: expected one for each of {n_rows} rows of X_val, got {len(targets.encoded)}"
        )
    return Data(X_val, targets, None)


def hold_out(data: Data, fraction: float, seed: int) -> tuple[Data, Data]:
    """What to train on and what to validate on, each class shared out alike where that can be done."""
    encoded = data.targets.encoded
    labels = encoded if encoded.ndim == 1 else encoded.argmax(axis=1)
    rows = np.arange(len(labels))
    counts = np.bincount(labels, minlength=data.targets.n_classes)
    n_held = int(np.ceil(fraction * len(rows)))
    present = int((counts > 0).sum())
    if n_held >= len(rows):
        raise InputError(
            f"validation_fraction: expected to leave rows to train on, got {fraction} of {len(rows)} rows"
        )
    alike = counts[counts > 0].min() >= 2 and n_held >= present and len(rows) - n_held >= present
    train, held = train_test_split(
        rows, test_size=n_held, stratify=labels if alike else None, random_state=seed
    )
    return data.rows(np.sort(train)), data.rows(np.sort(held))
