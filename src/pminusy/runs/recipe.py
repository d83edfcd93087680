"""How one kind of model is trained, and what a run needs to know of it."""

from typing import Protocol

from sklearn.pipeline import Pipeline

from pminusy.datasets import Dataset
from pminusy.report.outcome import GradientOutcome
from pminusy.runs.linear import LinearRecipe
from pminusy.runs.network import NetworkRecipe
from pminusy.runs.options import FitOptions, NetworkOptions
from pminusy.runs.trained import Trained
from pminusy.runs.watch import Watcher


class Recipe(Protocol):
    """What to do with the training rows, for one kind of model; `train` is the part to learn from, once divided."""

    def divide(self, train: Dataset) -> tuple[Dataset, Dataset | None]:
        """The training rows to learn from, and those to validate on while training, if there are any."""

    def train(self, train: Dataset, validation: Dataset | None, watcher: Watcher) -> Trained:
        """Fit to rows as divided."""

    def check_gradient(self, pipeline: Pipeline, train: Dataset) -> GradientOutcome:
        """Hold the gradient that it was trained with against its own function."""

    def settings(self, pipeline: Pipeline) -> dict[str, str | float | int | None]:
        """What it takes to train the same model again."""


def recipe_for(options: FitOptions) -> Recipe:
    """Choose the recipe; an option of the model that cannot be used is an InputError here, before any work.

    Examples
    --------
    >>> type(recipe_for(FitOptions())).__name__
    'LinearRecipe'
    """
    if isinstance(options.model, NetworkOptions):
        return NetworkRecipe(options.model, options.seed, options.threads)
    return LinearRecipe(options.model, options.seed, options.threads)
