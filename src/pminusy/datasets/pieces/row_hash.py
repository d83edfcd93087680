"""Rows chosen by their numbers alone, so that a choice does not depend on files, pieces or workers."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

_GOLDEN, _FIRST, _SECOND = 0x9E3779B97F4A7C15, 0xBF58476D1CE4E5B9, 0x94D049BB133111EB


def row_hashes(start: int, n_rows: int, seed: int) -> NDArray[np.uint64]:
    """A number in [0, 2⁶⁴) for each of the rows `start`, `start` + 1, …, evenly spread.

    References
    ----------
    Steele, Lea and Flood, "Fast splittable pseudorandom number generators", OOPSLA 2014: SplitMix64, twice.

    Examples
    --------
    >>> int((row_hashes(0, 1000, seed=0) < 2**62).sum())
    244
    """
    with np.errstate(over="ignore"):
        key = _mixed(np.array([seed], np.uint64))[0]
        return _mixed(np.arange(start, start + n_rows, dtype=np.uint64) ^ key)


def chosen_rows(start: int, n_rows: int, share: float, seed: int) -> NDArray[np.bool_]:
    """Which of these rows belong to about this share of all.

    Examples
    --------
    >>> whole = chosen_rows(0, 10, 0.5, seed=1)
    >>> bool((chosen_rows(4, 6, 0.5, seed=1) == whole[4:]).all())
    True
    """
    return row_hashes(start, n_rows, seed) < np.uint64(min(int(share * 2.0**64), 2**64 - 1))


def _mixed(numbers: NDArray[np.uint64]) -> NDArray[np.uint64]:
    z = (numbers + np.uint64(1)) * np.uint64(_GOLDEN)
    z = (z ^ (z >> np.uint64(30))) * np.uint64(_FIRST)
    z = (z ^ (z >> np.uint64(27))) * np.uint64(_SECOND)
    return z ^ (z >> np.uint64(31))
