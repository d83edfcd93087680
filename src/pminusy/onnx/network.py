"""Networks as ONNX."""

from __future__ import annotations

from typing import Any

import numpy as np

from pminusy.errors import ShapeError
from pminusy.nn.architecture import first_layer
from pminusy.nn.layers.embedding import Embedding
from pminusy.onnx.classifier import add_outputs
from pminusy.onnx.graph import Graph
from pminusy.onnx.layers import convert_layer


def convert_network(scope: Any, operator: Any, container: Any) -> None:
    """Add the layers of a `SoftmaxNetwork`, its temperature, and what follows from the logits."""
    graph, model = Graph(scope, operator, container), operator.raw_operator
    if isinstance(first_layer(model.network_.layers), Embedding):
        X = graph.cast(graph.inputs[0].full_name, np.int64)
    else:
        X = _samples(graph, model)
    Z = convert_layer(model.network_, graph, X)
    if model.temperature_ != 1:
        Z = graph.add("Div", Z, graph.constant(float(model.temperature_)))
    add_outputs(graph, operator, Z)


def _samples(graph: Graph, model: Any) -> str:
    """The input in the layout that the first layer takes."""
    declared, expected = graph.inputs[0].type.shape[1:], model._sample_shape
    X = graph.cast(graph.inputs[0].full_name, graph.dtype)
    if len(expected) == 3 and len(declared) == 2:  # (N, H, W): images of one channel
        declared, X = [*declared, 1], graph.add("Reshape", X, graph.constant(np.array([-1, *expected])))
    elif len(expected) == 3 and len(declared) == 3 and model.image_layout == "NCHW":
        channels, *sides = declared
        declared, X = [*sides, channels], graph.add("Transpose", X, perm=[0, 2, 3, 1])
    fits = zip(declared, expected, strict=False)
    if len(declared) != len(expected) or any(isinstance(n, int) and n != m for n, m in fits):
        raise ShapeError(f"initial_types: expected samples of shape {expected}, got {tuple(declared)}")
    return X
