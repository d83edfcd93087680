"""A softmax regression, trained on rows as read."""

import warnings
from dataclasses import dataclass
from typing import Any

from sklearn.exceptions import ConvergenceWarning
from sklearn.pipeline import Pipeline

from pminusy.datasets import Dataset, make_preprocessor
from pminusy.datasets.dataset import Labels
from pminusy.datasets.encoders.encoder import Encoder
from pminusy.linear.regression import SoftmaxRegression
from pminusy.report.build import input_names
from pminusy.report.naming import clean
from pminusy.report.outcome import GradientOutcome, gradient_outcome
from pminusy.report.path import PathOutcome
from pminusy.runs.gradient import check_model_gradient
from pminusy.runs.options import LinearOptions
from pminusy.runs.penalty import N_FOLDS, choose_C, describe_path
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
        watcher.stage("encoding")
        X = columns.fit_transform(train.X)
        pipeline = Pipeline([("columns", columns), ("classifier", self._classifier())])
        with warnings.catch_warnings():
            # The report says how the solver ended, and rare classes need not be in every fold.
            warnings.simplefilter("ignore", ConvergenceWarning)
            warnings.filterwarnings("ignore", "The least populated class in y")
            if self.options.C != "auto":
                self._fit(pipeline["classifier"], X, train.y, watcher)
                return Trained(pipeline, X)
            return Trained(pipeline, X, self._choose_and_fit(pipeline, X, train, watcher))

    def fit_rows(self, columns: Encoder, X: Any, codes: Any, classes: Labels, watcher: Watcher) -> Pipeline:
        """Fit to encoded rows, wherever they are, and their classes' places."""
        pipeline = Pipeline([("columns", columns), ("classifier", self._classifier())])
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", ConvergenceWarning)
            self._fit(pipeline["classifier"], X, codes, watcher)
        pipeline["classifier"].classes_ = classes  # in the order of their places
        return pipeline

    def _choose_and_fit(self, pipeline: Pipeline, X: Any, train: Dataset, watcher: Watcher) -> PathOutcome:
        classifier, rule = pipeline["classifier"], self.options.one_standard_error
        watcher.stage("cross-validating")
        selection, chosen = choose_C(classifier, X, train.y, self.seed, one_standard_error=rule)
        self._fit(classifier.set_params(C=float(selection.Cs[chosen])), X, train.y, watcher)
        watcher.stage("tracing the path")
        names = tuple(clean(label) for label in classifier.classes_.tolist())
        features = None if train.image_shape else input_names(train, pipeline["columns"])
        return describe_path(classifier, selection, X, train.y, names, features, one_standard_error=rule)

    def _classifier(self) -> SoftmaxRegression:
        return SoftmaxRegression(
            C=1.0 if self.options.C == "auto" else self.options.C,
            tol=self.options.tol,
            max_iter=self.options.max_iter,
            class_weight="balanced" if self.options.balanced else None,
            n_threads=self.threads,
            random_state=self.seed,
            l1_ratio=self.options.l1_ratio,
            group=self.options.group,
        )

    def _fit(self, classifier: SoftmaxRegression, X: Any, y: Any, watcher: Watcher) -> None:
        watcher.stage("fitting")
        # With an L1 part, tol is for the duality gap, which no single iteration knows.
        norm = 0.0 if self.options.l1_ratio else self.options.tol
        with listening(lambda record: watcher.iteration(record, norm)):
            classifier.fit(X, y)

    def check_gradient(self, pipeline: Pipeline, train: Dataset) -> GradientOutcome:
        """Check the gradient with respect to some of the weights."""
        check = check_model_gradient(pipeline, train.X, train.y, self.seed)
        return gradient_outcome(check, str(check.worst_index))

    def settings(self, pipeline: Pipeline) -> dict[str, str | float | int | None]:
        """Take the options down, and which solver was chosen."""
        return {
            "C": pipeline["classifier"].C,
            **self._shape(),
            "solver": pipeline["classifier"].result_.method,
            "tol": self.options.tol,
            "max_iter": self.options.max_iter,
            "class_weight": "balanced" if self.options.balanced else None,
        }

    def _shape(self) -> dict[str, str | float | int | None]:
        """What is not so by default."""
        given: dict[str, str | float | int | None] = {}
        if self.options.C == "auto":
            rule = "one standard error" if self.options.one_standard_error else "lowest log loss"
            given["C chosen by"] = f"{N_FOLDS}-fold cross-validation, {rule}"
        if self.options.l1_ratio:
            given |= {"l1_ratio": self.options.l1_ratio, "group": str(self.options.group)}
        return given
