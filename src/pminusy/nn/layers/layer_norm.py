"""Layer normalisation: every sample brought to mean 0 and variance 1 over all its numbers, then scaled and shifted.

    forward     X̂ = (X − μ)/σ      Y = γ∘X̂ + β      with μ = mean X, σ² = mean (X − μ)² + ε
    backward    dX = (G − mean G − X̂·mean(G∘X̂))/σ      dγ = Σ_n dY∘X̂      dβ = Σ_n dY      with G = γ∘dY

Means are over the numbers of one sample. Derivation: docs/derivations/layer_norm.md.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from functools import partial
from typing import Any

import numpy as np

from pminusy.kernels.compile import helper
from pminusy.kernels.kinds import Double, Matrix, Vector
from pminusy.kernels.operations import operation
from pminusy.nn.initialization import zeros
from pminusy.nn.layer import Backward, Shape
from pminusy.nn.layers.dense import COLUMNS, add_bias_gradient
from pminusy.nn.layers.elementwise import as_rows
from pminusy.nn.parameter import Parameter
from pminusy.nn.program import Array, afterwards, each_row, empty, numbers
from pminusy.options import check_numbers

# A sum becomes vector code only where its terms may be added in another order. Which one depends on their number alone.
_in_any_order = partial(helper, fastmath={"contract", "reassoc"})


@_in_any_order
def _mean(x):
    total = x.dtype.type(0)
    for j in range(x.size):
        total += x[j]
    return total / x.dtype.type(x.size)


@_in_any_order
def _variance(x, mean):
    total = x.dtype.type(0)
    for j in range(x.size):
        total += (x[j] - mean) * (x[j] - mean)
    return total / x.dtype.type(x.size)


@_in_any_order
def _gradient_means(scale, dy, x, mean, inverse):
    """mean G and mean(G∘X̂)."""
    total = product = x.dtype.type(0)
    for j in range(x.size):
        g = scale[j] * dy[j]
        total += g
        product += g * ((x[j] - mean) * inverse)
    return total / x.dtype.type(x.size), product / x.dtype.type(x.size)


@operation
def _forward(
    epsilon: Double, scale: Vector, shift: Vector, X: Matrix, moments: Matrix, Y: Matrix, step, first, last
):
    """μ, 1/σ and Y for some samples."""
    for n in range(first, last):
        x, y = X[n], Y[n]
        mean = _mean(x)
        inverse = X.dtype.type(1 / math.sqrt(_variance(x, mean) + epsilon))
        moments[n, 0], moments[n, 1] = mean, inverse
        for j in range(y.size):
            y[j] = (x[j] - mean) * inverse * scale[j] + shift[j]


@operation
def _input_gradient(scale: Vector, moments: Matrix, X: Matrix, dY: Matrix, dX: Matrix, step, first, last):
    """dX for some samples."""
    for n in range(first, last):
        x, dy, dx = X[n], dY[n], dX[n]
        mean, inverse = moments[n, 0], moments[n, 1]
        total, product = _gradient_means(scale, dy, x, mean, inverse)
        for j in range(dx.size):
            dx[j] = inverse * (scale[j] * dy[j] - total - (x[j] - mean) * inverse * product)


@operation
def _add_scale_gradient(
    start: Matrix, moments: Matrix, X: Matrix, dY: Matrix, gradient: Matrix, step, first, last
):
    """dγ = start + Σ_n dY∘X̂ for some parts of it; `start` and dγ have one row."""
    left, right = first * COLUMNS, min(gradient.shape[1], last * COLUMNS)
    begin, total = start[0, left:right], gradient[0, left:right]
    for j in range(total.size):
        total[j] = begin[j]
    for n in range(X.shape[0]):
        x, dy = X[n, left:right], dY[n, left:right]
        mean, inverse = moments[n, 0], moments[n, 1]
        for j in range(total.size):
            total[j] += dy[j] * ((x[j] - mean) * inverse)


@dataclass(eq=False)
class LayerNorm:
    """Y = γ∘(X − μ)/σ + β, sample by sample.

    Parameters
    ----------
    epsilon : float > 0
        What is added to the variance, so that a sample that doesn't vary is not divided by 0.

    Notes
    -----
    γ and β have the shape of a sample. With G = γ∘∂L/∂Y and X̂ = (X − μ)/σ:
    ∂L/∂X = (G − mean G − X̂·mean(G∘X̂))/σ,  ∂L/∂γ = Σ_n ∂L/∂Y∘X̂,  ∂L/∂β = Σ_n ∂L/∂Y.
    Source: J. L. Ba, J. R. Kiros and G. E. Hinton, arXiv:1607.06450.

    Examples
    --------
    >>> import numpy as np
    >>> from pminusy.nn import LayerNorm
    >>> layer = LayerNorm()
    >>> layer.build((2,), np.dtype(np.float64), np.random.default_rng(0))
    (2,)
    >>> Y, backward = layer.forward(np.array([[1.0, 3.0], [30.0, 10.0]]))
    >>> Y.round(3)
    array([[-1.,  1.],
           [ 1., -1.]])
    """

    epsilon: float = 1e-5
    parameters: tuple[Parameter, ...] = field(default=(), init=False, repr=False)
    state: dict[str, Array] = field(default_factory=dict, init=False, repr=False)

    def __post_init__(self) -> None:
        check_numbers("(0, inf)", epsilon=self.epsilon)

    def build(self, shape: Shape, dtype: np.dtype[Any], rng: np.random.Generator) -> Shape:
        """Make γ and β for samples of this shape."""
        self.parameters = (
            Parameter("scale", np.ones(shape, dtype), part=COLUMNS, decays=False),
            Parameter("shift", zeros(shape, dtype), part=COLUMNS, decays=False),
        )
        return shape

    def forward(self, X: Array, *, training: bool = False) -> tuple[Array, Backward]:
        """Y, of the shape of X."""
        scale, shift = self.parameters
        x, Y, moments = as_rows(X), empty(X.shape, X.dtype), empty((len(X), 2), X.dtype)
        epsilon, vectors = numbers(self.epsilon), (scale.value.ravel(), shift.value.ravel())
        each_row(_forward, len(X), *epsilon, *vectors, x, moments, as_rows(Y))

        def backward(dY: Array, *, to_input: bool = True) -> Array | None:
            dy = as_rows(dY)
            gradient = scale.gradient.reshape(1, -1)
            afterwards(_add_scale_gradient, scale.n_parts, _start(scale), moments, x, dy, gradient)
            afterwards(add_bias_gradient, shift.n_parts, _start(shift), dy, shift.gradient.reshape(1, -1))
            if not to_input:
                return None
            dX = empty(X.shape, X.dtype)
            each_row(_input_gradient, len(X), scale.value.ravel(), moments, x, dy, as_rows(dX))
            return dX

        return Y, backward


def _start(parameter: Parameter) -> Array:
    """What the next addition to the gradient begins from, as one row."""
    so_far, size = parameter.start_adding(), parameter.value.size
    return so_far.reshape(1, size) if so_far.size == size else np.zeros((1, size), so_far.dtype)
