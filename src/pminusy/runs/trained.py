"""What a recipe makes of the training rows."""

from dataclasses import dataclass
from typing import Any

from sklearn.pipeline import Pipeline

from pminusy.datasets import Dataset
from pminusy.report.model import Report
from pminusy.report.path import PathOutcome
from pminusy.runs.manifest import Seconds


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


@dataclass(frozen=True, eq=False)
class Finished:
    """A fit of which only the files remain to be written.

    Attributes
    ----------
    dataset : Dataset
        What it was trained on.
    pipeline : sklearn.pipeline.Pipeline
    report : Report
    seconds : Seconds
    """

    dataset: Dataset
    pipeline: Pipeline
    report: Report
    seconds: Seconds
