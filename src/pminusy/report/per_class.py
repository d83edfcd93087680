"""Precision, recall and F1 of every class."""

from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_array


@dataclass(frozen=True)
class ClassScores:
    """How one class fared.

    Attributes
    ----------
    name : str
    precision : float or None
        Of the rows put in this class, the share that belongs there; None where no row was.
    recall : float or None
        Of the rows that belong here, the share that was put here; None where there are none.
    f1 : float or None
        The harmonic mean of the two, 2·right / (belong + put); None where both are missing.
    support : int
        Rows that belong here.
    """

    name: str
    precision: float | None
    recall: float | None
    f1: float | None
    support: int


def score_classes(counts: csr_array, names: tuple[str, ...]) -> tuple[ClassScores, ...]:
    """Score each class from the confusion matrix.

    Parameters
    ----------
    counts : (K, K) sparse array of int
        True classes in rows, predicted ones in columns.
    names : tuple of K str

    Returns
    -------
    tuple of ClassScores
        Hardest first: by F1, then by support, the largest first; classes that have no F1 last.

    Examples
    --------
    >>> score_classes(csr_array([[3, 1], [0, 2]]), ("no", "yes"))[0]
    ClassScores(name='yes', precision=0.6666666666666666, recall=1.0, f1=0.8, support=2)
    """
    right, belong, put = counts.diagonal(), counts.sum(axis=1), counts.sum(axis=0)
    scores = [
        ClassScores(
            name=name,
            precision=_ratio(right[k], put[k]),
            recall=_ratio(right[k], belong[k]),
            f1=_ratio(2 * right[k], belong[k] + put[k]),
            support=int(belong[k]),
        )
        for k, name in enumerate(names)
    ]
    return tuple(sorted(scores, key=_hardness))


def _ratio(part: np.int64, whole: np.int64) -> float | None:
    return float(part / whole) if whole else None


def _hardness(scores: ClassScores) -> tuple[bool, float, int]:
    return scores.f1 is None, scores.f1 or 0.0, -scores.support
