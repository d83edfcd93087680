"""What is chosen by the number of rows where nothing is asked for: batches, epochs and weight decay.

What a network needs are steps, and an epoch of a hundred rows has few. Small tables therefore get small batches, and
large ones as many epochs as a number of steps allows.

Weight decay is λ = (1 + 4 L)/N, for N rows whose mean loss was L in the epoch before. With the 1 alone, the penalty
beside the sum of the rows' losses is ‖W‖²/2 for any N, as with C = 1 of a softmax regression. With the other part it
grows with the noise in the labels, as in a ridge regression, where λ = σ²/(τ² N) for noise of variance σ² and weights
of variance τ²: where classes can be told apart L falls towards 0, and probabilities may come close to 1; where they
cannot, L stays, and the network does not learn the noise by heart. L counts as at most log K, the loss of equal
probabilities.

The numbers were chosen by measurement: see benchmarks/NETWORKS.md.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[Any]

_IN_ONE = 32  # rows
_BATCHES = 10  # in an epoch, where their sizes allow
_LEAST_ROWS, _MOST_ROWS = 8, 128
_EPOCHS, _LEAST_EPOCHS = 60, 20
_LEAST_STEPS, _MOST_STEPS = 500, 8_000
DECAY_BY_LOSS = 4.0


def choose_batch_size(batch_size: int | None, n_rows: int) -> int:
    """The number asked for, at most `n_rows`; or a tenth of the rows, at least 8 and at most 128.

    Up to 32 rows are one batch, in which no row waits for another.

    Examples
    --------
    >>> [choose_batch_size(None, n_rows) for n_rows in (25, 50, 500, 50_000)]
    [25, 8, 50, 128]
    """
    if batch_size is None:
        batch_size = n_rows if n_rows <= _IN_ONE else min(max(n_rows // _BATCHES, _LEAST_ROWS), _MOST_ROWS)
    return min(int(batch_size), n_rows)


def choose_epochs(max_epochs: int | None, max_steps: int | None, n_steps: int) -> int:
    """How many epochs of `n_steps` steps to train for.

    The lower of the limits asked for, of which that in steps is rounded up to whole epochs. Without any, 60; more where
    these are fewer than 500 steps; fewer, but at least 20, where they are more than 8,000.

    Examples
    --------
    >>> [choose_epochs(None, None, n_steps) for n_steps in (1, 10, 250, 5000)]
    [500, 60, 32, 20]
    >>> choose_epochs(30, 1000, 100)
    10
    """
    asked = [] if max_epochs is None else [int(max_epochs)]
    if max_steps is not None:
        asked.append(-(-int(max_steps) // n_steps))
    if asked:
        return min(asked)
    return max(-(-_LEAST_STEPS // n_steps), min(_EPOCHS, max(_MOST_STEPS // n_steps, _LEAST_EPOCHS)))


def choose_weight_decay(weights: Array) -> float:
    """λ of the penalty (λ/2)‖W‖² on the mean loss of rows with these weights, where that loss is 0: 1 / N.

    N is the number of rows that count, or their total weight if that is more: a weight of 3 is three rows, but weights
    that add up to 1 are not one.

    Examples
    --------
    >>> choose_weight_decay(np.ones(50))
    0.02
    """
    n_counted, total = int(np.count_nonzero(weights)), float(weights.sum())
    return 1 / max(1.0, n_counted, total)
