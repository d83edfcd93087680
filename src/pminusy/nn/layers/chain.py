"""Layers in sequence: the chain rule.

Forward  Y = f_n(… f_2(f_1(X))), backward  dX = b_1(b_2(… b_n(dY))), where b_i is the backward pass of f_i.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from pminusy.errors import PminusyError
from pminusy.nn.layer import Backward, Layer, Shape
from pminusy.nn.parameter import Parameter
from pminusy.nn.program import Array


@dataclass(frozen=True, eq=False)
class Chain:
    """Sequence of layers: the output of each is the input of the next.

    Parameters
    ----------
    layers : sequence of Layer

    Examples
    --------
    >>> import numpy as np
    >>> from pminusy.nn import Chain, Dense, ReLU
    >>> network = Chain([Dense(5), ReLU(), Dense(2)])
    >>> network.build((3,), np.dtype(np.float64), np.random.default_rng(0))
    (2,)
    >>> Z, backward = network.forward(np.ones((4, 3)))
    >>> Z.shape, backward(np.ones((4, 2))).shape
    ((4, 2), (4, 3))
    """

    layers: Sequence[Layer]

    @property
    def parameters(self) -> tuple[Parameter, ...]:
        """Those of all layers, in order."""
        return tuple(parameter for layer in self.layers for parameter in layer.parameters)

    @property
    def state(self) -> dict[str, Array]:
        """That of all layers, as "0.name", "1.name" and so on."""
        return {
            f"{i}.{name}": kept for i, layer in enumerate(self.layers) for name, kept in layer.state.items()
        }

    def build(self, shape: Shape, dtype: np.dtype[Any], rng: np.random.Generator) -> Shape:
        """Build the layers in order, each for what the one before gives."""
        for i, layer in enumerate(self.layers):
            try:
                shape = layer.build(shape, dtype, rng)
            except PminusyError as error:
                raise type(error)(f"layer {i}: {error}") from None
        return shape

    def forward(self, X: Array, *, training: bool = False) -> tuple[Array, Backward]:
        """The last layer's output."""
        ways_back: list[Backward] = []
        for layer in self.layers:
            X, backward = layer.forward(X, training=training)
            ways_back.append(backward)
        learns_before = np.cumsum([0, *(bool(layer.parameters) for layer in self.layers)]) > 0

        def back(dY: Array, *, to_input: bool = True) -> Array | None:
            for i in reversed(range(len(ways_back))):
                dX = ways_back[i](dY, to_input=to_input or bool(learns_before[i]))
                if dX is None:
                    return None
                dY = dX
            return dY

        return X, back
