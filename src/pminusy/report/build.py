"""From a trained pipeline and its data to a report: all the computing happens here, and below."""

import math
import platform
from collections.abc import Mapping
from importlib.metadata import version
from typing import TYPE_CHECKING, Any

import numpy as np

from pminusy.network.estimator import SoftmaxNetwork
from pminusy.nn.layers.conv2d import Conv2d
from pminusy.report.confusion import confusion_counts, summarise_confusion
from pminusy.report.data import summarise_data
from pminusy.report.kept import kept_features
from pminusy.report.metrics import Metrics, evaluate
from pminusy.report.mistakes import worst_mistakes
from pminusy.report.model import Fact, Report
from pminusy.report.naming import clean
from pminusy.report.network import network_outcome
from pminusy.report.outcome import GradientOutcome, solver_outcome
from pminusy.report.path import PathOutcome
from pminusy.report.per_class import score_classes
from pminusy.report.predictions import Predictions, predict
from pminusy.report.reliability import reliability_bins
from pminusy.report.weights import ClassWeights, feature_names, weights_as_images, weights_by_name

if TYPE_CHECKING:
    from pminusy.datasets.dataset import Dataset, Features

_PACKAGES = ("pminusy", "numpy", "scipy", "scikit-learn")


def build_report(
    *,
    dataset: "Dataset",
    pipeline: Any,
    train: "tuple[Features, np.ndarray]",
    test: "tuple[Features, np.ndarray] | None",
    gradient_check: GradientOutcome,
    seconds: float,
    settings: Mapping[str, str | float | int | None],
    n_validation: int = 0,
    encoded: Any = None,
    path: PathOutcome | None = None,
) -> Report:
    """Score a trained pipeline and take down what it learned.

    Parameters
    ----------
    dataset : Dataset
        The data as read.
    pipeline : sklearn.pipeline.Pipeline
        Fitted, with the steps "columns" (a preprocessor) and "classifier" (a `SoftmaxRegression` or a
        `SoftmaxNetwork`).
    train, test : tuple of rows (n, D) and labels (n,)
        The parts. `test` may be None; it may lack classes, but not bring new ones.
    gradient_check : GradientOutcome
        Of this model on a few of its rows.
    seconds : float
        What the whole fit took.
    settings : mapping of str to str, number or None
        The options in use.
    n_validation : int
        How many rows the model was validated on while it was trained; they are in neither part.
    encoded : array or CSR matrix, optional
        The training part as "columns" gives it, where that is known already.
    path : PathOutcome, optional
        Where C was chosen by cross-validation.

    Returns
    -------
    Report

    Raises
    ------
    TargetError
        A label that the model was not trained on; the message names the part and the row.

    Examples
    --------
    >>> report = build_report(dataset=dataset, pipeline=pipeline, train=(X, y), test=None,
    ...                       gradient_check=check, seconds=1.2, settings={"C": 1.0})   # doctest: +SKIP
    """
    names = tuple(clean(label) for label in pipeline.classes_.tolist())
    learned = predict(pipeline, *train, part="train", encoded=encoded)
    held_out = predict(pipeline, *test, part="test") if test else None
    shown = held_out or learned
    encoded = pipeline["columns"].transform(train[0][:1])
    n_inputs = math.prod(encoded.shape[1:])
    counts = confusion_counts(shown.labels, shown.predicted, len(names))
    return Report(
        title=f"{_kind(pipeline['classifier'])} on {clean(dataset.name)}",
        data=summarise_data(dataset, names, n_inputs, learned, held_out, n_validation),
        train=_score(learned),
        test=_score(held_out) if held_out else None,
        baseline=_baseline(learned.labels, shown.labels, len(names)),
        confusion=summarise_confusion(counts, names),
        per_class=score_classes(counts, names),
        reliability=reliability_bins(shown.probabilities.max(axis=1), shown.predicted == shown.labels),
        mistakes=worst_mistakes(dataset, shown, names),
        gradient_check=gradient_check,
        seconds=float(seconds),
        settings=tuple(
            Fact(name, "none" if value is None else clean(value)) for name, value in settings.items()
        ),
        versions=(Fact("Python", platform.python_version()), *(Fact(p, version(p)) for p in _PACKAGES)),
        path=path,
        **_training(dataset, pipeline, names, learned, encoded),
    )


def _kind(classifier: Any) -> str:
    if not isinstance(classifier, SoftmaxNetwork):
        return "Softmax regression"
    convolves = any(isinstance(layer, Conv2d) for layer in classifier.network_.layers)
    return "Convolutional network" if convolves else "Neural network"


def _score(part: Predictions) -> Metrics:
    return evaluate(part.probabilities, part.labels, part.log_true)


def _baseline(train_labels: np.ndarray, labels: np.ndarray, n_classes: int) -> Metrics:
    shares = np.bincount(train_labels, minlength=n_classes) / len(train_labels)
    return evaluate(np.broadcast_to(shares, (len(labels), n_classes)), labels)


def _training(
    dataset: "Dataset", pipeline: Any, names: tuple[str, ...], train: Predictions, encoded: Any
) -> dict[str, Any]:
    """What differs between the kinds of model: how training went, and what was learned."""
    classifier = pipeline["classifier"]
    if isinstance(classifier, SoftmaxNetwork):
        outcome = network_outcome(classifier, encoded, dataset.image_shape)
        return {"weights": (), "solver": None, "network": outcome}
    counts = np.bincount(train.labels, minlength=len(names))
    features = [] if dataset.image_shape else input_names(dataset, pipeline["columns"])
    return {
        "weights": _weights(dataset, classifier, names, features, counts),
        "solver": solver_outcome(classifier.result_),
        "kept": kept_features(classifier, names, features, dataset.image_shape),
    }


def input_names(dataset: "Dataset", columns: Any) -> list[str]:
    """Name what a fitted preprocessor gives to the classifier.

    Parameters
    ----------
    dataset : Dataset
        What the preprocessor was made for.
    columns : transformer
        Fitted.

    Returns
    -------
    list of str
    """
    raw = None if dataset.kind == "table" else dataset.feature_names
    return feature_names(columns, raw)


def _weights(
    dataset: "Dataset", classifier: Any, names: tuple[str, ...], features: list[str], counts: np.ndarray
) -> tuple[ClassWeights, ...]:
    if dataset.image_shape:
        return weights_as_images(classifier, names, dataset.image_shape, counts)
    return weights_by_name(classifier, names, features, counts)
