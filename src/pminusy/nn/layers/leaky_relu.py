"""The leaky rectified linear unit.

    forward     Y = X where X > 0, else a X
    backward    dX = dY where X > 0, else a dY

At X = 0, where there is no derivative, a is taken. NaN stays NaN. Derivation: docs/derivations/activations.md.
"""

from __future__ import annotations

from dataclasses import dataclass

from pminusy.kernels.kinds import Double, Matrix
from pminusy.kernels.operations import operation
from pminusy.nn.layers.elementwise import Elementwise
from pminusy.options import check_numbers


@operation
def _forward(slope: Double, X: Matrix, Y: Matrix, step, first, last):
    zero, slope = X.dtype.type(0), X.dtype.type(slope)
    for n in range(first, last):
        x, y = X[n], Y[n]
        for j in range(x.size):
            y[j] = x[j] if x[j] > zero else slope * x[j]


@operation
def _backward(slope: Double, X: Matrix, dY: Matrix, dX: Matrix, step, first, last):
    zero, slope = X.dtype.type(0), X.dtype.type(slope)
    for n in range(first, last):
        x, dy, dx = X[n], dY[n], dX[n]
        for j in range(x.size):
            dx[j] = dy[j] if x[j] > zero else slope * dy[j]


@dataclass(frozen=True)
class LeakyReLU(Elementwise):
    """Y = X where X > 0, and a X elsewhere.

    Parameters
    ----------
    slope : float
        a, so that a gradient passes where X < 0 too.

    Notes
    -----
    ∂L/∂X = ∂L/∂Y where X > 0, and a ∂L/∂Y elsewhere. An InputError for a slope that is not finite.
    Source: A. L. Maas, A. Y. Hannun and A. Y. Ng, ICML Workshop on Deep Learning for Audio, Speech and Language
    Processing, 2013.

    Examples
    --------
    >>> import numpy as np
    >>> from pminusy.nn import LeakyReLU
    >>> Y, backward = LeakyReLU(0.25).forward(np.array([[-1.0, 2.0]]))
    >>> Y, backward(np.array([[4.0, 4.0]]))
    (array([[-0.25,  2.  ]]), array([[1., 4.]]))
    """

    slope: float = 0.01

    forward_operation = _forward
    backward_operation = _backward
    backward_reads_output = False

    def __post_init__(self) -> None:
        check_numbers("(-inf, inf)", slope=self.slope)

    @property
    def settings(self) -> tuple[float, ...]:
        """The slope."""
        return (self.slope,)
