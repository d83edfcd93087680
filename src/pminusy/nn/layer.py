"""What a layer is: a function of a batch, which hands out the function that takes its gradient back.

    Y, backward = layer.forward(X)        dX = backward(dY)

dY and dX are the gradients of one and the same loss with respect to Y and X. `backward` also adds the gradients of the
layer's parameters to `parameter.gradient`. There is no tape: what the way back needs, `forward` left in `backward`.
"""

from __future__ import annotations

from typing import Any, Protocol

import numpy as np

from pminusy.nn.parameter import Parameter
from pminusy.nn.program import Array

Shape = tuple[int, ...]  # of one sample: without the batch's axis


class Backward(Protocol):
    """The way back through a layer."""

    def __call__(self, dY: Array, /, *, to_input: bool = True) -> Array | None:
        """The gradient dX of the same loss; None where `to_input` says that nobody wants it."""


class Layer(Protocol):
    """A differentiable function with parameters of its own.

    Attributes
    ----------
    parameters : tuple of Parameter
        What is learned; empty until the layer is built, and where there is nothing to learn.
    state : dict of ndarray
        What a layer keeps from batch to batch and doesn't learn by the gradient, by name; changed in place.
    """

    @property
    def parameters(self) -> tuple[Parameter, ...]:
        """See above."""

    @property
    def state(self) -> dict[str, Array]:
        """See above."""

    def build(self, shape: Shape, dtype: np.dtype[Any], rng: np.random.Generator) -> Shape:
        """Make the parameters for samples of this shape; give the shape of what comes out.

        An InputError names the layer and the shapes that don't fit.
        """

    def forward(self, X: Array, *, training: bool = False) -> tuple[Array, Backward]:
        """The output for a batch (N, …), C-contiguous, of the dtype it was built for, and the way back."""
