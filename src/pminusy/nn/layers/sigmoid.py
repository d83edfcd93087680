"""The logistic function.

    forward     Y = σ(X) = 1/(1 + e^(−X))
    backward    dX = dY Y (1 − Y)

NaN stays NaN. Derivation: docs/derivations/activations.md.
"""

from __future__ import annotations

from dataclasses import dataclass

from pminusy.kernels.compile import helper
from pminusy.kernels.exp import exp_lifted
from pminusy.kernels.kinds import Matrix
from pminusy.kernels.operations import operation
from pminusy.nn.layers.elementwise import Elementwise


@helper
def sigmoid(x):
    """σ(x) within 3 ulp: e^x/(1 + e^x) for x < 0, and 1/(1 + e^(−x)) else, both times the lift."""
    one = exp_lifted(type(x)(0))
    power = exp_lifted(-x if x > 0 else x)
    return (one if x > 0 else power) / (one + power)


@operation
def _forward(X: Matrix, Y: Matrix, step, first, last):
    for n in range(first, last):
        x, y = X[n], Y[n]
        for j in range(x.size):
            y[j] = sigmoid(x[j])


@operation
def _backward(Y: Matrix, dY: Matrix, dX: Matrix, step, first, last):
    one = Y.dtype.type(1)
    for n in range(first, last):
        y, dy, dx = Y[n], dY[n], dX[n]
        for j in range(y.size):
            dx[j] = dy[j] * (y[j] * (one - y[j]))


@dataclass(frozen=True)
class Sigmoid(Elementwise):
    """Y = σ(X) = 1/(1 + e^(−X)).

    Notes
    -----
    ∂L/∂X = ∂L/∂Y Y (1 − Y).

    Examples
    --------
    >>> import numpy as np
    >>> from pminusy.nn import Sigmoid
    >>> Y, backward = Sigmoid().forward(np.array([[0.0, np.log(3.0)]]))
    >>> Y.round(6), backward(np.array([[1.0, 1.0]])).round(6)
    (array([[0.5 , 0.75]]), array([[0.25  , 0.1875]]))
    """

    forward_operation = _forward
    backward_operation = _backward
    backward_reads_output = True
