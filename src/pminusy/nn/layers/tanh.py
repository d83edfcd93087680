"""The hyperbolic tangent.

    forward     Y = tanh X = (1 − u)/(1 + u)   with u = e^(−2X)
    backward    dX = dY (1 − Y²)

Computed for −|X|, whose u − 1 is known to the last digits even near 0. NaN stays NaN.
Derivation: docs/derivations/activations.md.
"""

from __future__ import annotations

from dataclasses import dataclass

from pminusy.kernels.compile import helper
from pminusy.kernels.exp import expm1
from pminusy.kernels.kinds import Matrix
from pminusy.kernels.operations import operation
from pminusy.nn.layers.elementwise import Elementwise


@helper
def tanh(x):
    """Tanh x, within 3 ulp."""
    below = expm1(-(x + x) if x > 0 else x + x)
    size = -below / (below + type(x)(2))
    return size if x > 0 else -size


@operation
def _forward(X: Matrix, Y: Matrix, step, first, last):
    for n in range(first, last):
        x, y = X[n], Y[n]
        for j in range(x.size):
            y[j] = tanh(x[j])


@operation
def _backward(Y: Matrix, dY: Matrix, dX: Matrix, step, first, last):
    one = Y.dtype.type(1)
    for n in range(first, last):
        y, dy, dx = Y[n], dY[n], dX[n]
        for j in range(y.size):
            dx[j] = dy[j] * ((one - y[j]) * (one + y[j]))


@dataclass(frozen=True)
class Tanh(Elementwise):
    """Y = tanh X.

    Notes
    -----
    ∂L/∂X = ∂L/∂Y (1 − Y²).

    Examples
    --------
    >>> import numpy as np
    >>> from pminusy.nn import Tanh
    >>> Y, backward = Tanh().forward(np.array([[0.0, np.log(2.0)]]))
    >>> Y.round(6), backward(np.array([[1.0, 1.0]])).round(6)
    (array([[0. , 0.6]]), array([[1.  , 0.64]]))
    """

    forward_operation = _forward
    backward_operation = _backward
    backward_reads_output = True
