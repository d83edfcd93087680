"""What a solver asks of the function that it minimises."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

Array = NDArray[Any]


class Preconditioner(Protocol):
    """r ↦ M⁻¹ r for some M ≈ H, positive definite."""

    def __call__(self, residual: Array, out: Array | None = None) -> Array:
        """M⁻¹ times `residual`, in `out` where it is given."""
        ...


# One for the point of the objective's last `value_and_gradient`.
MakePreconditioner = Callable[[], Preconditioner]
# The Hessian there, written out and positive definite.
MakeHessian = Callable[[], Array]


class Objective(Protocol):
    """A smooth convex function of a flat vector, in the mean's units.

    Attributes
    ----------
    passes : int
        How many times the data have been read so far.
    dtype : dtype
        Of the parameters and of the computation.
    total_scale : float
        What turns the mean objective into the one that is reported.
    negligible : float
        A value below which no relative decrease is of interest; 0 where every one is.
    """

    passes: int
    dtype: np.dtype[Any]
    total_scale: float
    negligible: float

    def value_and_gradient(self, parameters: Array, gradient: Array) -> float:
        """The mean objective; its gradient is written into `gradient`."""
        ...

    def gradient_norm(self, gradient: Array) -> float:
        """What `tol` is compared with."""
        ...


class TwiceDifferentiable(Objective, Protocol):
    """An objective whose Hessian can be multiplied with a vector."""

    def hessian_product(self, direction: Array, product: Array) -> None:
        """H times `direction` into `product`, at the point of the last `value_and_gradient`."""
        ...
