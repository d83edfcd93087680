"""The size of gradients, and what to multiply them by so that it stays within a limit.

    ‖g‖² = Σ_i ‖g_i‖² over the parameters,    factor = min(1, limit / ‖g‖)

Squares are added in float64: each part of a gradient in LANES running sums, then the parts in order.
Source: R. Pascanu, T. Mikolov and Y. Bengio, ICML 2013, arXiv:1211.5063, algorithm 1.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import pairwise

import numpy as np
from numba import types

from pminusy.kernels.floats import clear
from pminusy.kernels.operations import accessor, doubles, integers, matrix, operation, vector
from pminusy.kernels.replay import stop_at
from pminusy.kernels.rows import LANES, lane_sum
from pminusy.nn.options import check_numbers
from pminusy.nn.panels import memory_of
from pminusy.nn.parameter import Parameter
from pminusy.nn.program import Array, each_part

integer_matrix, double_matrix = accessor(2, types.int64), accessor(2, types.float64)


@operation
def _add_squares(arguments, step, first, last):
    """sums[k, 0] = Σ g² for some parts; a row of `places` is a gradient's number, its range, and k."""
    places, sums = integer_matrix(arguments, 0), double_matrix(arguments, 1)
    for row in range(first, last):
        number, start, stop, k = places[row, 0], places[row, 1], places[row, 2], places[row, 3]
        g, lanes = vector(arguments, 2 + number)[start:stop], sums[k]
        whole = g.size // LANES * LANES
        clear(lanes, LANES)
        for i in range(0, whole, LANES):
            for lane in range(LANES):
                x = np.float64(g[i + lane])
                lanes[lane] += x * x
        for i in range(whole, g.size):
            x = np.float64(g[i])
            lanes[i - whole] += x * x
        lane_sum(lanes)


@operation
def _take_norms(arguments, step, first, last):
    """norms[step, i] = ‖g_i‖, whose parts' sums are those from starts[i] to before starts[i + 1]; and the factor."""
    starts, sums, limit = integers(arguments, 0), double_matrix(arguments, 1), doubles(arguments, 2)[0]
    stop, factor, norms = integers(arguments, 3), doubles(arguments, 4), matrix(arguments, 5)
    squares = 0.0
    for i in range(starts.size - 1):
        square = 0.0
        for k in range(starts[i], starts[i + 1]):
            square += sums[k, 0]
        norms[step, i] = math.sqrt(square)
        squares += square
    if not squares < np.inf:
        stop_at(stop, step)
    norm = math.sqrt(squares)
    factor[0] = limit / norm if norm > limit else 1.0


def gradient_norms(
    parameters: Sequence[Parameter], limit: float, norms: Array, factor: Array, stop: Array
) -> None:
    """Measure the gradients of a step, and say what to multiply them by.

    Two stages of a program, behind which every gradient is to be complete: tell it `side_by_side()` before.

    Parameters
    ----------
    parameters : sequence of Parameter
        Their gradients share one dtype.
    limit : float
        The largest norm of all gradients together, > 0; infinity to clip nothing.
    norms : ndarray (n_steps, n_parameters), float64
        Written: row `step` has the norm of each parameter's gradient.
    factor : ndarray (1,), float64
        Written: min(1, limit / ‖g‖).
    stop : ndarray (1,), int64
        A program's `stop`: it ends at a step where the sum of squares is not finite, before it changes a parameter.

    Raises
    ------
    InputError
        `limit` is not positive.
    """
    check_numbers("(0, inf]", limit=limit)
    starts = np.cumsum([0, *(parameter.n_parts for parameter in parameters)])
    sums = np.zeros((starts[-1], LANES))
    gradients = (memory_of(parameter.gradient) for parameter in parameters)
    # The gradients come last, since their dtype is the operation's.
    each_part(_add_squares, int(starts[-1]), _places(parameters, starts), sums, *gradients)
    each_part(_take_norms, 1, starts, sums, np.array([limit], np.float64), stop, factor, norms)


def _places(parameters: Sequence[Parameter], starts: Array) -> Array:
    """Every part, by its place in its gradient: a thread reads again what it has just written."""
    parts = [
        (part / parameter.n_parts, number, start, stop, int(starts[number]) + part)
        for number, parameter in enumerate(parameters)
        for part, (start, stop) in enumerate(pairwise(parameter.part_starts))
    ]
    return np.array([place for _, *place in sorted(parts)], np.int64).reshape(-1, 4)
