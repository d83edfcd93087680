"""The arguments of an operation as its machine code reads them: where every array lies, its shape and its strides."""

from __future__ import annotations

from typing import Any

import numpy as np

AXES = 4  # that an array has at most
WORDS = 1 + 2 * AXES  # of an array in the table: its address, its shape and its strides


def table(arrays: tuple[np.ndarray[Any, Any], ...]) -> np.ndarray[Any, np.dtype[np.int64]]:
    """The table of these arrays, which must outlive it."""
    words = np.zeros((len(arrays), WORDS), np.int64)
    for row, array in zip(words, arrays, strict=True):
        row[0] = array.ctypes.data
        row[1 : 1 + array.ndim] = array.shape
        row[1 + AXES : 1 + AXES + array.ndim] = array.strides
    return words
