"""The layers of a network as ONNX: what each adds to a graph, for inference.

Images are (N, H, W, C) between layers here, and (N, C, H, W) in ONNX's own layers: these are put between two
transpositions, of which a runtime drops those that cancel.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from pminusy.errors import InputError
from pminusy.nn.layers.avg_pool2d import AvgPool2d
from pminusy.nn.layers.batch_norm import BatchNorm
from pminusy.nn.layers.chain import Chain
from pminusy.nn.layers.conv2d import Conv2d
from pminusy.nn.layers.dense import Dense
from pminusy.nn.layers.dropout import Dropout
from pminusy.nn.layers.embedding import Embedding
from pminusy.nn.layers.flatten import Flatten
from pminusy.nn.layers.gelu import GELU
from pminusy.nn.layers.layer_norm import LayerNorm
from pminusy.nn.layers.leaky_relu import LeakyReLU
from pminusy.nn.layers.max_pool2d import MaxPool2d
from pminusy.nn.layers.relu import ReLU
from pminusy.nn.layers.residual import Residual
from pminusy.nn.layers.sigmoid import Sigmoid
from pminusy.nn.layers.silu import SiLU
from pminusy.nn.layers.tanh import Tanh
from pminusy.nn.layers.windows import pair
from pminusy.onnx.graph import Graph

Converter = Callable[[Any, Graph, str], str]

_converters: dict[type, Converter] = {}


def layer_converter(kind: type) -> Callable[[Converter], Converter]:
    """Register a function that adds layers of this class to a graph.

    Subclasses are not included, since they may compute something else.

    Parameters
    ----------
    kind : type
        The class of the layers.

    Returns
    -------
    decorator
        For a function of the layer, which has been built, the graph, and the name of the layer's input; it returns the
        name of the output.

    Examples
    --------
    >>> from pminusy.nn import Tanh
    >>> from pminusy.onnx import layer_converter
    >>> class Squash(Tanh):
    ...     pass
    >>> @layer_converter(Squash)
    ... def add_squash(layer, graph, X):
    ...     return graph.add("Tanh", X)
    """

    def register(converter: Converter) -> Converter:
        _converters[kind] = converter
        return converter

    return register


def convert_layer(layer: Any, graph: Graph, X: str) -> str:
    """Add a layer to a graph, from within the converter of a layer that holds it.

    Parameters
    ----------
    layer : Layer
        Built: its parameters have their values.
    graph : Graph
    X : str
        The name of the layer's input.

    Returns
    -------
    str
        The name of its output.

    Raises
    ------
    InputError
        No function is registered for this class of layer.

    Examples
    --------
    >>> from pminusy.nn import Residual
    >>> from pminusy.onnx import convert_layer, layer_converter
    >>> class Halved(Residual):
    ...     pass
    >>> @layer_converter(Halved)
    ... def add_halved(layer, graph, X):
    ...     both = graph.add("Add", X, convert_layer(layer.layer, graph, X))
    ...     return graph.add("Mul", both, graph.constant(0.5))
    """
    if type(layer) not in _converters:
        raise InputError(
            f"layers: expected layers of pminusy.nn, got {layer!r}; register a function for "
            f"{type(layer).__name__} with pminusy.onnx.layer_converter"
        )
    return _converters[type(layer)](layer, graph, X)


@layer_converter(Chain)
def _chain(layer: Chain, graph: Graph, X: str) -> str:
    for part in layer.layers:
        X = convert_layer(part, graph, X)
    return X


@layer_converter(Residual)
def _residual(layer: Residual, graph: Graph, X: str) -> str:
    return graph.add("Add", X, convert_layer(layer.layer, graph, X))


@layer_converter(Dense)
def _dense(layer: Dense, graph: Graph, X: str) -> str:
    W, b = (graph.constant(parameter.value) for parameter in layer.parameters)
    return graph.add("Add", graph.add("MatMul", X, W), b)


@layer_converter(Dropout)
def _dropout(layer: Dropout, graph: Graph, X: str) -> str:
    return X


@layer_converter(Flatten)
def _flatten(layer: Flatten, graph: Graph, X: str) -> str:
    return graph.add("Flatten", X, axis=1)


@layer_converter(Embedding)
def _embedding(layer: Embedding, graph: Graph, X: str) -> str:
    return graph.add("Gather", graph.constant(layer.parameters[0].value), X, axis=0)


@layer_converter(BatchNorm)
def _batch_norm(layer: BatchNorm, graph: Graph, X: str) -> str:
    """Y = γ/σ·X + (β − γ/σ·μ)."""
    scale, shift = (parameter.value.astype(np.float64) for parameter in layer.parameters)
    factor = scale / np.sqrt(layer.state["running_var"].astype(np.float64) + layer.epsilon)
    scaled = graph.add("Mul", X, graph.constant(factor))
    return graph.add("Add", scaled, graph.constant(shift - factor * layer.state["running_mean"]))


@layer_converter(LayerNorm)
def _layer_norm(layer: LayerNorm, graph: Graph, X: str) -> str:
    """Spelled out: ONNX's own layer computes its moments in float32."""
    scale, shift = (parameter.value for parameter in layer.parameters)
    axes = range(1, scale.ndim + 1)
    centred = graph.add("Sub", X, graph.mean(X, axes))
    variance = graph.mean(graph.add("Mul", centred, centred), axes)
    deviation = graph.add("Sqrt", graph.add("Add", variance, graph.constant(layer.epsilon)))
    scaled = graph.add("Mul", graph.add("Div", centred, deviation), graph.constant(scale))
    return graph.add("Add", scaled, graph.constant(shift))


