"""The sigmoid linear unit, also called swish.

    forward     Y = X σ(X)                       with σ(x) = 1/(1 + e^(−x))
    backward    dX = dY σ(X) (1 + X (1 − σ(X)))

NaN stays NaN, and at −∞ it is what 0·∞ gives. Derivation: docs/derivations/activations.md.
"""

from __future__ import annotations

from dataclasses import dataclass

from pminusy.kernels.kinds import Matrix
from pminusy.kernels.operations import operation
from pminusy.nn.layers.elementwise import Elementwise
from pminusy.nn.layers.sigmoid import sigmoid


@operation
def _forward(X: Matrix, Y: Matrix, step, first, last):
    for n in range(first, last):
        x, y = X[n], Y[n]
        for j in range(x.size):
            y[j] = x[j] * sigmoid(x[j])


@operation
def _backward(X: Matrix, dY: Matrix, dX: Matrix, step, first, last):
    one = X.dtype.type(1)
    for n in range(first, last):
        x, dy, dx = X[n], dY[n], dX[n]
        for j in range(x.size):
            share = sigmoid(x[j])
            dx[j] = dy[j] * (share * (one + x[j] * (one - share)))


@dataclass(frozen=True)
class SiLU(Elementwise):
    """Y = X σ(X), σ being the logistic function.

    Notes
    -----
    ∂L/∂X = ∂L/∂Y σ(X) (1 + X (1 − σ(X))).
    Sources: S. Elfwing, E. Uchibe and K. Doya, Neural Networks 107 (2018) 3-11, arXiv:1702.03118; D. Hendrycks and
    K. Gimpel, arXiv:1606.08415.

    Examples
    --------
    >>> import numpy as np
    >>> from pminusy.nn import SiLU
    >>> Y, backward = SiLU().forward(np.array([[0.0, np.log(3.0)]]))
    >>> Y.round(6), backward(np.array([[1.0, 1.0]])).round(6)
    (array([[0.      , 0.823959]]), array([[0.5    , 0.95599]]))
    """

    forward_operation = _forward
    backward_operation = _backward
    backward_reads_output = False
