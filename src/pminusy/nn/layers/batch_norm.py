"""Batch normalisation: each channel normalised to mean 0 and variance 1 over the batch, then scaled and shifted.

    forward     X̂ = (X − μ)/σ      Y = γ X̂ + β      with μ = mean X, σ² = mean (X − μ)² + ε
    backward    dX = γ/σ·(dY − mean dY − X̂·mean(dY X̂))      dγ = Σ dY X̂      dβ = Σ dY

Means and sums are over all samples n and positions p of a channel c: X (N, P, C), with P = 1 outside images. While not
training, μ and σ² are averages kept from earlier batches; they don't depend on X, and dX = γ/σ·dY.

How the moments are taken: moments.py. Derivation: docs/derivations/batch_norm.md.

Source: S. Ioffe and C. Szegedy, ICML 2015, arXiv:1502.03167.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np

from pminusy.errors import ShapeError
from pminusy.kernels.kinds import Cube, Double, Matrix, Vector
from pminusy.kernels.operations import operation
from pminusy.nn.initialization import zeros
from pminusy.nn.layer import Backward, Shape
from pminusy.nn.layers.dense import COLUMNS, add_bias_gradient
from pminusy.nn.layers.moments import batch_moments, each_group, group_size, n_groups, running_moments
from pminusy.nn.parameter import Parameter, as_matrix
from pminusy.nn.program import Array, afterwards, each_part, each_row, empty, numbers
from pminusy.options import check_numbers


@operation
def _forward(scale: Vector, shift: Vector, moments: Matrix, X: Cube, Y: Cube, step, first, last):
    """Y for some samples."""
    mean, inverse = moments[0], moments[1]
    for n in range(first, last):
        for p in range(X.shape[1]):
            x, y = X[n, p], Y[n, p]
            for c in range(scale.size):
                y[c] = (x[c] - mean[c]) * inverse[c] * scale[c] + shift[c]


@operation
def _group_sums(X: Cube, moments: Matrix, dY: Cube, products: Matrix, sums: Matrix, step, first, last):
    """Σ dY X̂ and Σ dY over some groups."""
    mean, inverse = moments[0], moments[1]
    size, zero = group_size(X.shape[1]), X.dtype.type(0)
    for g in range(first, last):
        product, total = products[g], sums[g]
        for c in range(total.size):
            product[c] = zero
            total[c] = zero
        for n in range(g * size, min(X.shape[0], (g + 1) * size)):
            for p in range(X.shape[1]):
                x, dy = X[n, p], dY[n, p]
                for c in range(total.size):
                    total[c] += dy[c]
                    product[c] += dy[c] * ((x[c] - mean[c]) * inverse[c])


@operation
def _input_gradient(
    share: Double,
    scale: Vector,
    moments: Matrix,
    product: Vector,
    total: Vector,
    X: Cube,
    dY: Cube,
    dX: Cube,
    step,
    first,
    last,
):
    """dX for some samples; `share` is 1/(N P), or 0 where the moments don't depend on X."""
    mean, inverse, part = moments[0], moments[1], X.dtype.type(share)
    for n in range(first, last):
        for p in range(X.shape[1]):
            x, dy, dx = X[n, p], dY[n, p], dX[n, p]
            for c in range(scale.size):
                normal = (x[c] - mean[c]) * inverse[c]
                dx[c] = scale[c] * inverse[c] * (dy[c] - part * total[c] - normal * (part * product[c]))


