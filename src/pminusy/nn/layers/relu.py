"""The rectified linear unit.

    forward     Y = max(X, 0)
    backward    dX = dY where X > 0, else 0

At X = 0, where there is no derivative, 0 is taken. NaN stays NaN. Derivation: docs/derivations/activations.md.
"""

from __future__ import annotations

from dataclasses import dataclass

from pminusy.kernels.kinds import Matrix
from pminusy.kernels.operations import operation
from pminusy.nn.layers.elementwise import Elementwise


@operation
def _forward(X: Matrix, Y: Matrix, step, first, last):
    zero = X.dtype.type(0)
    for n in range(first, last):
        x, y = X[n], Y[n]
        for j in range(x.size):
            y[j] = zero if x[j] <= zero else x[j]


@operation
def _backward(Y: Matrix, dY: Matrix, dX: Matrix, step, first, last):
    zero = Y.dtype.type(0)
    for n in range(first, last):
        y, dy, dx = Y[n], dY[n], dX[n]
        for j in range(y.size):
            dx[j] = zero if y[j] <= zero else dy[j]


@dataclass(frozen=True)
class ReLU(Elementwise):
    """Y = max(X, 0).

    Notes
    -----
    ∂L/∂X = ∂L/∂Y where X > 0, and 0 elsewhere.

    Examples
    --------
    >>> import numpy as np
    >>> from pminusy.nn import ReLU
    >>> Y, backward = ReLU().forward(np.array([[-1.0, 2.0]]))
    >>> Y, backward(np.array([[5.0, 5.0]]))
    (array([[0., 2.]]), array([[0., 5.]]))
    """

    forward_operation = _forward
    backward_operation = _backward
    backward_reads_output = True
