"""How far the stated probabilities can be taken at their word."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

N_BINS = 15


@dataclass(frozen=True)
class ReliabilityBin:
    """The rows whose top probability lies in one interval (lower, upper].

    Attributes
    ----------
    lower, upper : float
        The interval's ends.
    count : int
        Rows in it, at least one.
    confidence : float
        The mean of their top probabilities.
    accuracy : float
        The share of them that were put in the right class.
    """

    lower: float
    upper: float
    count: int
    confidence: float
    accuracy: float


def reliability_bins(top: NDArray[np.floating], correct: NDArray[np.bool_]) -> tuple[ReliabilityBin, ...]:
    """Group rows by their top probability into 15 bins of equal width, and leave out the empty ones.

    Parameters
    ----------
    top : (N,) float
        Each row's largest probability.
    correct : (N,) bool
        Whether the class it belongs to is the true one.

    Returns
    -------
    tuple of ReliabilityBin
        In rising order of probability.

    Examples
    --------
    >>> reliability_bins(np.array([0.99, 0.97]), np.array([True, False]))[0].accuracy
    0.5
    """
    index = np.clip(np.ceil(top.astype(np.float64) * N_BINS).astype(np.int64) - 1, 0, N_BINS - 1)
    count = np.bincount(index, minlength=N_BINS)
    confidence = np.bincount(index, weights=top, minlength=N_BINS)
    right = np.bincount(index, weights=correct, minlength=N_BINS)
    return tuple(
        ReliabilityBin(
            lower=i / N_BINS,
            upper=(i + 1) / N_BINS,
            count=int(count[i]),
            confidence=float(confidence[i] / count[i]),
            accuracy=float(right[i] / count[i]),
        )
        for i in np.flatnonzero(count).tolist()
    )


def merge_bins(
    first: tuple[ReliabilityBin, ...], then: tuple[ReliabilityBin, ...]
) -> tuple[ReliabilityBin, ...]:
    """The bins of two sets of rows as those of one.

    Examples
    --------
    >>> low, high = ReliabilityBin(0.8, 0.9, 1, 0.85, 1.0), ReliabilityBin(0.8, 0.9, 3, 0.89, 0.0)
    >>> merge_bins((low,), (high,))[0].accuracy
    0.25
    """
    merged = {each.lower: each for each in first}
    for each in then:
        other = merged.get(each.lower)
        merged[each.lower] = each if other is None else _both(other, each)
    return tuple(merged[lower] for lower in sorted(merged))


def _both(one: ReliabilityBin, other: ReliabilityBin) -> ReliabilityBin:
    count = one.count + other.count
    confidence = (one.count * one.confidence + other.count * other.confidence) / count
    accuracy = (one.count * one.accuracy + other.count * other.accuracy) / count
    return ReliabilityBin(one.lower, one.upper, count, confidence, accuracy)


def expected_calibration_error(bins: tuple[ReliabilityBin, ...]) -> float:
    """Return the mean distance between stated confidence and accuracy, each bin weighing its rows.

    Parameters
    ----------
    bins : tuple of ReliabilityBin
        At least one.

    Returns
    -------
    float
        In [0, 1].

    Examples
    --------
    >>> expected_calibration_error((ReliabilityBin(0.8, 1.0, 4, confidence=0.9, accuracy=0.75),))
    0.15000000000000002

    References
    ----------
    Naeini, Cooper and Hauskrecht, "Obtaining Well Calibrated Probabilities Using Bayesian Binning",
    AAAI 2015.
    """
    rows = sum(b.count for b in bins)
    return sum(b.count * abs(b.confidence - b.accuracy) for b in bins) / rows
