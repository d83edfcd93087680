"""Rows divided into those to learn from and those held out."""

import math

import numpy as np
from numpy.typing import NDArray
from sklearn.model_selection import train_test_split

from pminusy.datasets.dataset import Labels


def hold_out(y: Labels, share: float, seed: int) -> NDArray[np.bool_]:
    """Choose the rows to hold out: by class in proportion where the classes are large enough, else by chance.

    Every class keeps a row to learn from, whatever the share; a class with a single row is never held out.

    Parameters
    ----------
    y : (N,) labels
    share : float in [0, 1)
        Of the rows, rounded up.
    seed : int
        The same seed gives the same rows.

    Returns
    -------
    (N,) bool
        True where a row is held out; nowhere if no class has a row to spare.

    Examples
    --------
    >>> int(hold_out(np.array(["a", "a", "b", "b", "c"]), share=0.4, seed=0).sum())
    2
    """
    places, counts = np.unique(y, return_inverse=True, return_counts=True)[1:]
    held_out = np.zeros(len(y), dtype=np.bool_)
    spare = np.flatnonzero(counts[places] > 1)
    n_test = min(math.ceil(share * len(y)), len(spare) - 1)
    if n_test < 1:
        return held_out
    n_classes = (counts > 1).sum()
    stratify = places[spare] if n_classes <= min(n_test, len(spare) - n_test) else None
    chosen = train_test_split(spare, test_size=n_test, random_state=seed, stratify=stratify)[1]
    held_out[chosen] = True
    held_out[_one_row_of_each(places, lost=np.setdiff1d(places, places[~held_out]))] = False
    return held_out


def _one_row_of_each(places: NDArray[np.int64], lost: NDArray[np.int64]) -> NDArray[np.int64]:
    classes, first_rows = np.unique(places, return_index=True)
    return np.asarray(first_rows[np.isin(classes, lost)])
