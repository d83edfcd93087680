"""A model directory as one ONNX file."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from pminusy.errors import DataError, InputError
from pminusy.files import check_place, replacing
from pminusy.runs.saved import read_model

if TYPE_CHECKING:
    from sklearn.pipeline import Pipeline

_NEEDED = "onnx: expected onnx and skl2onnx to be installed, found no {}; pip install 'pminusy[onnx]'"


def export_onnx(directory: Path, path: Path) -> list[tuple[str, str]]:
    """Write the model of a directory, its preprocessing included, as ONNX.

    Parameters
    ----------
    directory : Path
        The model directory.
    path : Path
        The file to write, whole or not at all; one that is there is replaced.

    Returns
    -------
    list of (str, str)
        The inputs of the graph: names and types.

    Raises
    ------
    ModelDirectoryError
        The model cannot be read.
    InputError
        A column holds text, or skl2onnx is not installed.
    DataError
        The file cannot be written.

    Examples
    --------
    >>> export_onnx(Path("iris-model"), Path("iris.onnx"))   # doctest: +SKIP
    [('sepal length (cm)', 'float'), …]
    """
    check_place(path)
    manifest, pipeline = read_model(directory)
    content, inputs = _converted(pipeline, manifest.n_columns)
    try:
        with replacing(path) as new:
            new.write_bytes(content)
    except OSError as error:
        raise DataError(f"{path}: cannot be written: {error.strerror or error}") from error
    return inputs


def _converted(pipeline: Pipeline, n_columns: int) -> tuple[bytes, list[tuple[str, str]]]:
    try:
        from pminusy.onnx import to_onnx
        from pminusy.onnx.encoders import declared_inputs
        from pminusy.onnx.names import name_inputs
    except ModuleNotFoundError as error:
        raise InputError(_NEEDED.format(error.name)) from error
    encoder, classifier = pipeline["columns"], pipeline["classifier"]
    types = declared_inputs(encoder, n_columns, double=_is_double(classifier))
    # An entry for the encoder, too, so that skl2onnx does not ask for scikit-learn's tags, which it has none of.
    options: dict[int, dict[str, Any]] = {id(encoder): {}, id(classifier): {"zipmap": False}}
    converted = to_onnx(pipeline, initial_types=types, options=options, name="pminusy")
    name_inputs(converted.graph, [name for name, _ in types])
    return converted.SerializeToString(), [(name, _word(kind)) for name, kind in types]


def _is_double(classifier: Any) -> bool:
    coefficients = getattr(classifier, "coef_", None)
    return coefficients is not None and coefficients.dtype == np.float64


def _word(kind: Any) -> str:
    """The type of an input as the ONNX standard calls it."""
    return type(kind).__name__.removesuffix("TensorType").lower()
