"""A softmax regression, trained on rows as read."""

import warnings
from dataclasses import dataclass

from sklearn.exceptions import ConvergenceWarning
from sklearn.pipeline import Pipeline

from pminusy.datasets import Dataset, make_preprocessor
from pminusy.linear.regression import SoftmaxRegression
from pminusy.report.outcome import GradientOutcome, gradient_outcome
from pminusy.runs.gradient import check_model_gradient
from pminusy.runs.options import LinearOptions
from pminusy.runs.trained import Trained
from pminusy.runs.watch import Watcher
from pminusy.solvers.progress import listening


@dataclass(frozen=True)
class LinearRecipe:
    """See `pminusy.runs.recipe.Recipe`."""

    options: LinearOptions
    seed: int
    threads: int | None

    def divide(self, train: Dataset) -> tuple[Dataset, None]:
        """All rows are to learn from."""
        return train, None

    def train(self, train: Dataset, validation: Dataset | None, watcher: Watcher) -> Trained:  # noqa: ARG002
        """Fit to the optimum, or as near as the options allow; the report says which."""
        columns = make_preprocessor(train)
        classifier = SoftmaxRegression(
            C=self.options.C,
            tol=self.options.tol,
            max_iter=self.options.max_iter,
            class_weight="balanced" if self.options.balanced else None,
            n_threads=self.threads,
            random_state=self.seed,
        )
        watcher.stage("encoding")
        X = columns.fit_transform(train.X)
        watcher.stage("fitting")
        with listening(lambda record: watcher.iteration(record, self.options.tol)), warnings.catch_warnings():
            # The report says how the solver ended.
            warnings.simplefilter("ignore", ConvergenceWarning)
            classifier.fit(X, train.y)
        return Trained(Pipeline([("columns", columns), ("classifier", classifier)]), X)

    def check_gradient(self, pipeline: Pipeline, train: Dataset) -> GradientOutcome:
        """Check the gradient with respect to some of the weights."""
        check = check_model_gradient(pipeline, train.X, train.y, self.seed)
        return gradient_outcome(check, str(check.worst_index))

    def settings(self, pipeline: Pipeline) -> dict[str, str | float | int | None]:
        """Take the options down, and which solver was chosen."""
        return {
            "C": self.options.C,
            "solver": pipeline["classifier"].result_.method,
            "tol": self.options.tol,
            "max_iter": self.options.max_iter,
            "class_weight": "balanced" if self.options.balanced else None,
        }
