"""Flattening of samples to vectors.

forward     Y_n = X_n in row-major order        backward    dX_n = dY_n in the shape of X_n
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import numpy as np

from pminusy.nn.layer import Backward, Shape
from pminusy.nn.parameter import Parameter
from pminusy.nn.program import Array


@dataclass(frozen=True)
class Flatten:
    """Y (N, D) is X (N, …) with each sample flattened in row-major order: for images height, width, channel.

    Both passes return views of the same memory.

    Examples
    --------
    >>> import numpy as np
    >>> from pminusy.nn import Flatten
    >>> layer = Flatten()
    >>> layer.build((4, 5, 2), np.dtype(np.float64), np.random.default_rng(0))
    (40,)
    >>> Y, backward = layer.forward(np.ones((3, 4, 5, 2)))
    >>> Y.shape, backward(Y).shape
    ((3, 40), (3, 4, 5, 2))
    """

    @property
    def parameters(self) -> tuple[Parameter, ...]:
        """None."""
        return ()

    @property
    def state(self) -> dict[str, Array]:
        """None."""
        return {}

    def build(self, shape: Shape, dtype: np.dtype[Any], rng: np.random.Generator) -> Shape:
        """One axis, as long as the product of the others."""
        return (math.prod(shape),)

    def forward(self, X: Array, *, training: bool = False) -> tuple[Array, Backward]:
        """Y (N, D)."""

        def backward(dY: Array, *, to_input: bool = True) -> Array | None:
            return dY.reshape(X.shape) if to_input else None

        return X.reshape(len(X), math.prod(X.shape[1:])), backward
