"""Labels that come some at a time, as numbers: all rows' strings would take many times the memory."""

from __future__ import annotations

from typing import Any

import numpy as np
import polars as pl
from numpy.typing import NDArray

from pminusy.datasets.dataset import Labels
from pminusy.datasets.labels import check_classes, column_labels, label_names
from pminusy.datasets.spelling import as_written, match_names
from pminusy.errors import DataError

_MOST_CLASSES = 1_000_000
_ENOUGH = 40  # rows of a class, for whether labels are measurements


class LabelCodes:
    """The labels of rows in order, each by the place of its class among those that have come.

    Parameters
    ----------
    target_name : str
    """

    def __init__(self, target_name: str) -> None:
        self._target = target_name
        self._places: dict[str, int] = {}
        self._codes: list[NDArray[np.int32]] = []

    def __len__(self) -> int:
        return sum(map(len, self._codes))

    def add(self, labels: pl.Series) -> NDArray[np.intp]:
        """Add labels without missing values, and give the rows among them that are the first of their class.

        Raises
        ------
        DataError
            There are more than a million classes.
        """
        written = as_written(labels)
        before = len(self._places)
        for name in written.unique(maintain_order=True):
            self._places.setdefault(name, len(self._places))
        if len(self._places) > _MOST_CLASSES:
            raise DataError(
                f"target {self._target!r}: expected classes, got more than {_MOST_CLASSES:,} different values"
            )
        codes = written.replace_strict(self._places, return_dtype=pl.Int32).to_numpy()
        self._codes.append(codes)
        new, firsts = np.unique(codes, return_index=True)
        return firsts[new >= before]

    def counts(self) -> NDArray[np.int64]:
        """The rows of each class, in the order in which classes came."""
        n_classes = len(self._places)
        parts = (np.bincount(codes, minlength=n_classes) for codes in self._codes)
        return np.sum([*parts, np.zeros(n_classes, np.int64)], axis=0)

    def settled(self) -> tuple[Labels, NDArray[np.int32]]:
        """The classes (K,) in order, as `column_labels` of all rows makes them, and each row's place among them.

        Raises
        ------
        DataError
            As `column_labels` and `check_classes`: there is one class, or labels are measurements.
        """
        names = pl.Series(self._target, list(self._places), dtype=pl.String)
        enough = pl.Series(np.minimum(self.counts(), _ENOUGH))
        repeated = names.to_frame().select(pl.col(self._target).repeat_by(enough).explode()).to_series()
        check_classes(column_labels(repeated), self._target)
        labels = label_names(names)
        classes = np.unique(labels)
        return classes, self._as_places(np.searchsorted(classes, labels))

    def among(self, classes: Labels) -> tuple[Labels, NDArray[np.int32]]:
        """The labels that came, in the spelling of `classes`, and each row's place among these.

        The places are good if every label is one of them.
        """
        labels = match_names(label_names(pl.Series(list(self._places), dtype=pl.String)), classes)
        known = (
            labels.astype(classes.dtype) if labels.dtype.kind == classes.dtype.kind else labels.astype(str)
        )
        order = classes if known.dtype.kind == classes.dtype.kind else classes.astype(str)
        return labels, self._as_places(np.searchsorted(order, known))

    def _as_places(self, places: NDArray[Any]) -> NDArray[np.int32]:
        settled = places.astype(np.int32)
        rows = [settled[codes] for codes in self._codes]
        return np.concatenate(rows) if rows else np.empty(0, np.int32)
