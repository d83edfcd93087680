"""Medians of columns, NaN left aside: of an array, or exactly of rows that are never in memory all at once."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[Any]

_DIGIT = 16  # bits of a number that one pass settles
_UNSIGNED: dict[Any, Any] = {
    np.dtype(np.float32): np.dtype(np.uint32),
    np.dtype(np.float64): np.dtype(np.uint64),
}


def medians(values: Array, missing: NDArray[np.bool_]) -> Array:
    """The columns' medians; 0 for one without values."""
    found = np.zeros(values.shape[1], values.dtype)
    whole = ~missing.any(axis=0)
    if len(values):
        found[whole] = np.median(values[:, whole], axis=0)
    for place in np.flatnonzero(~whole & ~missing.all(axis=0)):
        found[place] = np.median(values[~missing[:, place], place])
    return found


def medians_in_passes(
    arrays: Callable[[], Iterable[Array]], n_columns: int, dtype: np.dtype[Any]
) -> tuple[Array, NDArray[np.bool_]]:
    """The same medians, and which columns miss a value, of arrays (n, C) that come some at a time.

    Floats are ordered as their bits are, once those of negative ones are turned over. A pass for each 16 bits, from the
    highest, counts how many numbers have each value of these; the ranks of the median's two neighbours tell which of
    these values theirs have. Two passes settle float32, four float64.

    Parameters
    ----------
    arrays : callable
        Begins a pass.
    n_columns : int
    dtype : dtype
        Of all arrays: float32 or float64.

    Returns
    -------
    medians : array (C,)
    missing : array of bool (C,)

    Examples
    --------
    >>> X = np.array([[1.0], [np.nan], [4.0]])
    >>> medians_in_passes(lambda: [X[:2], X[2:]], 1, X.dtype)
    (array([2.5]), array([ True]))
    """
    n_bits = 8 * dtype.itemsize
    digits = np.zeros(
        (2, n_columns), _UNSIGNED[dtype]
    )  # of the lower and the upper neighbour, as far as settled
    ranks = np.zeros((2, n_columns), np.int64)  # among the numbers that have these digits
    missing, any_value = np.zeros(n_columns, np.bool_), np.zeros(n_columns, np.bool_)
    for shift in range(n_bits - _DIGIT, -1, -_DIGIT):
        counts = np.zeros((2, n_columns, 1 << _DIGIT), np.int64)
        for array in arrays():
            _count(array, digits, shift, counts)
            missing |= np.isnan(array).any(axis=0)
        if shift == n_bits - _DIGIT:
            n_values = counts[0].sum(axis=1)
            any_value = n_values > 0
            ranks = np.maximum(np.stack([n_values - 1, n_values]) // 2, 0)
        _settle(counts, digits, ranks)
    lower, upper = _floats(digits, dtype)
    found = np.mean([lower, upper], axis=0, dtype=dtype)
    return np.where(any_value, found, dtype.type(0)), missing


def _count(array: Array, digits: Array, shift: int, counts: Array) -> None:
    """Add how many numbers with these digits have each value of the next ones."""
    for column, values in enumerate(array.T):
        keys = _keys(values[~np.isnan(values)])
        for which in range(2):
            if which and digits[0, column] == digits[1, column]:
                counts[1, column] = counts[0, column]
                continue
            # Python's integers, since a shift by all bits of a number is not defined.
            above = int(digits[which, column])
            first = shift + _DIGIT == 8 * keys.itemsize
            same = keys if first else keys[keys >> (shift + _DIGIT) == above]
            next_digits = (same >> shift) & ((1 << _DIGIT) - 1)
            counts[which, column] += np.bincount(next_digits.astype(np.int64), minlength=1 << _DIGIT)


def _settle(counts: Array, digits: Array, ranks: Array) -> None:
    """Add the next digits of both neighbours, and make their ranks those among the numbers that have them."""
    for which, column in np.ndindex(*ranks.shape):
        cumulated = np.cumsum(counts[which, column])
        digit = int(np.searchsorted(cumulated, ranks[which, column], side="right"))
        digit = min(digit, (1 << _DIGIT) - 1)  # of a column without values
        ranks[which, column] -= cumulated[digit - 1] if digit else 0
        digits[which, column] = (int(digits[which, column]) << _DIGIT) | digit


def _keys(values: Array) -> Array:
    """Unsigned integers in the order of the numbers."""
    unsigned = _UNSIGNED[values.dtype]
    bits = values.view(unsigned)
    top = unsigned.type(1 << (8 * unsigned.itemsize - 1))
    return np.where(bits & top, ~bits, bits | top)


def _floats(keys: Array, dtype: np.dtype[Any]) -> Array:
    top = keys.dtype.type(1 << (8 * dtype.itemsize - 1))
    return np.where(keys & top, keys ^ top, ~keys).view(dtype)
