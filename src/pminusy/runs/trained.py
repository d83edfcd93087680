"""What a recipe makes of the training rows."""

from dataclasses import dataclass
from typing import Any

from sklearn.pipeline import Pipeline

from pminusy.report.path import PathOutcome


@dataclass(frozen=True, eq=False)
class Trained:
    """A trained model.

    Attributes
    ----------
    pipeline : sklearn.pipeline.Pipeline
        Of the steps "columns" and "classifier".
    encoded : array or CSR matrix
        The rows that it was trained on, as "columns" gives them.
    path : PathOutcome or None
        How its C was chosen, if it was.
    """

    pipeline: Pipeline
    encoded: Any
    path: PathOutcome | None = None
