"""The rows that the model got most wrong."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from pminusy.report.naming import clean
from pminusy.report.pictures import Picture, picture
from pminusy.report.predictions import Predictions

if TYPE_CHECKING:
    from pminusy.datasets.dataset import Dataset

_MAX_ROWS = 12
_MAX_IMAGES = 24
_MAX_VALUES = 12
_CELL_LENGTH = 160


@dataclass(frozen=True)
class Cell:
    """One value of a row.

    Attributes
    ----------
    column, value : str
    """

    column: str
    value: str


@dataclass(frozen=True)
class Mistake:
    """A row that was put in the wrong class.

    Attributes
    ----------
    row : int
        Its place in its part, counted from 1.
    true, predicted : str
        The two classes.
    probability_true, probability_predicted : float
        What the model gave them.
    values : tuple of Cell
        The first columns of the row as read (for sparse data the largest entries); empty for image data.
    image : Picture or None
        Image data only.
    """

    row: int
    true: str
    predicted: str
    probability_true: float
    probability_predicted: float
    values: tuple[Cell, ...]
    image: Picture | None


def worst_mistakes(dataset: "Dataset", part: Predictions, names: tuple[str, ...]) -> tuple[Mistake, ...]:
    """Pick the wrongly classified rows whose true class was given the least probability.

    Parameters
    ----------
    dataset : Dataset
        Where the rows came from.
    part : Predictions
    names : tuple of K str
        The classes.

    Returns
    -------
    tuple of Mistake
        Worst first: at most 12 rows, or 24 images.
    """
    predicted = part.predicted
    wrong = np.flatnonzero(predicted != part.labels)
    p_true = part.probabilities[wrong, part.labels[wrong]]
    limit = _MAX_IMAGES if dataset.image_shape else _MAX_ROWS
    rows = wrong[np.argsort(p_true, kind="stable")[:limit]]
    peak = float(np.abs(part.X[rows]).max()) if dataset.image_shape and len(rows) else 0.0
    return tuple(
        Mistake(
            row=row + 1,
            true=names[part.labels[row]],
            predicted=names[predicted[row]],
            probability_true=float(part.probabilities[row, part.labels[row]]),
            probability_predicted=float(part.probabilities[row, predicted[row]]),
            values=() if dataset.image_shape else _values(dataset, part.X, row),
            image=picture(part.X[row], dataset.image_shape, peak) if dataset.image_shape else None,
        )
        for row in rows.tolist()
    )


def worst(mistakes: list[Mistake]) -> tuple[Mistake, ...]:
    """Of mistakes in several blocks of rows, each block's worst, those that are the worst in all."""
    limit = _MAX_IMAGES if any(mistake.image for mistake in mistakes) else _MAX_ROWS
    return tuple(sorted(mistakes, key=lambda mistake: mistake.probability_true)[:limit])


def _values(dataset: "Dataset", X: Any, row: int) -> tuple[Cell, ...]:
    if dataset.kind == "table":
        shown = list(X.row(row, named=True).items())
    elif isinstance(X, np.ndarray):
        shown = list(zip(dataset.feature_names, X[row], strict=True))
    else:
        entries = X[[row]].tocoo()
        largest = np.argsort(-np.abs(entries.data), kind="stable")
        shown = [(dataset.feature_names[entries.col[i]], entries.data[i]) for i in largest[:_MAX_VALUES]]
    return tuple(Cell(clean(column), clean(value, _CELL_LENGTH)) for column, value in shown[:_MAX_VALUES])
