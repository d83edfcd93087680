"""What the steps of one epoch read and write, each in its own place: step t's is at t."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from pminusy.nn.program import Array


@dataclass(frozen=True)
class Epoch:
    """The arrays of an epoch, filled anew for each.

    Attributes
    ----------
    order : ndarray of int64 (N,)
        The rows of the set that count, in the order in which they are taken.
    places : ndarray of int64 (N,)
        Where these rows are among the samples at hand: `order` itself where all are.
    starts : ndarray of int64 (n_steps,)
        Where in `order` a step's batch begins.
    scales : ndarray of float64 (n_steps,)
        What a row's gradient is multiplied by: 1 / (the batch's rows × the mean weight of all rows).
    rates : ndarray of float64 (n_steps,)
        Learning rates.
    count : ndarray of float64 (1,)
        Updates done before this epoch.
    factor : ndarray of float64 (1,)
        What the step's gradients are multiplied by, so that their norm keeps the limit.
    losses, hits : ndarray of float64 (n_steps,)
        The batch's sum of losses, and of rows classified rightly.
    norms : ndarray of float64 (n_steps, P)
        The norm of each parameter's gradient.
    """

    order: Array
    places: Array
    starts: Array
    scales: Array
    rates: Array
    count: Array
    factor: Array
    losses: Array
    hits: Array
    norms: Array

    @classmethod
    def of(cls, n_rows: int, batch_size: int, n_parameters: int, *, all_at_hand: bool = True) -> Epoch:
        """Arrays for batches of this size, the last one smaller where N is no multiple of it."""
        starts = np.arange(0, n_rows, batch_size, dtype=np.int64)
        n_steps, order = len(starts), np.arange(n_rows, dtype=np.int64)
        return cls(
            order=order,
            places=order if all_at_hand else np.zeros(n_rows, np.int64),
            starts=starts,
            scales=np.ones(n_steps),
            rates=np.zeros(n_steps),
            count=np.zeros(1),
            factor=np.ones(1),
            losses=np.zeros(n_steps),
            hits=np.zeros(n_steps),
            norms=np.zeros((n_steps, n_parameters)),
        )

    @property
    def n_steps(self) -> int:
        """How many batches there are."""
        return len(self.starts)
