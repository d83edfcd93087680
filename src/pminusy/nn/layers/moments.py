"""The mean and the spread of every channel, over a batch or from running averages.

X (N, P, C): samples n, positions p, channels c; moments (2, C): μ and 1/σ, σ² = variance + ε. Sums over a batch are
taken group by group, a group being some samples, and the groups are put together in order. For the variance, each group
is passed over twice: about c, its mean as far as the dtype can tell, r = Σ (x − c) is small, and nothing cancels.

    μ_g = c + r/n        Σ_g (x − μ_g)² = Σ_g (x − c)² − r²/n        n numbers in group g
    μ = Σ_g n μ_g / (N P)        Σ (x − μ)² = Σ_g (Σ_g (x − μ_g)² + n (μ_g − μ)²)

Source: T. F. Chan, G. H. Golub and R. J. LeVeque, The American Statistician 37 (1983) 242-247.
"""

from __future__ import annotations

import math

import numpy as np

from pminusy.kernels.compile import helper, shared
from pminusy.kernels.kinds import Cube, Double, DoubleMatrix, Matrix, Vector
from pminusy.kernels.operations import Operation, operation
from pminusy.nn.layers.dense import COLUMNS
from pminusy.nn.program import Array, beforehand, each_part, each_row, empty, numbers

_POSITIONS = 32  # that a group has at least


@shared
def group_size(n_positions):
    """How many samples a group has: one where it has many positions, which is then done while still in cache."""
    return max(1, _POSITIONS // max(1, n_positions))


@operation
def _group_sums(X: Cube, sums: Cube, step, first, last):
    """c, Σ (x − c) and Σ (x − c)² of some groups, for each channel."""
    size, zero = group_size(X.shape[1]), X.dtype.type(0)
    for g in range(first, last):
        group = X[g * size : min(X.shape[0], (g + 1) * size)]
        centre, rest, square = sums[g, 0], sums[g, 1], sums[g, 2]
        count = X.dtype.type(group.shape[0] * group.shape[1])
        for c in range(centre.size):
            centre[c] = zero
            rest[c] = zero
            square[c] = zero
        for n in range(group.shape[0]):
            for p in range(group.shape[1]):
                x = group[n, p]
                for c in range(centre.size):
                    centre[c] += x[c]
        for c in range(centre.size):
            centre[c] /= count
        for n in range(group.shape[0]):
            for p in range(group.shape[1]):
                x = group[n, p]
                for c in range(centre.size):
                    distance = x[c] - centre[c]
                    rest[c] += distance
                    square[c] += distance * distance


@helper
def _put_together(X, sums, left, right, mean, square):
    """μ and Σ (x − μ)² of the channels from `left` to before `right`, in float64."""
    whole = group_size(X.shape[1]) * X.shape[1]  # numbers in every group but the last
    count = X.shape[0] * X.shape[1]
    for c in range(mean.size):
        mean[c] = square[c] = 0.0
    for g in range(sums.shape[0]):
        n = np.float64(min(whole, count - g * whole))
        centre, rest = sums[g, 0, left:right], sums[g, 1, left:right]
        for c in range(mean.size):
            mean[c] += n * centre[c] + rest[c]
    for c in range(mean.size):
        mean[c] /= count
    for g in range(sums.shape[0]):
        n = np.float64(min(whole, count - g * whole))
        centre, rest, group_square = sums[g, 0, left:right], sums[g, 1, left:right], sums[g, 2, left:right]
        share = 1 / n
        for c in range(mean.size):
            distance = centre[c] + rest[c] * share - mean[c]
            square[c] += group_square[c] - rest[c] * (rest[c] * share) + n * distance * distance


@operation
def _batch_moments(
    momentum: Double,
    epsilon: Double,
    X: Cube,
    sums: Cube,
    totals: DoubleMatrix,
    running_mean: Vector,
    running_var: Vector,
    moments: Matrix,
    step,
    first,
    last,
):
    """μ and 1/σ of some channels; the running averages move towards μ and the variance without bias."""
    count = X.shape[0] * X.shape[1]
    left, right = first * COLUMNS, min(moments.shape[1], last * COLUMNS)
    mean, square = totals[0, left:right], totals[1, left:right]
    _put_together(X, sums, left, right, mean, square)
    for c in range(mean.size):
        moments[0, left + c] = mean[c]
        moments[1, left + c] = 1 / math.sqrt(square[c] / count + epsilon)
        if count > 1:
            running_mean[left + c] += momentum * (mean[c] - running_mean[left + c])
            running_var[left + c] += momentum * (square[c] / (count - 1) - running_var[left + c])


@operation
def _running_moments(
    epsilon: Double, running_mean: Vector, running_var: Vector, moments: Matrix, step, first, last
):
    """μ and 1/σ of some channels, from the running averages."""
    for c in range(first * COLUMNS, min(moments.shape[1], last * COLUMNS)):
        moments[0, c] = running_mean[c]
        moments[1, c] = 1 / math.sqrt(running_var[c] + epsilon)


def each_group(operation: Operation, X: Array, *others: Array) -> None:
    """Do an operation on the groups of X; its first argument is X."""
    submit = each_row if group_size(X.shape[1]) == 1 else each_part
    submit(operation, n_groups(X), X, *others)


def n_groups(X: Array) -> int:
    """How many groups a batch is."""
    return -(-len(X) // group_size(X.shape[1]))


def batch_moments(
    momentum: float, epsilon: float, X: Array, running_mean: Array, running_var: Array
) -> Array:
    """μ and 1/σ over a batch, whose share in the running averages is the momentum."""
    n_channels = X.shape[2]
    sums, moments = empty((n_groups(X), 3, n_channels), X.dtype), empty((2, n_channels), X.dtype)
    each_group(_group_sums, X, sums)
    n_parts = -(-n_channels // COLUMNS)
    totals = empty((2, n_channels), np.dtype(np.float64))
    options, running = numbers(momentum, epsilon), (running_mean, running_var)
    each_part(_batch_moments, n_parts, *options, X, sums, totals, *running, moments)
    return moments


def running_moments(epsilon: float, running_mean: Array, running_var: Array) -> Array:
    """μ and 1/σ from the running averages."""
    moments = empty((2, running_mean.size), running_mean.dtype)
    n_parts = -(-running_mean.size // COLUMNS)
    beforehand(_running_moments, n_parts, *numbers(epsilon), running_mean, running_var, moments)
    return moments
