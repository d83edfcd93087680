"""What a layer is: a function of a batch, which hands out the function that takes its gradient back.

    Y, backward = layer.forward(X)        dX = backward(dY)

dY and dX are the gradients of one and the same loss with respect to Y and X. `backward` also adds the gradients of the
layer's parameters to `parameter.gradient`. There is no tape: `backward` holds what it needs from `forward`.
"""

from __future__ import annotations

from typing import Any, Protocol

import numpy as np

from pminusy.nn.parameter import Parameter
from pminusy.nn.program import Array

Shape = tuple[int, ...]  # of one sample: without the batch's axis


class Backward(Protocol):
    """The backward pass of a layer."""

    def __call__(self, dY: Array, /, *, to_input: bool = True) -> Array | None:
        """The gradient dX of the same loss; None where `to_input` says that nobody wants it."""


class Layer(Protocol):
    """A differentiable function with its own parameters.

    Attributes
    ----------
    parameters : tuple of Parameter
        Learned parameters; empty until the layer is built, or if it has none.
    state : dict of ndarray
        State kept between batches and not learned by gradient, by name; changed in place.
    """

    @property
    def parameters(self) -> tuple[Parameter, ...]:
        """See above."""

    @property
    def state(self) -> dict[str, Array]:
        """See above."""

    def build(self, shape: Shape, dtype: np.dtype[Any], rng: np.random.Generator) -> Shape:
        """Create the parameters for samples of this shape and return the output shape.

        An InputError names the layer and the shapes that do not match.
        """

    def forward(self, X: Array, *, training: bool = False) -> tuple[Array, Backward]:
        """The output for a batch (N, …), C-contiguous, of the dtype it was built for, and its backward pass."""
