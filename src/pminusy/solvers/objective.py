"""What a solver asks of the function that it minimises."""

from __future__ import annotations

from typing import Any, Protocol

from numpy.typing import NDArray


class Objective(Protocol):
    """A smooth function of a flat float64 vector, in the mean's units.

    Attributes
    ----------
    passes : int
        How many times the data have been read so far.
    total_scale : float
        What turns the mean objective into the one that is reported.
    rounding : float
        The relative rounding error of its value: the eps of the dtype it is computed in.
    """

    passes: int
    total_scale: float
    rounding: float

    def value_and_gradient(self, parameters: NDArray[Any]) -> tuple[float, NDArray[Any]]:
        """The mean objective and its gradient, both in float64."""
        ...
