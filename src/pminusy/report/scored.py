"""One part's rows scored, all at once or block after block: what the report shows of them."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
from scipy.sparse import csr_array

from pminusy.errors import InputError
from pminusy.report.confusion import confusion_counts
from pminusy.report.metrics import Metrics, evaluate, merge_metrics
from pminusy.report.mistakes import Mistake, worst, worst_mistakes
from pminusy.report.predictions import Predictions
from pminusy.report.reliability import ReliabilityBin, merge_bins, reliability_bins

if TYPE_CHECKING:
    from pminusy.datasets.dataset import Dataset, Features


@dataclass(frozen=True, eq=False)
class Scored:
    """What is known of one part once its rows are gone.

    Attributes
    ----------
    metrics : Metrics
    counts : sparse array (K, K) of int
        True classes in rows, predicted ones in columns.
    reliability : tuple of ReliabilityBin
    mistakes : tuple of Mistake
    head : polars.DataFrame, array or SciPy CSR
        The first rows as read, at least one.
    """

    metrics: Metrics
    counts: csr_array
    reliability: tuple[ReliabilityBin, ...]
    mistakes: tuple[Mistake, ...]
    head: "Features"

    @property
    def class_counts(self) -> np.ndarray:
        """The rows of each true class, (K,)."""
        counts: np.ndarray = self.counts.sum(axis=1)
        return counts


def score(dataset: "Dataset", blocks: Iterable[Predictions], names: tuple[str, ...]) -> Scored:
    """Score blocks of rows; no more than one of them is in memory at a time.

    Parameters
    ----------
    dataset : Dataset
        Where the rows came from.
    blocks : iterable of Predictions
        In order, each of one row or more.
    names : tuple of K str
        The classes.

    Returns
    -------
    Scored
        The same for any division into blocks, but for the last digits of its means.

    Raises
    ------
    InputError
        There are no blocks.

    Examples
    --------
    >>> score(dataset, [predict(pipeline, X, y, part="test")], ("no", "yes")).metrics.n   # doctest: +SKIP
    120
    """
    total: Scored | None = None
    for block in blocks:
        found = _score_block(dataset, block, names)
        total = found if total is None else _merged(total, found)
    if total is None:
        raise InputError("blocks: expected at least one block of rows, got none")
    return total


def _score_block(dataset: "Dataset", block: Predictions, names: tuple[str, ...]) -> Scored:
    predicted = block.predicted
    return Scored(
        metrics=evaluate(block.probabilities, block.labels, block.log_true),
        counts=confusion_counts(block.labels, predicted, len(names)),
        reliability=reliability_bins(block.probabilities.max(axis=1), predicted == block.labels),
        mistakes=worst_mistakes(dataset, block, names),
        head=block.X,
    )


def _merged(first: Scored, then: Scored) -> Scored:
    moved = [replace(mistake, row=mistake.row + first.metrics.n) for mistake in then.mistakes]
    reliability = merge_bins(first.reliability, then.reliability)
    return Scored(
        metrics=merge_metrics(first.metrics, then.metrics, reliability),
        counts=first.counts + then.counts,
        reliability=reliability,
        mistakes=worst([*first.mistakes, *moved]),
        head=first.head,
    )
