"""The folds of a cross-validation: which rows train, which are held out, and which classes the training lacks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.model_selection import check_cv

from pminusy.classifier.examples import Examples
from pminusy.errors import InputError
from pminusy.options import is_integer

Array = NDArray[Any]


@dataclass(frozen=True)
class Fold:
    """Row numbers, and for each class whether no training row gives it weight."""

    number: int
    train: Array
    held_out: Array
    absent: Array  # (K,) bool


def split_folds(cv: Any, rows: Examples, groups: Any = None) -> list[Fold]:
    """The folds of `cv`, stratified by label where it is a number and the targets are labels.

    `groups` (N,) is for splitters that do not part the rows of a group.

    Raises
    ------
    InputError
        A `cv` that is none, folds that these rows do not allow, or a fold on which nothing can be trained or scored.
    """
    if isinstance(cv, bool) or (is_integer(cv) and cv < 2):
        raise InputError(f"cv: expected an integer ≥ 2, a splitter or (train, test) pairs, got {cv!r}")
    y = rows.labels_or_mass()
    if groups is not None and np.shape(groups) != (len(y),):
        raise InputError(f"groups: expected shape ({len(y)},), got {np.shape(groups)}")
    everything = np.arange(len(y))
    try:
        splitter = check_cv(cv, y, classifier=rows.labelled)
        pairs = [(everything[train], everything[test]) for train, test in splitter.split(rows.X, y, groups)]
    except (ValueError, TypeError, IndexError) as error:
        raise InputError(f"cv: cannot split {len(y)} rows: {error}") from error
    if not pairs:
        raise InputError("cv: expected at least one fold, got none")
    return [_checked(number, *pair, rows) for number, pair in enumerate(pairs)]


def _checked(number: int, train: Array, held_out: Array, rows: Examples) -> Fold:
    present = _classes_with_weight(rows, train)
    if present.sum() < 2:
        raise InputError(
            f"cv: expected at least 2 classes with positive weight in the training rows of fold {number}, "
            f"got {rows.targets.classes[present].tolist()}"
        )
    if not _classes_with_weight(rows, held_out).any():
        raise InputError(f"cv: expected a held-out row with positive weight in fold {number}, got none")
    return Fold(number, train, held_out, ~present)


def _classes_with_weight(rows: Examples, numbers: Array) -> Array:
    counted = numbers if rows.weights is None else numbers[rows.weights[numbers] > 0]
    mass = rows.targets.encoded[counted]
    if rows.labelled:
        mass = np.bincount(mass, minlength=rows.targets.n_classes)[None]
    return np.asarray((mass > 0).any(axis=0))