@layer_converter(Conv2d)
def _conv2d(layer: Conv2d, graph: Graph, X: str) -> str:
    W, b = (parameter.value for parameter in layer.parameters)
    padding = layer._padding
    filters = np.ascontiguousarray(W.transpose(3, 2, 0, 1))  # (F, C, KH, KW)

    def convolve(X: str) -> str:
        arrays = (graph.cast(graph.constant(array), np.float32) for array in (filters, b))
        pads = [*padding.before, *padding.after]
        return graph.add("Conv", X, *arrays, pads=pads, strides=list(pair("stride", layer.stride, 1)))

    return _channels_first(graph, X, convolve)


@layer_converter(MaxPool2d)
def _max_pool(layer: MaxPool2d, graph: Graph, X: str) -> str:
    return _channels_first(graph, X, lambda X: graph.add("MaxPool", X, **_windows(layer)))


@layer_converter(AvgPool2d)
def _avg_pool(layer: AvgPool2d, graph: Graph, X: str) -> str:
    return _channels_first(graph, X, lambda X: graph.add("AveragePool", X, **_windows(layer)))


@layer_converter(ReLU)
def _relu(layer: ReLU, graph: Graph, X: str) -> str:
    return graph.add("Relu", X)


@layer_converter(LeakyReLU)
def _leaky_relu(layer: LeakyReLU, graph: Graph, X: str) -> str:
    """max(X, 0) + a·min(X, 0): ONNX Runtime has a LeakyRelu in float32 only."""
    zero, slope = graph.constant(0.0), graph.constant(float(layer.slope))
    below = graph.add("Mul", graph.add("Min", X, zero), slope)
    return graph.add("Add", graph.add("Max", X, zero), below)


@layer_converter(GELU)
def _gelu(layer: GELU, graph: Graph, X: str) -> str:
    """X/2·(1 + erf(X/√2))."""
    error = _in_singles(
        graph, graph.add("Mul", X, graph.constant(np.sqrt(0.5))), lambda X: graph.add("Erf", X)
    )
    above = graph.add("Add", error, graph.constant(1.0))
    return graph.add("Mul", graph.add("Mul", X, graph.constant(0.5)), above)


@layer_converter(SiLU)
def _silu(layer: SiLU, graph: Graph, X: str) -> str:
    return graph.add("Mul", X, graph.add("Sigmoid", X))


@layer_converter(Sigmoid)
def _sigmoid(layer: Sigmoid, graph: Graph, X: str) -> str:
    return graph.add("Sigmoid", X)


@layer_converter(Tanh)
def _tanh(layer: Tanh, graph: Graph, X: str) -> str:
    return graph.add("Tanh", X)


def _windows(layer: MaxPool2d | AvgPool2d) -> dict[str, Any]:
    stride = layer.size if layer.stride is None else layer.stride
    return {"kernel_shape": list(pair("size", layer.size, 1)), "strides": list(pair("stride", stride, 1))}


def _channels_first(graph: Graph, X: str, add: Callable[[str], str]) -> str:
    turned = graph.add("Transpose", X, perm=[0, 3, 1, 2])
    return graph.add("Transpose", _in_singles(graph, turned, add), perm=[0, 2, 3, 1])


def _in_singles(graph: Graph, X: str, add: Callable[[str], str]) -> str:
    """What ONNX Runtime computes in float32 only."""
    if graph.dtype == np.float32:
        return add(X)
    return graph.cast(add(graph.cast(X, np.float32)), graph.dtype)
