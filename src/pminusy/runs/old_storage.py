"""Model files of format 4 and below: archives of skops that hold scikit-learn's transformers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from pminusy.datasets.encoders.arrays import AsTheyAre, ForNetwork, Pixels, SparsePeaks, Standardised
from pminusy.datasets.encoders.encoder import Encoder
from pminusy.datasets.encoders.numbers import Dates, Numbers
from pminusy.datasets.encoders.one_hot import Categories, DateParts
from pminusy.datasets.encoders.table import Table
from pminusy.datasets.encoders.text import Text
from pminusy.datasets.notation import Notation, Notations
from pminusy.errors import ModelDirectoryError
from pminusy.runs.directory import NETWORK

if TYPE_CHECKING:
    from sklearn.pipeline import Pipeline

_TRUSTED = [
    "numpy.dtype",
    "pminusy.datasets.tfidf.Tfidf",
    *(
        f"pminusy.datasets.transforms.{name}"
        for name in (
            *("numbers", "date_numbers", "date_categories", "name_date_numbers", "name_date_categories"),
            *("categories", "texts", "to_float32", "to_singles", "scale_pixels", "to_images"),
            *("name_category", "name_feature"),
        )
    ),
    "pminusy.linear.regression.SoftmaxRegression",
    "pminusy.linear.curvature.Curvature",
    "pminusy.solvers.result.Record",
    "pminusy.solvers.result.SolverResult",
]


def load_old_pipeline(path: Path) -> Pipeline:
    """Read a pipeline, with encoders in place of scikit-learn's transformers.

    Parameters
    ----------
    path : Path
        An archive of skops; it may refer to the types of a saved pipeline and no others.

    Returns
    -------
    sklearn.pipeline.Pipeline

    Raises
    ------
    ModelDirectoryError
        The file is no such pipeline, or skops isn't installed.

    Examples
    --------
    >>> load_old_pipeline(Path("model.skops")).predict(X)   # doctest: +SKIP
    """
    if find_spec("skops") is None:
        raise ModelDirectoryError(f"{path}: written by an older version; to read it, pip install skops")
    import skops.io
    from skops.io.exceptions import UntrustedTypesFoundException

    try:
        return _converted(skops.io.load(path, trusted=_TRUSTED), path)
    except UntrustedTypesFoundException as error:
        foreign = min(set(skops.io.get_untrusted_types(file=path)) - set(_TRUSTED))
        raise ModelDirectoryError(f"{path}: refers to {foreign!r}, which no pminusy model uses") from error
    # A malformed file fails wherever the rebuilding happens to stumble.
    except Exception as error:
        line = (str(error).splitlines() or [type(error).__name__])[0]
        raise ModelDirectoryError(f"{path}: not readable as a model: {line}") from error


def _converted(pipeline: Any, path: Path) -> Pipeline:
    from sklearn.pipeline import Pipeline

    from pminusy.linear.regression import SoftmaxRegression
    from pminusy.network.estimator import SoftmaxNetwork
    from pminusy.solvers.result import Reason

    if not (isinstance(pipeline, Pipeline) and [*pipeline.named_steps] == ["columns", "classifier"]):
        raise TypeError(f"expected a pipeline of columns and classifier, got {type(pipeline).__name__}")
    classifier = pipeline["classifier"]
    if classifier is None:
        classifier = SoftmaxNetwork.load(path.with_name(NETWORK))
    elif not isinstance(classifier, SoftmaxRegression):
        raise TypeError(f"expected a SoftmaxRegression as classifier, got {type(classifier).__name__}")
    else:
        # skops stores an enum of strings as its string.
        classifier.result_ = replace(classifier.result_, reason=Reason(classifier.result_.reason))
    columns = _encoder(pipeline["columns"])
    columns.check()
    return Pipeline([("columns", columns), ("classifier", classifier)])


def _encoder(step: Any) -> Encoder:
    """What a fitted transformer does, as an encoder."""
    kind = type(step).__name__
    if kind == "ColumnTransformer":
        encoders = tuple(_branch(branch, tuple(columns)) for _, branch, columns in step.transformers_)
        return Table(encoders, most=step.sparse_threshold, sparse=bool(step.sparse_output_))
    if kind == "Pipeline":
        return _chain([part for _, part in step.steps])
    n_columns = int(step.n_features_in_)
    if kind == "StandardScaler":
        return Standardised(n_columns, step.mean_, step.scale_)
    if kind == "MaxAbsScaler":
        return SparsePeaks(n_columns, step.scale_)
    return AsTheyAre(n_columns) if step.func is None else Pixels(n_columns, step.kw_args["peak"])


def _chain(steps: list[Any]) -> Encoder:
    """A network's steps, or a conversion to float32 before the columns are standardised."""
    functions = [getattr(getattr(step, "func", None), "__name__", "") for step in steps]
    if functions[0] == "to_float32":
        return _encoder(steps[1])
    shape = tuple(steps[2].kw_args["shape"]) if "to_images" in functions else ()
    return ForNetwork(_encoder(steps[0]), shape)


def _branch(branch: Any, columns: tuple[str, ...]) -> Encoder:
    first, *others = (step for _, step in branch.steps)
    options = first.kw_args or {}
    match first.func.__name__:
        case "numbers":
            return Numbers(**_scaled(columns, options, *others), read_as=str(options["dtype"]))
        case "date_numbers":
            return Dates(**_scaled(columns, options, *others))
        case "date_categories":
            return DateParts(columns, **_one_hot(others[0]), notations=_notations(options))
        case "categories":
            return Categories(columns, **_one_hot(others[0]), written=tuple(options["written"]))
    parts = "words" if others[0].analyzer == "word" else "pieces"
    vocabulary = others[0].get_feature_names_out()
    return Text(columns[0], parts, int(others[0].min_df), vocabulary, others[0].idf_)


def _scaled(
    columns: tuple[str, ...], options: Mapping[str, Any], imputer: Any, scaler: Any, *last: Any
) -> dict[str, Any]:
    return {
        "columns": columns,
        "dtype": "float32" if last else "float64",
        "notations": _notations(options),
        "medians": np.nan_to_num(imputer.statistics_),  # NaN for a column without values
        "indicated": imputer.indicator_.features_ if imputer.add_indicator else np.empty(0, np.int64),
        "mean": scaler.mean_,
        "scale": scaler.scale_,
    }


def _one_hot(encoder: Any) -> dict[str, Any]:
    known = tuple(encoder.categories_)
    rare = tuple(
        np.isin(categories, infrequent if infrequent is not None else [])
        for categories, infrequent in zip(known, _infrequent(encoder), strict=True)
    )
    least = int(encoder.min_frequency or 1)
    return {"dtype": np.dtype(encoder.dtype).name, "least": least, "known": known, "rare": rare}


def _infrequent(encoder: Any) -> list[Any]:
    if encoder.handle_unknown == "ignore":
        return [None] * len(encoder.categories_)
    return list(encoder.infrequent_categories_)


def _notations(options: Mapping[str, Any]) -> Notations:
    return {
        column: Notation(**{**fields, "missing": tuple(fields.get("missing", ()))})
        for column, fields in options["notations"].items()
    }
