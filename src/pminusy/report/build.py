"""From a trained pipeline and its data to a report: all the computing happens here, and below."""

import math
import platform
from collections.abc import Mapping
from importlib.metadata import version
from typing import TYPE_CHECKING, Any

import numpy as np

from pminusy.network.estimator import SoftmaxNetwork
from pminusy.nn.layers.conv2d import Conv2d
from pminusy.report.confusion import summarise_confusion
from pminusy.report.data import summarise_data
from pminusy.report.kept import kept_features
from pminusy.report.metrics import baseline_metrics
from pminusy.report.model import Fact, Report
from pminusy.report.naming import clean
from pminusy.report.network import network_outcome
from pminusy.report.outcome import GradientOutcome, solver_outcome
from pminusy.report.path import PathOutcome
from pminusy.report.per_class import score_classes
from pminusy.report.predictions import predict
from pminusy.report.scored import Scored, score
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
    names = class_names(pipeline)
    learned = score(dataset, [predict(pipeline, *train, part="train", encoded=encoded)], names)
    held_out = score(dataset, [predict(pipeline, *test, part="test")], names) if test else None
    return compose_report(
        dataset=dataset,
        pipeline=pipeline,
        train=learned,
        test=held_out,
        gradient_check=gradient_check,
        seconds=seconds,
        settings=settings,
        n_validation=n_validation,
        path=path,
    )


def class_names(pipeline: Any) -> tuple[str, ...]:
    """The classes of a fitted pipeline as reports write them."""
    return tuple(clean(label) for label in pipeline.classes_.tolist())


def compose_report(
    *,
    dataset: "Dataset",
    pipeline: Any,
    train: Scored,
    test: Scored | None,
    gradient_check: GradientOutcome,
    seconds: float,
    settings: Mapping[str, str | float | int | None],
    n_validation: int = 0,
    path: PathOutcome | None = None,
) -> Report:
    """Put a report together of parts that are scored; the parameters are those of `build_report`.

    Returns
    -------
    Report

    Examples
    --------
    >>> report = compose_report(dataset=dataset, pipeline=pipeline, train=score(dataset, blocks, names), test=None,
    ...                         gradient_check=check, seconds=1.2, settings={"C": 1.0})   # doctest: +SKIP
    """
    names = class_names(pipeline)
    shown = test or train
    encoded = pipeline["columns"].transform(train.head[:1])
    n_inputs = math.prod(encoded.shape[1:])
    shares = train.class_counts / train.metrics.n
    return Report(
        title=f"{_kind(pipeline['classifier'])} on {clean(dataset.name)}",
        data=summarise_data(dataset, names, n_inputs, train, test, n_validation),
        train=train.metrics,
        test=test.metrics if test else None,
        baseline=baseline_metrics(shares, shown.class_counts),
        confusion=summarise_confusion(shown.counts, names),
        per_class=score_classes(shown.counts, names),
        reliability=shown.reliability,
        mistakes=shown.mistakes,
        gradient_check=gradient_check,
        seconds=float(seconds),
        settings=tuple(
            Fact(name, "none" if value is None else clean(value)) for name, value in settings.items()
        ),
        versions=(Fact("Python", platform.python_version()), *(Fact(p, version(p)) for p in _PACKAGES)),
        path=path,
        **_training(dataset, pipeline, names, train.class_counts, encoded),
    )


def _kind(classifier: Any) -> str:
    if not isinstance(classifier, SoftmaxNetwork):
        return "Softmax regression"
    convolves = any(isinstance(layer, Conv2d) for layer in classifier.network_.layers)
    return "Convolutional network" if convolves else "Neural network"


def _training(
    dataset: "Dataset", pipeline: Any, names: tuple[str, ...], counts: np.ndarray, encoded: Any
) -> dict[str, Any]:
    """What differs between the kinds of model: how training went, and what was learned."""
    classifier = pipeline["classifier"]
    if isinstance(classifier, SoftmaxNetwork):
        outcome = network_outcome(classifier, encoded, dataset.image_shape)
        return {"weights": (), "solver": None, "network": outcome}
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
