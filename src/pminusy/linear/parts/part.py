"""One part of the rows a linear classifier is fitted to, and what a fit keeps beside them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any, final

import numpy as np
from numpy.typing import NDArray

from pminusy.classifier.features import compute_dtype
from pminusy.errors import InputError
from pminusy.kernels.parallel import threads
from pminusy.linear.blas import single_threaded_blas
from pminusy.linear.evaluation import Evaluation
from pminusy.linear.objective import LinearObjective, Place
from pminusy.linear.problem import LinearProblem
from pminusy.losses.cross_entropy import CrossEntropy
from pminusy.losses.targets import Targets

Array = NDArray[Any]


@dataclass(frozen=True)
class PartRows:
    """Checked rows of one partition.

    Attributes
    ----------
    partition : int
        Its number, for messages.
    X : array or CSR matrix (n, D)
    y : array (n,) or (n, K)
        Labels, or target mass.
    weights : array (n,) or None
    columns : list of str or None
        The names of X's columns.
    """

    partition: int
    X: Any
    y: Array
    weights: Array | None
    columns: list[str] | None = None


@dataclass(frozen=True)
class TargetOptions:
    """What labels mean, the same for all parts.

    Attributes
    ----------
    classes : array (K,)
    class_weight : array (K,) or None
    label_smoothing : float
    """

    classes: Array
    class_weight: Array | None
    label_smoothing: float

    def encode(self, y: Array) -> Array:
        """Class numbers of labels; mass as it is."""
        if y.ndim == 2:
            return y
        order = np.argsort(self.classes, kind="stable")
        numbers: Array = order[np.searchsorted(self.classes, y, sorter=order)]
        return numbers.astype(np.int64, copy=False)


@final
class LinearPart:
    """A part of the rows.

    Parameters
    ----------
    rows : PartRows
    place : Place
    n_threads : int or None
        How many it may use; None for as many as the caller allows.
    """

    problem: LinearProblem
    evaluation: Evaluation

    def __init__(self, rows: PartRows, place: Place, n_threads: int | None = None) -> None:
        self.rows, self.place, self._n_threads = rows, place, n_threads
        self.objectives: dict[str, LinearObjective] = {}

    def do(self, work: Callable[..., Any], *arguments: Any) -> Any:
        """work(self, *arguments), with the threads it may use and BLAS on one.

        Raises
        ------
        InputError
            That of the work, with the partition's number.
        """
        numbers = np.errstate(
            over="ignore", invalid="ignore", divide="ignore"
        )  # as in a fit to rows in memory
        with threads(self._n_threads), single_threaded_blas(), numbers:
            try:
                return work(self, *arguments)
            except InputError as error:
                raise type(error)(f"{error}, in partition {self.rows.partition}") from error


def settle(part: LinearPart, options: TargetOptions) -> tuple[float, int]:
    """Settle its targets as if there were no other rows; the total weight, and whether any row has mass."""
    shape = part.rows.X.shape[0], len(options.classes)
    loss = CrossEntropy(options.class_weight, options.label_smoothing, reduction="sum")
    encoded, weights = options.encode(part.rows.y), part.rows.weights

    def settled(dtype: np.dtype[Any]) -> Targets:
        return loss.settle(encoded, shape, dtype, weights, name="y")

    dtype = compute_dtype(part.rows.X)
    part.problem = LinearProblem(part.rows.X, settled, shape[1], 0.0, False, dtype)
    targets = settled(dtype)
    return targets.total_weight, int(targets.mass().any())


def pose(part: LinearPart, options: TargetOptions, total_weight: float, fit_intercept: bool) -> None:
    """Make its targets a part of all rows': their losses are in the mean of all."""
    settle(part, options)
    alone = part.problem.settle
    settled: dict[np.dtype[Any], Targets] = {}

    def among_all(dtype: np.dtype[Any]) -> Targets:
        if dtype not in settled:
            settled[dtype] = replace(alone(dtype), total_weight=total_weight)
        return settled[dtype]

    part.problem = replace(part.problem, settle=among_all, fit_intercept=fit_intercept)
