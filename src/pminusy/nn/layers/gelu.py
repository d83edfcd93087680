"""The Gaussian error linear unit: each number times the probability that a normal one lies below it.

    forward     Y = X Φ(X)
    backward    dX = dY (Φ(X) + X φ(X))

Φ and φ are the standard normal distribution and its density; Φ(x) = ½ (1 + erf(x/√2)), with no approximation by tanh.
NaN stays NaN, and at −∞ it is what 0·∞ gives. Derivation: docs/derivations/activations.md.
"""

from __future__ import annotations

from dataclasses import dataclass

from pminusy.kernels.kinds import Matrix
from pminusy.kernels.normal import normal
from pminusy.kernels.operations import operation
from pminusy.nn.layers.elementwise import Elementwise


@operation
def _forward(X: Matrix, Y: Matrix, step, first, last):
    for n in range(first, last):
        x, y = X[n], Y[n]
        for j in range(x.size):
            y[j] = x[j] * normal(x[j])[0]


@operation
def _backward(X: Matrix, dY: Matrix, dX: Matrix, step, first, last):
    for n in range(first, last):
        x, dy, dx = X[n], dY[n], dX[n]
        for j in range(x.size):
            below, density = normal(x[j])
            dx[j] = dy[j] * (below + x[j] * density)


@dataclass(frozen=True)
class GELU(Elementwise):
    """Y = X Φ(X), with Φ the standard normal distribution, exactly.

    Notes
    -----
    ∂L/∂X = ∂L/∂Y (Φ(X) + X φ(X)), φ being the density.
    Source: D. Hendrycks and K. Gimpel, arXiv:1606.08415.

    Examples
    --------
    >>> import numpy as np
    >>> from pminusy.nn import GELU
    >>> Y, backward = GELU().forward(np.array([[0.0, 1.0, -1.0]]))
    >>> Y.round(6), backward(np.array([[1.0, 1.0, 1.0]])).round(6)
    (array([[ 0.      ,  0.841345, -0.158655]]), array([[ 0.5     ,  1.083315, -0.083315]]))
    """

    forward_operation = _forward
    backward_operation = _backward
    backward_reads_output = False
