"""Which classes are taken for which."""

from dataclasses import dataclass

import numpy as np

from pminusy.report.naming import MAX_CLASSES, most_frequent

_MAX_PAIRS = 12
_OTHERS = "all others"


@dataclass(frozen=True)
class ConfusedPair:
    """One kind of mistake: rows of one class that were put in another.

    Attributes
    ----------
    true, predicted : str
        The two classes.
    count : int
        Rows.
    share : float
        Of the true class's rows.
    """

    true: str
    predicted: str
    count: int
    share: float


@dataclass(frozen=True)
class Confusion:
    """The confusion matrix; past 60 classes, the rarer ones are pooled in a last row and column.

    Attributes
    ----------
    classes : tuple of str
    counts : tuple of tuples of int
        `counts[i][j]`: rows of class i that were put in class j.
    shares : tuple of tuples of float
        The same, each row divided by its sum (zeros where there are no such rows).
    pairs : tuple of ConfusedPair
        The most frequent mistakes, most frequent first.
    """

    classes: tuple[str, ...]
    counts: tuple[tuple[int, ...], ...]
    shares: tuple[tuple[float, ...], ...]
    pairs: tuple[ConfusedPair, ...]


def confusion_counts(labels: np.ndarray, predicted: np.ndarray, n_classes: int) -> np.ndarray:
    """Count the rows of each true and predicted class.

    Parameters
    ----------
    labels, predicted : (N,) int
        In [0, n_classes).
    n_classes : int

    Returns
    -------
    (n_classes, n_classes) int64
        True classes in rows, predicted ones in columns.

    Examples
    --------
    >>> confusion_counts(np.array([0, 1, 1]), np.array([0, 0, 1]), 2).tolist()
    [[1, 0], [1, 1]]
    """
    cells = np.bincount(labels * n_classes + predicted, minlength=n_classes**2)
    return cells.reshape(n_classes, n_classes)


def summarise_confusion(counts: np.ndarray, names: tuple[str, ...]) -> Confusion:
    """Lay a confusion matrix out for reading.

    Parameters
    ----------
    counts : (K, K) int
        True classes in rows, predicted ones in columns.
    names : tuple of K str
        The classes.

    Returns
    -------
    Confusion

    Examples
    --------
    >>> summarise_confusion(np.array([[3, 1], [0, 2]]), ("no", "yes")).pairs
    (ConfusedPair(true='no', predicted='yes', count=1, share=0.25),)
    """
    pooled, classes = _pool(counts, names)
    shares = np.round(_row_shares(pooled), 4)
    return Confusion(
        classes=classes,
        counts=tuple(map(tuple, pooled.tolist())),
        shares=tuple(map(tuple, shares.tolist())),
        pairs=_confused_pairs(counts, names),
    )


def _pool(counts: np.ndarray, names: tuple[str, ...]) -> tuple[np.ndarray, tuple[str, ...]]:
    if len(names) <= MAX_CLASSES:
        return counts, names
    kept = most_frequent(counts.sum(axis=1), MAX_CLASSES)
    group = np.full(len(names), MAX_CLASSES)
    group[kept] = np.arange(MAX_CLASSES)
    pooled = np.zeros((MAX_CLASSES + 1, MAX_CLASSES + 1), dtype=counts.dtype)
    np.add.at(pooled, (group[:, None], group[None, :]), counts)
    return pooled, (*(names[i] for i in kept), _OTHERS)


def _confused_pairs(counts: np.ndarray, names: tuple[str, ...]) -> tuple[ConfusedPair, ...]:
    places = np.flatnonzero(counts)
    mistakes = places[places // len(counts) != places % len(counts)]
    most = mistakes[np.argsort(-counts.ravel()[mistakes], kind="stable")[:_MAX_PAIRS]]
    belong = counts.sum(axis=1)
    return tuple(
        ConfusedPair(names[i], names[j], int(counts[i, j]), float(counts[i, j] / belong[i]))
        for i, j in (divmod(place, len(counts)) for place in most.tolist())
    )


def _row_shares(counts: np.ndarray) -> np.ndarray:
    shares: np.ndarray = counts / np.maximum(counts.sum(axis=1, keepdims=True), 1)
    return shares
