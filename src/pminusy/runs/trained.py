"""What training gives."""

from dataclasses import dataclass
from typing import Any

from sklearn.pipeline import Pipeline


@dataclass(frozen=True, eq=False)
class Trained:
    """A trained model.

    Attributes
    ----------
    pipeline : sklearn.pipeline.Pipeline
        Of the steps "columns" and "classifier".
    encoded : array or CSR matrix
        The rows that it was trained on, as "columns" gives them.
    """

    pipeline: Pipeline
    encoded: Any
