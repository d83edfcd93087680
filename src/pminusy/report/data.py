"""The data as it was read."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import polars as pl

from pminusy.report.naming import clean

if TYPE_CHECKING:
    from pminusy.datasets.dataset import Dataset
    from pminusy.report.scored import Scored

_MAX_COLUMNS = 60
_N_EXAMPLES = 3
_EXAMPLE_ROWS = 1000
_EXAMPLE_LENGTH = 40


@dataclass(frozen=True)
class ClassCount:
    """One class and its rows in both parts.

    Attributes
    ----------
    name : str
    train, test : int
    train_share, test_share : float
        Of the part's rows.
    """

    name: str
    train: int
    test: int
    train_share: float
    test_share: float


@dataclass(frozen=True)
class Column:
    """One column as read.

    Attributes
    ----------
    name : str
    role : str
        "numeric", "category" or "text".
    examples : tuple of str
        A few different values.
    """

    name: str
    role: str
    examples: tuple[str, ...]


@dataclass(frozen=True)
class DataSummary:
    """What the model was trained and tested on.

    Attributes
    ----------
    name, source, kind, target : str
        As in `Dataset`.
    n_train, n_test : int
        Rows; `n_test` is 0 where none were held out.
    n_features : int
        Columns as read.
    n_inputs : int
        Numbers per row that the classifier sees, after encoding.
    image_shape : tuple of int or None
        Height and width; image data only.
    classes : tuple of ClassCount
    columns : tuple of Column
        The first 60; empty for image data.
    notes : tuple of str
        What was inferred or left out while reading.
    n_validation : int
        Rows that the model was validated on while it was trained; they are in neither part.
    """

    name: str
    source: str
    kind: str
    target: str
    n_train: int
    n_test: int
    n_features: int
    n_inputs: int
    image_shape: tuple[int, ...] | None
    classes: tuple[ClassCount, ...]
    columns: tuple[Column, ...]
    notes: tuple[str, ...]
    n_validation: int = 0


def summarise_data(
    dataset: "Dataset",
    names: tuple[str, ...],
    n_inputs: int,
    train: "Scored",
    test: "Scored | None",
    n_validation: int = 0,
) -> DataSummary:
    """Describe a data set and its parts.

    Parameters
    ----------
    dataset : Dataset
    names : tuple of K str
        The classes.
    n_inputs : int
        Numbers per row that the classifier sees.
    train, test : Scored
        The parts; `test` may be None.
    n_validation : int
        How many rows were for validation.

    Returns
    -------
    DataSummary
    """
    n_test = test.metrics.n if test else 0
    return DataSummary(
        name=clean(dataset.name),
        source=dataset.source,
        kind=dataset.kind,
        target=clean(dataset.target_name),
        n_train=train.metrics.n,
        n_test=n_test,
        n_features=dataset.X.shape[1],
        n_inputs=n_inputs,
        image_shape=dataset.image_shape,
        classes=_count_classes(names, train, test),
        columns=() if dataset.image_shape else _describe_columns(dataset, train.head),
        notes=dataset.notes,
        n_validation=n_validation,
    )


def _count_classes(names: tuple[str, ...], train: "Scored", test: "Scored | None") -> tuple[ClassCount, ...]:
    in_train = train.class_counts
    in_test = test.class_counts if test else np.zeros(len(names), dtype=np.int64)
    shares = (counts / max(counts.sum(), 1) for counts in (in_train, in_test))
    return tuple(map(ClassCount, names, in_train.tolist(), in_test.tolist(), *(s.tolist() for s in shares)))


def _describe_columns(dataset: "Dataset", X: Any) -> tuple[Column, ...]:
    shown = dataset.feature_names[:_MAX_COLUMNS]
    head = X[:_EXAMPLE_ROWS]
    return tuple(
        Column(clean(name), str(dataset.roles.get(name, "numeric")), _examples(_column(head, name, place)))
        for place, name in enumerate(shown)
    )


def _column(X: Any, name: str, place: int) -> list[Any]:
    if isinstance(X, pl.DataFrame):
        values: list[Any] = X[name].drop_nulls().to_list()
        return values
    column = X[:, place] if isinstance(X, np.ndarray) else X[:, [place]].toarray().ravel()
    return list(column)


def _examples(values: list[Any]) -> tuple[str, ...]:
    different = dict.fromkeys(clean(value, _EXAMPLE_LENGTH) for value in values)
    return tuple(different)[:_N_EXAMPLES]
