"""Which classes are taken for which."""

from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_array

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


def confusion_counts(labels: np.ndarray, predicted: np.ndarray, n_classes: int) -> csr_array:
    """Count the rows of each true and predicted class; pairs that do not occur take no memory.

    Parameters
    ----------
    labels, predicted : (N,) int
        In [0, n_classes).
    n_classes : int

    Returns
    -------
    (n_classes, n_classes) sparse array of int64
        True classes in rows, predicted ones in columns.

    Examples
    --------
    >>> confusion_counts(np.array([0, 1, 1]), np.array([0, 0, 1]), 2).toarray().tolist()
    [[1, 0], [1, 1]]
    """
    ones = np.ones(len(labels), dtype=np.int64)
    return csr_array((ones, (labels, predicted)), shape=(n_classes, n_classes))


def summarise_confusion(counts: csr_array, names: tuple[str, ...]) -> Confusion:
    """Lay a confusion matrix out for reading.

    Parameters
    ----------
    counts : (K, K) sparse array of int
        True classes in rows, predicted ones in columns.
    names : tuple of K str
        The classes.

    Returns
    -------
    Confusion

    Examples
    --------
    >>> summarise_confusion(csr_array([[3, 1], [0, 2]]), ("no", "yes")).pairs
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


def _pool(counts: csr_array, names: tuple[str, ...]) -> tuple[np.ndarray, tuple[str, ...]]:
    if len(names) <= MAX_CLASSES:
        return counts.toarray(), names
    kept = most_frequent(counts.sum(axis=1), MAX_CLASSES)
    group = np.full(len(names), MAX_CLASSES)
    group[kept] = np.arange(MAX_CLASSES)
    pooled = np.zeros((MAX_CLASSES + 1, MAX_CLASSES + 1), dtype=counts.dtype)
    pairs = counts.tocoo()
    np.add.at(pooled, (group[pairs.row], group[pairs.col]), pairs.data)
    return pooled, (*(names[i] for i in kept), _OTHERS)


def _confused_pairs(counts: csr_array, names: tuple[str, ...]) -> tuple[ConfusedPair, ...]:
    pairs = counts.tocoo()
    mistakes = np.flatnonzero((pairs.row != pairs.col) & (pairs.data > 0))
    order = np.lexsort((pairs.col[mistakes], pairs.row[mistakes], -pairs.data[mistakes]))
    belong = counts.sum(axis=1)
    return tuple(
        ConfusedPair(names[i], names[j], count, float(count / belong[i]))
        for i, j, count in (
            (int(pairs.row[place]), int(pairs.col[place]), int(pairs.data[place]))
            for place in mistakes[order[:_MAX_PAIRS]]
        )
    )


def _row_shares(counts: np.ndarray) -> np.ndarray:
    shares: np.ndarray = counts / np.maximum(counts.sum(axis=1, keepdims=True), 1)
    return shares
