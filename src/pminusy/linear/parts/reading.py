"""Partitions of a user's rows: each is read and checked by itself, and then held against the others."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import scipy.sparse as sp
from numpy.typing import ArrayLike, NDArray
from sklearn.base import BaseEstimator

from pminusy.classifier.features import read_samples
from pminusy.classifier.labels import read_labels
from pminusy.classifier.targets import ClassTargets, read_targets
from pminusy.errors import InputError, ShapeError, TargetError
from pminusy.linear.parts.part import PartRows
from pminusy.losses.targets import settle_weights

Array = NDArray[Any]

_SHOWN = 5  # names in a message


@dataclass(frozen=True)
class PartSummary:
    """What has to fit the other partitions.

    Attributes
    ----------
    shape : (n, D)
    labels : array
        The distinct ones; for target mass an array (0, K).
    """

    partition: int
    shape: tuple[int, int]
    dtype: np.dtype[Any]
    sparse: bool
    n_numbers: int
    columns: list[str] | None
    labels: Array

    @property
    def type_of_label(self) -> str:
        """What can be compared: numbers, or else NumPy's kind."""
        return "number" if self.labels.dtype.kind in "biuf" else self.labels.dtype.kind


def read_partition(partition: int, X: Any, y: Any, weights: Any, *, may_be_mass: bool) -> PartRows:
    """One partition's rows, checked; of a partition without rows nothing is.

    Raises
    ------
    InputError
        As `read_examples`, with the partition's number; likewise scikit-learn's ValueError.
    """
    try:
        n_rows = X.shape[0]
        if not n_rows:
            return PartRows(partition, np.empty((0, X.shape[1])), np.empty(0), None)
        names = getattr(X, "columns", None)
        X = read_samples(BaseEstimator(), X, reset=True)
        y = _read_targets(y, may_be_mass)
        if len(y) != n_rows:
            raise ShapeError(f"y: expected one label for each of {n_rows} rows of X, got {len(y)}")
        weights = None if weights is None else settle_weights(np.asarray(weights), n_rows)
        return PartRows(partition, X, y, weights, None if names is None else [str(name) for name in names])
    except ValueError as error:
        raise type(error)(f"{error}, in partition {partition}") from error


def summarise(rows: PartRows) -> PartSummary:
    """What the other partitions are held against."""
    X, y = rows.X, rows.y
    sparse = sp.issparse(X)
    labels = np.unique(y) if y.ndim == 1 else y[:0]
    n_numbers = int(X.nnz if sparse else X.size)
    return PartSummary(rows.partition, X.shape, X.dtype, sparse, n_numbers, rows.columns, labels)


def check_alike(parts: Sequence[PartSummary]) -> None:
    """An InputError that names the first partition unlike the first one."""
    first = parts[0]
    for part in parts[1:]:
        here = f"in partition {part.partition}, and {{}} in partition {first.partition}"
        if part.columns != first.columns:
            came, expected = _differing(part.columns, first.columns)
            raise InputError(
                f"X: expected the same columns in all partitions, got {came} {here.format(expected)}"
            )
        if part.shape[1] != first.shape[1]:
            raise ShapeError(
                f"X: expected as many columns in all partitions, got {part.shape[1]} {here.format(first.shape[1])}"
            )
        if part.sparse != first.sparse:
            kinds = ["sparse" if each.sparse else "dense" for each in (part, first)]
            raise InputError(
                f"X: expected dense or sparse rows in all partitions, got {kinds[0]} {here.format(kinds[1])}"
            )
        if part.dtype != first.dtype:
            raise InputError(
                f"X: expected one dtype in all partitions, got {part.dtype} {here.format(first.dtype)}"
            )
        if part.type_of_label != first.type_of_label or part.labels.shape[1:] != first.labels.shape[1:]:
            kinds = [_described(each.labels) for each in (part, first)]
            raise TargetError(
                f"y: expected labels of a single type, or mass, got {kinds[0]} {here.format(kinds[1])}"
            )


def all_classes(parts: Sequence[PartSummary], classes: ArrayLike | None) -> Array:
    """The distinct labels of all partitions in ascending order, or the user's `classes`.

    Raises
    ------
    TargetError, InputError
        As `read_targets`; a label that is not among `classes` is named with its partition.
    """
    if parts[0].labels.ndim == 2:
        return read_targets(parts[0].labels, classes).classes
    found = np.unique(np.concatenate([part.labels for part in parts]))
    known = found if classes is None else np.asarray(classes)
    for part in parts:
        unknown = part.labels[~np.isin(part.labels, known)]
        if len(unknown):
            raise TargetError(
                f"y: expected labels among {known.tolist()}, got {unknown[0]} in partition {part.partition}"
            )
    return read_targets(found, classes).classes


def as_targets(classes: Array) -> ClassTargets:
    """Each class once."""
    return ClassTargets(classes, np.arange(len(classes)))


def _read_targets(y: Any, may_be_mass: bool) -> Array:
    array = np.asarray(y)
    if array.ndim == 2 and array.shape[1] > 1:
        if may_be_mass:
            return array
        raise ShapeError(
            f"y: expected labels of shape (N,), got shape {array.shape}; to pass target mass, set classes="
        )
    return np.asarray(read_labels(y, "y")[0])


def _differing(came: list[str] | None, expected: list[str] | None) -> tuple[str, str]:
    """What is in one list only; all of both where they differ in order."""
    here, there = came or [], expected or []
    more, fewer = [name for name in here if name not in there], [name for name in there if name not in here]
    if not more and not fewer:
        more, fewer = here, there
    return tuple(", ".join(map(repr, names[:_SHOWN])) or "none of those" for names in (more, fewer))  # type: ignore[return-value]


def _described(labels: Array) -> str:
    return f"mass of {labels.shape[1]} classes" if labels.ndim == 2 else f"labels of dtype {labels.dtype}"
