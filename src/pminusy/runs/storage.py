"""A trained pipeline as files without pickle, and back."""

from dataclasses import replace
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED

import skops.io
from sklearn.pipeline import Pipeline
from skops.io.exceptions import UntrustedTypesFoundException

from pminusy.datasets import STORED_TYPES
from pminusy.errors import ModelDirectoryError
from pminusy.linear.curvature import Curvature
from pminusy.linear.regression import SoftmaxRegression
from pminusy.network.estimator import SoftmaxNetwork
from pminusy.runs.directory import NETWORK
from pminusy.runs.packing import pack, unpack
from pminusy.solvers.result import Reason, Record, SolverResult

_TRUSTED = [
    *STORED_TYPES,
    *(f"{kind.__module__}.{kind.__name__}" for kind in (SoftmaxRegression, Curvature, Record, SolverResult)),
]


def save_pipeline(pipeline: Pipeline, path: Path) -> None:
    """Write a pipeline of the steps "columns" and "classifier" to a new file; a network goes into one beside it.

    Parameters
    ----------
    pipeline : sklearn.pipeline.Pipeline
        Fitted.
    path : Path

    Examples
    --------
    >>> save_pipeline(pipeline, Path("model.skops"))   # doctest: +SKIP
    """
    classifier = pipeline["classifier"]
    if isinstance(classifier, SoftmaxNetwork):
        classifier.save(path.with_name(NETWORK))
        pipeline = _with_classifier(pipeline, None)
    skops.io.dump(pack(pipeline), path, compression=ZIP_DEFLATED)


def load_pipeline(path: Path) -> Pipeline:
    """Read a pipeline back; a file that names any type but those of a saved pipeline is refused.

    Parameters
    ----------
    path : Path
        As `save_pipeline` wrote it.

    Returns
    -------
    sklearn.pipeline.Pipeline

    Raises
    ------
    ModelDirectoryError
        The file is no such pipeline.

    Examples
    --------
    >>> load_pipeline(Path("model.skops")).predict(X)   # doctest: +SKIP
    """
    try:
        return _checked(unpack(skops.io.load(path, trusted=_TRUSTED)), path)
    except UntrustedTypesFoundException as error:
        foreign = min(set(skops.io.get_untrusted_types(file=path)) - set(_TRUSTED))
        raise ModelDirectoryError(f"{path}: refers to {foreign!r}, which no pminusy model uses") from error
    # A malformed file fails wherever the rebuilding happens to stumble.
    except Exception as error:
        raise ModelDirectoryError(f"{path}: not readable as a model: {_first_line(error)}") from error


def _checked(pipeline: Any, path: Path) -> Pipeline:
    if not (isinstance(pipeline, Pipeline) and [*pipeline.named_steps] == ["columns", "classifier"]):
        raise TypeError(f"expected a pipeline of columns and classifier, got {type(pipeline).__name__}")
    classifier = pipeline["classifier"]
    if classifier is None:
        return _with_classifier(pipeline, SoftmaxNetwork.load(path.with_name(NETWORK)))
    if not isinstance(classifier, SoftmaxRegression):
        raise TypeError(f"expected a SoftmaxRegression as classifier, got {type(classifier).__name__}")
    # skops stores an enum of strings as its string.
    classifier.result_ = replace(classifier.result_, reason=Reason(classifier.result_.reason))
    return pipeline


def _with_classifier(pipeline: Pipeline, classifier: SoftmaxNetwork | None) -> Pipeline:
    return Pipeline([("columns", pipeline["columns"]), ("classifier", classifier)])


def _first_line(error: Exception) -> str:
    return (str(error).splitlines() or [type(error).__name__])[0]
