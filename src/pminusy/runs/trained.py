"""What a recipe makes of the training rows."""

from dataclasses import dataclass

from sklearn.pipeline import Pipeline

from pminusy.report.path import PathOutcome


@dataclass(frozen=True)
class Trained:
    """A fitted pipeline of the steps "columns" and "classifier", and how its C was chosen, if it was."""

    pipeline: Pipeline
    path: PathOutcome | None = None
