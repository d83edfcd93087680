"""The encoding of raw features as ONNX: arrays of numbers, and tables with an input for each column."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from itertools import chain
from typing import Any

import numpy as np
from skl2onnx.common.data_types import DoubleTensorType, FloatTensorType, StringTensorType

from pminusy.datasets.dates import WEEKDAYS
from pminusy.datasets.encoders.arrays import AsTheyAre, ForNetwork, Pixels, SparsePeaks, Standardised
from pminusy.datasets.encoders.encoder import Encoder
from pminusy.datasets.encoders.numbers import Dates, Numbers
from pminusy.datasets.encoders.one_hot import Categories, DateParts
from pminusy.datasets.encoders.table import Table
from pminusy.datasets.encoders.text import Text
from pminusy.errors import InputError
from pminusy.onnx.dates import weekday, year_and_month
from pminusy.onnx.graph import Graph

_MISSING = "missing"
_NO_NUMBER = -1  # of a month or weekday that is missing

Types = list[tuple[str, Any]]


def declared_inputs(encoder: Encoder, n_columns: int, *, double: bool) -> Types:
    """The inputs of an encoder by name: one for each column of a table, (N, 1), or X (N, D), of doubles or floats.

    Raises
    ------
    InputError
        There are columns of text.
    """
    inner = _inner(encoder)
    if not isinstance(inner, Table):
        return [("X", _numeric(double, [None, n_columns]))]
    texts = [part.column for part in inner.encoders if isinstance(part, Text)]
    if texts:
        raise InputError(
            f"column {', '.join(map(repr, texts))}: expected numbers, categories or dates, got text, which ONNX does "
            "not split into words as in training; --drop leaves columns out of a fit"
        )
    types = chain.from_iterable(_column_types(part) for part in inner.encoders)
    return list(dict(types).items())  # the columns of dates have two encoders


def set_encoder_shapes(operator: Any) -> None:
    """Tell skl2onnx the type of the features: (N, D), or (N, H, W) or (N, H, W, C) for images."""
    encoder, n_rows = operator.raw_operator, operator.inputs[0].get_first_dimension()
    shape = getattr(encoder, "shape", ()) or (len(encoder.names(None)),)
    operator.outputs[0].set_type(_numeric(_gives_double(operator), [n_rows, *shape]))


def convert_encoder(scope: Any, operator: Any, container: Any) -> None:
    """Add the encoding of rows, which is computed in float64: its constants are."""
    encoder, graph = operator.raw_operator, Graph(scope, operator, container, np.float64)
    inputs = {variable.raw_name: variable.full_name for variable in graph.inputs}
    encoded = graph.cast(
        _encoded(encoder, graph, inputs), np.float64 if _gives_double(operator) else np.float32
    )
    if shape := getattr(encoder, "shape", ()):
        encoded = graph.add("Reshape", encoded, graph.constant(np.array([-1, *shape])))
    graph.add("Identity", encoded, output=operator.outputs[0].full_name)


def _inner(encoder: Encoder) -> Encoder:
    return encoder.encoder if isinstance(encoder, ForNetwork) else encoder


def _gives_double(operator: Any) -> bool:
    """Whether the features are float64: of a table as it was fitted, of an array as it is declared."""
    encoder = operator.raw_operator
    if isinstance(encoder, Table):
        return any(getattr(part, "dtype", "float32") == "float64" for part in encoder.encoders)
    return not isinstance(encoder, ForNetwork) and isinstance(operator.inputs[0].type, DoubleTensorType)


def _numeric(double: bool, shape: list[Any]) -> Any:
    return (DoubleTensorType if double else FloatTensorType)(shape)


def _column_types(part: Encoder) -> Types:
    if isinstance(part, Dates | DateParts):
        return [(name, _numeric(True, [None, 1])) for name in part.columns]
    if isinstance(part, Numbers):
        return [(name, _numeric(part.read_as == "float64", [None, 1])) for name in part.columns]
    assert isinstance(part, Categories)
    return [(name, StringTensorType([None, 1])) for name in part.columns]


def _encoded(encoder: Encoder, graph: Graph, inputs: Mapping[str, str]) -> str:
    if isinstance(encoder, ForNetwork):
        return _encoded(encoder.encoder, graph, inputs)
    return _CONVERTERS[type(encoder)](encoder, graph, inputs)


def _as_they_are(encoder: AsTheyAre, graph: Graph, inputs: Mapping[str, str]) -> str:
    return _only(graph, inputs)


def _pixels(encoder: Pixels, graph: Graph, inputs: Mapping[str, str]) -> str:
    return graph.add("Div", _only(graph, inputs), graph.constant(float(encoder.peak)))


def _peaks(encoder: SparsePeaks, graph: Graph, inputs: Mapping[str, str]) -> str:
    return graph.add("Div", _only(graph, inputs), graph.constant(encoder.peaks.astype(np.float64)))


def _standardised(encoder: Standardised, graph: Graph, inputs: Mapping[str, str]) -> str:
    return _scaled(graph, _only(graph, inputs), encoder)


def _table(encoder: Table, graph: Graph, inputs: Mapping[str, str]) -> str:
    parts = [graph.cast(_encoded(part, graph, inputs), graph.dtype) for part in encoder.encoders]
    return graph.add("Concat", *parts, axis=1)


def _numbers(encoder: Numbers, graph: Graph, inputs: Mapping[str, str]) -> str:
    return _filled_and_scaled(encoder, graph, [inputs[name] for name in encoder.columns])


def _dates(encoder: Dates, graph: Graph, inputs: Mapping[str, str]) -> str:
    """The year and the days since 1970."""
    days = [inputs[name] for name in encoder.columns]
    numbers = [(year_and_month(graph, column)[0], column) for column in days]
    return _filled_and_scaled(encoder, graph, chain.from_iterable(numbers))


def _filled_and_scaled(encoder: Numbers | Dates, graph: Graph, columns: Iterable[str]) -> str:
    """Missing values by the median, beside columns that tell where they are; all standardised."""
    values = graph.add("Concat", *(graph.cast(column, graph.dtype) for column in columns), axis=1)
    missing = graph.add("IsNaN", values)
    filled = graph.add("Where", missing, graph.constant(np.asarray(encoder.medians, np.float64)), values)
    if len(encoder.indicated):
        places = graph.constant(np.asarray(encoder.indicated, np.int64))
        told = graph.cast(graph.add("Gather", missing, places, axis=1), graph.dtype)
        filled = graph.add("Concat", filled, told, axis=1)
    return _scaled(graph, filled, encoder)


def _categories(encoder: Categories, graph: Graph, inputs: Mapping[str, str]) -> str:
    """Strings, empty where missing."""
    parts = []
    for name, known, rare in zip(encoder.columns, encoder.known, encoder.rare, strict=True):
        features = _features(known, rare)
        features.setdefault("", features.get(_MISSING, int((~rare).sum())))
        keys = {"keys_strings": list(features)}
        parts.append(_one_hot(graph, inputs[name], keys, list(features.values()), rare))
    return graph.add("Concat", *parts, axis=1)


def _date_parts(encoder: DateParts, graph: Graph, inputs: Mapping[str, str]) -> str:
    """The month and the weekday, as numbers."""
    numbers = {_MISSING: _NO_NUMBER} | {name: place for place, name in enumerate(WEEKDAYS, start=1)}
    columns = chain.from_iterable(
        (year_and_month(graph, inputs[name])[1], weekday(graph, inputs[name])) for name in encoder.columns
    )
    parts = []
    for column, known, rare in zip(columns, encoder.known, encoder.rare, strict=True):
        features = _features(known, rare)
        keys = {"keys_int64s": [numbers.get(name) or int(name) for name in features]}
        none = graph.constant(float(_NO_NUMBER))
        whole = graph.cast(graph.add("Where", graph.add("IsNaN", column), none, column), np.int64)
        parts.append(_one_hot(graph, whole, keys, list(features.values()), rare))
    return graph.add("Concat", *parts, axis=1)


def _features(known: Any, rare: Any) -> dict[str, int]:
    """The feature of each category: its own, or the last one for all rare ones."""
    features = np.where(rare, int((~rare).sum()), np.cumsum(~rare) - 1)
    return dict(zip(known.tolist(), features.tolist(), strict=True))


def _one_hot(graph: Graph, column: str, keys: Mapping[str, Any], features: list[int], rare: Any) -> str:
    """1 in the feature of each row's key; what is no key gets the rare ones', or one beyond the last, which is none."""
    n_frequent = int((~rare).sum())
    numbers = graph.add(
        "LabelEncoder",
        graph.add("Reshape", column, graph.constant(np.array([-1]))),
        domain="ai.onnx.ml",
        op_version=2,  # the first with strings and integers, which every runtime has
        values_int64s=features,
        default_int64=n_frequent,
        **keys,
    )
    width = graph.constant(np.array([n_frequent + bool(rare.any())]))
    return graph.add("OneHot", numbers, width, graph.constant(np.array([0, 1])), axis=-1)


def _only(graph: Graph, inputs: Mapping[str, str]) -> str:
    (name,) = inputs.values()
    return graph.cast(name, graph.dtype)


def _scaled(graph: Graph, X: str, encoder: Standardised | Numbers | Dates) -> str:
    centred = graph.add("Sub", X, graph.constant(np.asarray(encoder.mean, np.float64)))
    return graph.add("Div", centred, graph.constant(np.asarray(encoder.scale, np.float64)))


_CONVERTERS: dict[type, Callable[[Any, Graph, Mapping[str, str]], str]] = {
    AsTheyAre: _as_they_are,
    Categories: _categories,
    DateParts: _date_parts,
    Dates: _dates,
    Numbers: _numbers,
    Pixels: _pixels,
    SparsePeaks: _peaks,
    Standardised: _standardised,
    Table: _table,
}
