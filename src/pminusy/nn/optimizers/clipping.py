"""The size of gradients, and what to multiply them by so that it stays within a limit.

    ‖g‖² = Σ_i ‖g_i‖² over the parameters,    factor = min(1, limit / ‖g‖)

Squares are added in float64: within each part of a gradient, then the parts in order.
Source: R. Pascanu, T. Mikolov and Y. Bengio, ICML 2013, arXiv:1211.5063, algorithm 1.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Protocol

import numpy as np

from pminusy.kernels.floats import clear
from pminusy.kernels.kinds import Double, Doubles, Integers, Matrix, Vector
from pminusy.kernels.operations import operation
from pminusy.kernels.replay import stop_at
from pminusy.kernels.squares import sum_of_squares
from pminusy.nn.optimizers.optimizer import Optimizer
from pminusy.nn.panels import memory_of
from pminusy.nn.parameter import Parameter
from pminusy.nn.program import Array, Program, afterwards, each_part, numbers
from pminusy.options import check_numbers


@operation
def _add_squares(starts: Integers, sums: Doubles, G: Vector, step, first, last):
    """sums_k = Σ g² for some parts; one where that is not finite becomes 0."""
    for k in range(first, last):
        g = G[starts[k] : starts[k + 1]]
        sums[k] = sum_of_squares(g)
        if not sums[k] < np.inf:
            clear(g, g.size)


@operation
def _take_norms(
    starts: Integers,
    sums: Doubles,
    limit: Double,
    stop: Integers,
    factor: Doubles,
    norms: Matrix,
    step,
    first,
    last,
):
    """norms[step, i] = ‖g_i‖, whose parts' sums are those from starts[i] to before starts[i + 1]; and the factor."""
    squares = 0.0
    for i in range(starts.size - 1):
        square = 0.0
        for k in range(starts[i], starts[i + 1]):
            square += sums[k]
        norms[step, i] = math.sqrt(square)
        squares += square
    if not squares < np.inf:
        stop_at(stop, step)
    norm = math.sqrt(squares)
    factor[0] = limit / norm if norm > limit else 1.0


class Steps(Protocol):
    """What the steps of an epoch read and write beside the parameters: see `training.epoch`."""

    @property
    def rates(self) -> Array:
        """Learning rates (n_steps,)."""

    @property
    def count(self) -> Array:
        """Updates done before (1,)."""

    @property
    def factor(self) -> Array:
        """What the gradients are multiplied by (1,)."""

    @property
    def norms(self) -> Array:
        """The norm of each parameter's gradient (n_steps, n_parameters)."""


def update_within(
    limit: float, optimizer: Optimizer, parameters: Sequence[Parameter], steps: Steps, program: Program
) -> None:
    """Change every parameter by its gradient, at the end of the step that `program` records.

    With a limit, all gradients are measured before the first parameter changes. Without, every part of a gradient is
    measured and used while it is in cache, right after it was added up. The program stops at a step whose sum of
    squares is not finite: with a limit before any parameter changes; without, what is not finite changes none.

    Parameters
    ----------
    limit : float
        The largest norm of all gradients together, > 0; infinity to clip nothing.
    optimizer : Optimizer
    parameters : sequence of Parameter
    steps : Steps
        Its arrays are float64; norms and factor are written.
    program : Program

    Raises
    ------
    InputError
        `limit` is not positive.
    """
    check_numbers("(0, inf]", limit=limit)
    starts = np.cumsum([0, *(parameter.n_parts for parameter in parameters)])
    sums = np.zeros(starts[-1])
    for parameter, first, last in zip(parameters, starts[:-1], starts[1:], strict=True):
        gradient = memory_of(parameter.gradient)
        afterwards(_add_squares, parameter.n_parts, parameter.part_starts, sums[first:last], gradient)

    def change() -> None:
        factor = steps.factor if limit < np.inf else np.ones(1)
        optimizer.update(parameters, steps.rates, steps.count, factor)
        program.side_by_side()

    def measure() -> None:
        program.side_by_side()
        each_part(_take_norms, 1, starts, sums, *numbers(limit), program.stop, steps.factor, steps.norms)

    for do in (measure, change) if limit < np.inf else (change, measure):
        do()
