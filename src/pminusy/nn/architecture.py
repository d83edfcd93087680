"""Networks by name: a stack of dense layers, and a small convolutional one."""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterator, Sequence

from pminusy import nn
from pminusy.errors import InputError
from pminusy.nn.layer import Layer
from pminusy.nn.layers.batch_norm import BatchNorm
from pminusy.nn.layers.chain import Chain
from pminusy.nn.layers.conv2d import Conv2d
from pminusy.nn.layers.dense import Dense
from pminusy.nn.layers.dropout import Dropout
from pminusy.nn.layers.embedding import Embedding
from pminusy.nn.layers.flatten import Flatten
from pminusy.nn.layers.max_pool2d import MaxPool2d
from pminusy.nn.names import ACTIVATIONS

_FILTERS = (16, 32)
_LARGE = 16  # pixels a side, from which images can spare their border
_LEAST = 4  # pixels a side, of which two poolings leave one
_LIKE_A_LINE = ("tanh", "sigmoid")  # around 0, which is what Glorot's variance is for


def dense_layers(hidden: Sequence[int], activation: str, *, dropout: float, batch_norm: bool) -> list[Layer]:
    """Dense layers of these sizes, each with its activation, and with normalisation before it and dropout after."""
    activate, init = _activation(activation)
    layers: list[Layer] = []
    for units in hidden:
        layers.append(Dense(units, init=init))
        layers.extend([BatchNorm()] if batch_norm else [])
        layers.append(activate())
        layers.extend([Dropout(dropout)] if dropout else [])
    return layers


def convolutional_layers(
    image: tuple[int, int], hidden: Sequence[int], activation: str, *, dropout: float, batch_norm: bool
) -> list[Layer]:
    """Two convolutions of 3 × 3, each pooled to half the side, and the dense layers after them.

    Small images keep their size in the convolutions, by a border of zeros.
    """
    if min(image) < _LEAST:
        raise InputError(f"images: expected at least {_LEAST} × {_LEAST} pixels, got {image[0]} × {image[1]}")
    activate, init = _activation(activation)
    padding = "valid" if min(image) >= _LARGE else "same"
    layers: list[Layer] = []
    for filters in _FILTERS:
        layers.append(Conv2d(filters, 3, padding=padding, init=init))
        layers.extend([BatchNorm()] if batch_norm else [])
        layers.extend([activate(), MaxPool2d(2)])
    return [*layers, Flatten(), *dense_layers(hidden, activation, dropout=dropout, batch_norm=batch_norm)]


def _activation(name: str) -> tuple[Callable[[], Layer], str]:
    """What makes the activation, and how the weights before it begin."""
    if name not in tuple(ACTIVATIONS):
        raise InputError(f"activation: expected one of {', '.join(ACTIVATIONS)}, got {name!r}")
    return getattr(nn, ACTIVATIONS[name]), "glorot_uniform" if name in _LIKE_A_LINE else "he_normal"


def classifier(layers: Sequence[Layer], n_axes: int, n_classes: int) -> Chain:
    """Copies of the layers, and after them a dense one that gives the logits.

    Samples of several axes are flattened before the first dense layer where no layer does that.

    Raises
    ------
    InputError
        An embedding is not the first layer: what other layers give are no indices.
    """
    for layer in list(_each(layers))[1:]:
        if isinstance(layer, Embedding):
            raise InputError(f"layers: expected {layer} only as the first layer, got it after another layer")
    complete = [*copy.deepcopy(list(layers)), Dense(n_classes, init="glorot_uniform")]
    if n_axes > 1 and not any(isinstance(layer, Flatten) for layer in complete):
        first_dense = next(i for i, layer in enumerate(complete) if isinstance(layer, Dense))
        complete.insert(first_dense, Flatten())
    return Chain(complete)


def first_layer(layers: Sequence[Layer]) -> Layer | None:
    """The layer that takes the samples, looked for inside chains; None where there is none."""
    return next(_each(layers), None)


def _each(layers: Sequence[Layer]) -> Iterator[Layer]:
    for layer in layers:
        if isinstance(layer, Chain):
            yield from _each(layer.layers)
        else:
            yield layer
