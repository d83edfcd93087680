"""What the model says of one part of the data."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from pminusy.report.naming import encode_labels

if TYPE_CHECKING:
    from pminusy.datasets.dataset import Features

_BLOCK_ROWS = 8192


@dataclass(frozen=True)
class Predictions:
    """One part's rows, their true classes and the model's probabilities.

    Attributes
    ----------
    part : str
        "train" or "test".
    X : (N, D) polars.DataFrame, array or SciPy CSR
        The rows as read.
    labels : (N,) int64
        Each row's true class, as its place among the model's classes.
    probabilities : (N, K) float
    log_true : (N,) float64
        log p of each row's true class, exact where p itself underflows.
    """

    part: str
    X: "Features"
    labels: np.ndarray
    probabilities: np.ndarray
    log_true: np.ndarray

    @property
    def predicted(self) -> np.ndarray:
        """Each row's most probable class, (N,) int64."""
        predicted: np.ndarray = self.probabilities.argmax(axis=1)
        return predicted


def predict(pipeline: Any, X: "Features", y: np.ndarray, part: str, encoded: Any = None) -> Predictions:
    """Predict every row once.

    Parameters
    ----------
    pipeline : sklearn.pipeline.Pipeline
        Fitted, ending in a classifier.
    X : (N, D) polars.DataFrame, array or SciPy CSR
    y : (N,) array
        The true labels.
    part : str
        "train" or "test".
    encoded : array or CSR matrix, optional
        X as all of the pipeline but the classifier gives it, where that is known already.

    Returns
    -------
    Predictions

    Raises
    ------
    TargetError
        A label that the model was not trained on.
    """
    labels = encode_labels(y, pipeline.classes_, f"labels of the {part} rows")
    # The pipeline's own copy of the rows (as floats) is the large one: in blocks it stays small.
    model, given = (pipeline, X) if encoded is None else (pipeline[-1], encoded)
    blocks, log_true = [], np.empty(len(labels))
    for start in range(0, len(labels), _BLOCK_ROWS):
        rows = slice(start, start + _BLOCK_ROWS)
        log_probabilities = model.predict_log_proba(given[rows])
        log_true[rows] = log_probabilities[np.arange(len(log_probabilities)), labels[rows]]
        blocks.append(np.exp(log_probabilities, out=log_probabilities))
    return Predictions(part, X, labels, np.concatenate(blocks), log_true)
