"""The y of a classifier, as labels of any kind or as rows of target mass, in the terms of the loss."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from pminusy.classifier.labels import read_labels
from pminusy.errors import InputError, ShapeError, TargetError
from pminusy.options import is_number

Array = NDArray[Any]


@dataclass(frozen=True)
class ClassTargets:
    """Classes, and each row's class number (N,) or target mass (N, K)."""

    classes: Array
    encoded: Array

    @property
    def n_classes(self) -> int:
        """How many classes there are."""
        return len(self.classes)


def read_targets(y: ArrayLike, classes: ArrayLike | None, name: str = "y") -> ClassTargets:
    """Labels (N,), or with `classes` also mass (N, K); at least two classes.

    Raises
    ------
    TargetError
        One class only, a label that is missing or not among `classes`, or continuous labels.
    ShapeError
        Mass whose width is not the number of classes.
    """
    known = None if classes is None else _known_classes(classes)
    array = np.asarray(y)
    if known is not None and array.ndim == 2 and array.shape[1] > 1:
        if array.shape[1] != len(known):
            raise ShapeError(
                f"{name}: expected target mass for each of the {len(known)} classes, got shape {array.shape}"
            )
        return ClassTargets(known, array)
    if array.ndim == 2 and array.shape[1] > 1:
        raise ShapeError(
            f"{name}: expected labels of shape (N,), got shape {array.shape}; to pass target mass, set classes="
        )
    labels, present, encoded = read_labels(y, name)
    if known is None:
        known = present
    elif not np.isin(present, known).all():
        unknown = present[~np.isin(present, known)][0]
        row = int(np.flatnonzero(labels == unknown)[0])
        raise TargetError(f"{name}: expected labels among {known.tolist()}, got {unknown} at row {row}")
    else:
        order = np.argsort(known, kind="stable")
        encoded = order[np.searchsorted(known, present, sorter=order)][encoded]
    if len(known) < 2:
        raise TargetError(f"{name}: expected at least 2 classes, got only one class: {known.tolist()}")
    return ClassTargets(known, encoded.astype(np.int64, copy=False))


def class_weights(
    class_weight: Mapping[Any, float] | str | None, targets: ClassTargets, sample_weight: Array | None
) -> Array | None:
    """A weight for each class (K,), or None for 1.

    "balanced" weighs a class by total / (K·its own weight), counting sample weights; a class without rows gets 1.

    Raises
    ------
    InputError
        Neither None, "balanced" nor a mapping, or a mapping of which no class occurs. Some may be absent, as a rare
        class is in a part of the rows.
    """
    if class_weight is None:
        return None
    if isinstance(class_weight, Mapping):
        labels = targets.classes.tolist()
        if class_weight and not any(label in labels for label in class_weight):
            raise InputError(f"class_weight: expected classes among {labels}, got {list(class_weight)}")
        for label, weight in class_weight.items():
            if not (is_number(weight) and 0 <= weight < np.inf):
                raise InputError(f"class_weight: expected finite weights ≥ 0, got {weight!r} for {label!r}")
        return np.array([float(class_weight.get(label, 1.0)) for label in labels])
    if class_weight != "balanced":
        raise InputError(f'class_weight: expected None, "balanced" or a mapping, got {class_weight!r}')
    weights = np.ones(len(targets.encoded)) if sample_weight is None else sample_weight
    if targets.encoded.ndim == 1:
        mass: Array = np.bincount(targets.encoded, weights, targets.n_classes)
    else:
        mass = weights @ targets.encoded
    return np.divide(mass.sum(), targets.n_classes * mass, out=np.ones(targets.n_classes), where=mass > 0)


def _known_classes(classes: ArrayLike) -> Array:
    known = np.asarray(classes)
    if known.ndim != 1 or len(np.unique(known)) != len(known):
        raise InputError(f"classes: expected distinct labels, got {classes!r}")
    if len(known) < 2:
        raise InputError(f"classes: expected at least 2, got {known.tolist()}")
    return known
