"""What an optimiser is: the change of every parameter by its gradient, as operations of a step.

Operations of updates read, in this order, and before what is their own,

    settings (1,) each  float64, the optimiser's options
    starts   (P + 1,)   where in g the parts begin that are the operation's items, and the size of g
    rates    (n_steps,) float64 learning rate of each step of the epoch
    count    (1,)       float64, updates done before this epoch
    factor   (1,)       float64, what gradients are to be multiplied by: 1, or less where they are clipped
    decay    (1,)       float64, what weight decay is to be multiplied by
    g        (n,)       the gradient

and change w (n,), the parameter's value, last. Formulas and sources: docs/optimizers.md.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from pminusy.kernels.operations import Operation
from pminusy.nn.initialization import zeros
from pminusy.nn.panels import cut, is_cut, memory_of
from pminusy.nn.parameter import Parameter
from pminusy.nn.program import Array, afterwards, numbers


class Optimizer(Protocol):
    """Changes parameters so that the loss falls.

    Attributes
    ----------
    learning_rate : float
        The base, which a schedule multiplies.
    state : dict of ndarray
        What is kept from step to step, by name, such as "m.0" for parameter 0; changed in place.
    """

    @property
    def learning_rate(self) -> float:
        """See above."""

    @property
    def state(self) -> dict[str, Array]:
        """See above."""

    def build(self, parameters: Sequence[Parameter]) -> None:
        """Begin anew, with a state for these parameters."""

    def update(self, parameters: Sequence[Parameter], rates: Array, count: Array, factor: Array) -> None:
        """Change every value by its gradient, side by side; the arrays are float64, described above.

        In a recording this takes its place when the program is told `side_by_side()`.
        """


def build_moments(state: dict[str, Array], names: Sequence[str], parameters: Sequence[Parameter]) -> None:
    """Put zeros of every parameter's shape into the state, as "name.number"."""
    state.clear()
    for i, parameter in enumerate(parameters):
        for name in names:
            state[f"{name}.{i}"] = zeros(parameter.value.shape, parameter.value.dtype)


def update_parameter(
    operation: Operation,
    parameter: Parameter,
    settings: Sequence[float],
    step_arrays: tuple[Array, Array, Array],
    *moments: Array,
) -> None:
    """Do an operation of the form above, with its moments before w; `step_arrays` are rates, count and factor."""
    if is_cut(parameter.value):
        cut(*moments)
    flat = map(memory_of, (parameter.gradient, *moments, parameter.value))
    starts = parameter.part_starts
    arrays = starts, *step_arrays, parameter.decay_factor
    afterwards(operation, parameter.n_parts, *numbers(*settings), *arrays, *flat)