@dataclass(eq=False)
class BatchNorm:
    """Y = γ (X − μ)/σ + β for each channel; channels are the last axis.

    Parameters
    ----------
    momentum : float in [0, 1]
        Weight of each batch's moments in the running averages.
    epsilon : float > 0
        Added to the variance for numerical stability.

    Attributes
    ----------
    state : dict
        "running_mean" and "running_var" (C,): averages of the training batches' μ and of their variances without bias
        (divided by N P − 1), which a batch of a single number a channel leaves as they are.

    Notes
    -----
    While training, μ and σ² = variance + epsilon are the batch's, over samples and positions, and
    ∂L/∂X = γ/σ·(dY − mean dY − X̂·mean(dY X̂)); else they are the running averages, and ∂L/∂X = γ/σ·dY.
    ∂L/∂γ = Σ dY X̂ and ∂L/∂β = Σ dY in both.

    Examples
    --------
    >>> import numpy as np
    >>> from pminusy.nn import BatchNorm
    >>> layer = BatchNorm()
    >>> layer.build((1,), np.dtype(np.float64), np.random.default_rng(0))
    (1,)
    >>> Y, backward = layer.forward(np.array([[1.0], [3.0]]), training=True)
    >>> Y.round(3), layer.state["running_mean"], layer.state["running_var"].round(3)
    (array([[-1.],
           [ 1.]]), array([0.2]), array([1.1]))
    """

    momentum: float = 0.1
    epsilon: float = 1e-5
    parameters: tuple[Parameter, ...] = field(default=(), init=False, repr=False)
    state: dict[str, Array] = field(default_factory=dict, init=False, repr=False)

    def __post_init__(self) -> None:
        check_numbers("[0, 1]", momentum=self.momentum)
        check_numbers("(0, inf)", epsilon=self.epsilon)

    def build(self, shape: Shape, dtype: np.dtype[Any], rng: np.random.Generator) -> Shape:
        """Make γ, β and the running averages for samples of shape (…, C)."""
        if not shape:
            raise ShapeError(f"{self}: expected samples of shape (…, C), got ()")
        ones, channels = np.ones(shape[-1:], dtype), shape[-1:]
        self.parameters = (
            Parameter("scale", ones, part=COLUMNS, decays=False),
            Parameter("shift", zeros(channels, dtype), part=COLUMNS, decays=False),
        )
        self.state = {"running_mean": zeros(channels, dtype), "running_var": ones.copy()}
        return shape

    def forward(self, X: Array, *, training: bool = False) -> tuple[Array, Backward]:
        """Y, of the shape of X (N, …, C)."""
        scale, shift = self.parameters
        x, Y = _as_positions(X), empty(X.shape, X.dtype)
        moments = self._moments(x, training=training)
        each_row(_forward, len(X), scale.value, shift.value, moments, x, _as_positions(Y))
        share = numbers(1 / max(1, x.shape[0] * x.shape[1]) if training else 0.0)

        def backward(dY: Array, *, to_input: bool = True) -> Array | None:
            dy = _as_positions(dY)
            product, total = _sums(x, moments, dy)
            for parameter, gradient in ((scale, product), (shift, total)):
                start, target = parameter.start_adding(), as_matrix(parameter.gradient)
                afterwards(add_bias_gradient, parameter.n_parts, start, gradient, target)
            if not to_input:
                return None
            dX = empty(X.shape, X.dtype)
            arrays = *share, scale.value, moments, product[0], total[0], x, dy, _as_positions(dX)
            each_row(_input_gradient, len(X), *arrays)
            return dX

        return Y, backward

    def _moments(self, X: Array, *, training: bool) -> Array:
        """μ and 1/σ."""
        running = self.state["running_mean"], self.state["running_var"]
        if training and len(X):
            return batch_moments(self.momentum, self.epsilon, X, *running)
        return running_moments(self.epsilon, *running)


def _sums(X: Array, moments: Array, dY: Array) -> tuple[Array, Array]:
    """Σ dY X̂ and Σ dY of each channel, as matrices of one row."""
    n_channels = X.shape[2]
    products, sums = (empty((n_groups(X), n_channels), X.dtype) for _ in range(2))
    each_group(_group_sums, X, moments, dY, products, sums)
    nothing = np.zeros((1, n_channels), X.dtype)
    product, total = (empty((1, n_channels), X.dtype) for _ in range(2))
    for parts, whole in ((products, product), (sums, total)):
        each_part(add_bias_gradient, -(-n_channels // COLUMNS), nothing, parts, whole)
    return product, total


def _as_positions(array: Array) -> Array:
    """The same memory as (N, P, C)."""
    n_positions = int(np.prod(array.shape[1:-1], dtype=np.int64))
    return array.reshape(len(array), n_positions, array.shape[-1])
