"""Four numbers that say how good a classifier's probabilities are."""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from pminusy.errors import InputError, ShapeError, TargetError
from pminusy.report.reliability import ReliabilityBin, expected_calibration_error, reliability_bins

_SUM_TOLERANCE = 1e-3


@dataclass(frozen=True)
class Metrics:
    """The scores of one set of rows.

    Attributes
    ----------
    n : int
        Rows scored.
    accuracy : float
        The share of rows whose most probable class is the true one.
    log_loss : float
        The mean of −log p of the true class, in nats; infinite where one such p is 0.
    brier : float
        The mean over rows of Σ_k (p_k − y_k)², between 0 and 2.
    ece : float
        Expected calibration error of the top probability, over 15 bins of equal width.
    """

    n: int
    accuracy: float
    log_loss: float
    brier: float
    ece: float

    @property
    def typical_probability(self) -> float:
        """The geometric mean of the probabilities given to the true classes, exp(−log_loss)."""
        return math.exp(-self.log_loss)


def evaluate(probabilities: ArrayLike, labels: ArrayLike, log_true: ArrayLike | None = None) -> Metrics:
    """Score predicted probabilities against the true classes.

    Parameters
    ----------
    probabilities : (N, K) float
        One row of class probabilities per sample. Sums accumulate in float64 whatever the dtype.
    labels : (N,) int
        The true classes, in [0, K).
    log_true : (N,) float, optional
        log p of each row's true class, where the caller has it exactly; from `probabilities`, −∞ where p underflows.

    Returns
    -------
    Metrics

    Raises
    ------
    ShapeError
        `probabilities` is not (N, K) with N, K ≥ 1, or `labels` is not (N,).
    TargetError
        A label is not an integer in [0, K).
    InputError
        A probability is outside [0, 1], or a row of them doesn't sum to 1.

    Examples
    --------
    >>> scores = evaluate([[0.9, 0.1], [0.4, 0.6]], [0, 0])
    >>> scores.accuracy, round(scores.log_loss, 4), round(scores.brier, 4)
    (0.5, 0.5108, 0.37)
    """
    P, y = np.asarray(probabilities), np.asarray(labels)
    _check(P, y)
    p_true = P[np.arange(len(y)), y].astype(np.float64)
    with np.errstate(divide="ignore"):
        logs = np.log(p_true) if log_true is None else np.asarray(log_true, np.float64)
    log_loss = -logs.mean()
    # Σ_k (p_k − y_k)² = Σ_k p_k² − 2 p_true + 1 needs no second (N, K) array.
    brier = (np.einsum("nk,nk->n", P, P, dtype=np.float64) - 2 * p_true + 1).mean()
    correct = P.argmax(axis=1) == y
    bins = reliability_bins(P.max(axis=1), correct)
    return Metrics(
        n=len(y),
        accuracy=float(correct.mean()),
        # Adding 0.0 turns the −0.0 of a perfect score into 0.0.
        log_loss=float(log_loss) + 0.0,
        brier=max(float(brier), 0.0),
        ece=expected_calibration_error(bins),
    )


def merge_metrics(first: Metrics, then: Metrics, bins: tuple[ReliabilityBin, ...]) -> Metrics:
    """The scores of two sets of rows as of one, with the calibration error of the bins of both.

    Examples
    --------
    >>> one, two = evaluate([[0.9, 0.1]], [0]), evaluate([[0.4, 0.6], [0.8, 0.2]], [0, 0])
    >>> bins = reliability_bins(np.array([0.9, 0.6, 0.8]), np.array([True, False, True]))
    >>> merge_metrics(one, two, bins).accuracy
    0.6666666666666666
    """
    n = first.n + then.n

    def mean(name: str) -> float:
        return (first.n * getattr(first, name) + then.n * getattr(then, name)) / n

    return Metrics(n, mean("accuracy"), mean("log_loss"), mean("brier"), expected_calibration_error(bins))


def baseline_metrics(shares: NDArray[np.floating], counts: NDArray[np.integer]) -> Metrics:
    """The scores of answering every row with the same probabilities.

    Parameters
    ----------
    shares : (K,) float
        The probabilities.
    counts : (K,) int
        Rows of each class, at least one in all.

    Examples
    --------
    >>> baseline_metrics(np.array([0.75, 0.25]), np.array([1, 1])).accuracy
    0.5
    """
    n = int(counts.sum())
    there = counts > 0
    with np.errstate(divide="ignore"):
        log_loss = -float(counts[there] @ np.log(shares[there])) / n
    accuracy = float(counts[shares.argmax()] / n)
    brier = float(shares @ shares - 2 * (counts @ shares) / n + 1)
    ece = abs(float(shares.max()) - accuracy)
    return Metrics(n, accuracy, log_loss + 0.0, max(brier, 0.0), ece)


def _check(P: NDArray[np.floating], y: NDArray[np.integer]) -> None:
    if P.ndim != 2 or not P.size or y.shape != P.shape[:1]:
        raise ShapeError(
            "probabilities and labels: expected shapes (N, K) and (N,) with at least one row and one class, "
            f"got {P.shape} and {y.shape}"
        )
    if not np.issubdtype(y.dtype, np.integer):
        raise TargetError(f"labels: expected integers, got {y.dtype}")
    K = P.shape[1]
    if (bad := (y < 0) | (y >= K)).any():
        row = int(bad.argmax())
        raise TargetError(f"labels: expected integers in [0, {K}), got {y[row]} at row {row}")
    if (bad := ~((P >= 0) & (P <= 1 + _SUM_TOLERANCE)).all(axis=1)).any():
        row = int(bad.argmax())
        raise InputError(
            f"probabilities: expected numbers in [0, 1], got {P[row].tolist()!s:.80} at row {row}"
        )
    sums = P.sum(axis=1, dtype=np.float64)
    if (bad := np.abs(sums - 1) > _SUM_TOLERANCE).any():
        row = int(bad.argmax())
        raise InputError(f"probabilities: expected rows that sum to 1, got {sums[row]:.6g} at row {row}")
