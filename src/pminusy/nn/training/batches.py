"""A batch out of a set of samples, converted on the way: neither dtype nor layout of X costs a copy of the whole."""

from __future__ import annotations

from typing import Any

import numpy as np
from numba import types

from pminusy.kernels.compile import helper
from pminusy.kernels.operations import accessor, images, integer_matrix, integers, matrix, operation
from pminusy.kernels.prefetch import prefetch
from pminusy.nn.layer import Shape
from pminusy.nn.layers.elementwise import as_rows
from pminusy.nn.program import Array, each_row, empty
from pminusy.nn.training.epoch import Epoch

# What is read as it is; all else is converted once.
_SOURCES = (np.dtype(np.float32), np.dtype(np.float64), np.dtype(np.uint8))
_whole_singles, _any_singles = accessor(2, types.float32), accessor(2, types.float32, "A")
_whole_doubles, _any_doubles = accessor(2, types.float64), accessor(2, types.float64, "A")
_whole_bytes, _any_bytes = accessor(2, types.uint8), accessor(2, types.uint8, "A")


@helper
def _copy_rows(X, order, start, out, first, last):
    for i in range(first, last):
        x, row = X[order[start + i]], out[i]
        prefetch(X[order[start + min(i + 1, last - 1)]])
        for j in range(row.size):
            row[j] = x[j]


@operation
def _gather(arguments, step, first, last):
    """Rows of X: `source` is a place in _SOURCES, and whether X is contiguous."""
    source, order, starts = integers(arguments, 0), integers(arguments, 2), integers(arguments, 3)
    out = matrix(arguments, 4)
    start = starts[step]
    if source[0] == 0 and source[1]:
        _copy_rows(_whole_singles(arguments, 1), order, start, out, first, last)
    elif source[0] == 0:
        _copy_rows(_any_singles(arguments, 1), order, start, out, first, last)
    elif source[0] == 1 and source[1]:
        _copy_rows(_whole_doubles(arguments, 1), order, start, out, first, last)
    elif source[0] == 1:
        _copy_rows(_any_doubles(arguments, 1), order, start, out, first, last)
    elif source[1]:
        _copy_rows(_whole_bytes(arguments, 1), order, start, out, first, last)
    else:
        _copy_rows(_any_bytes(arguments, 1), order, start, out, first, last)


@operation
def _channels_last(arguments, step, first, last):
    """(C, H, W) to (H, W, C)."""
    X, Y = images(arguments, 0), images(arguments, 1)
    for n in range(first, last):
        for c in range(X.shape[1]):
            for i in range(X.shape[2]):
                for j in range(X.shape[3]):
                    Y[n, i, j, c] = X[n, c, i, j]


class DenseSamples:
    """An array of samples.

    Parameters
    ----------
    X : ndarray (N, …)
    dtype : dtype
        Of the batches: float32 or float64.
    channels_first : bool
        Whether X is (N, C, H, W), to be turned into (N, H, W, C).
    """

    def __init__(self, X: Array, dtype: np.dtype[Any], *, channels_first: bool = False) -> None:
        self._X = as_rows(X if X.dtype in _SOURCES else X.astype(dtype))
        self._raw_shape: Shape = X.shape[1:]
        self._dtype = dtype
        self._channels_first = channels_first

    def __len__(self) -> int:
        return len(self._X)

    @property
    def shape(self) -> Shape:
        """Of one sample, as the first layer sees it."""
        if self._channels_first:
            channels, height, width = self._raw_shape
            return height, width, channels
        return (*self._raw_shape, 1) if len(self._raw_shape) == 2 else self._raw_shape

    def batch(self, epoch: Epoch, n_rows: int) -> Array:
        """The batch of a step."""
        raw = empty((n_rows, *self._raw_shape), self._dtype)
        source = np.array([_SOURCES.index(self._X.dtype), self._X.flags.c_contiguous], np.int64)
        each_row(_gather, n_rows, source, self._X, epoch.order, epoch.starts, as_rows(raw))
        if not self._channels_first:
            return raw.reshape(n_rows, *self.shape)
        batch = empty((n_rows, *self.shape), self._dtype)
        each_row(_channels_last, n_rows, raw, batch)
        return batch


@operation
def _gather_integers(arguments, step, first, last):
    X, order, starts, out = (
        integer_matrix(arguments, 0),
        integers(arguments, 1),
        integers(arguments, 2),
        integer_matrix(arguments, 3),
    )
    _copy_rows(X, order, starts[step], out, first, last)


class IntegerSamples:
    """Samples (N, …) of int64, for an embedding."""

    def __init__(self, X: Array) -> None:
        self._X = np.ascontiguousarray(X)

    def __len__(self) -> int:
        return len(self._X)

    @property
    def shape(self) -> Shape:
        """Of one sample."""
        return self._X.shape[1:]

    def batch(self, epoch: Epoch, n_rows: int) -> Array:
        """The batch of a step."""
        batch = empty((n_rows, *self.shape), self._X.dtype)
        each_row(_gather_integers, n_rows, as_rows(self._X), epoch.order, epoch.starts, as_rows(batch))
        return batch
