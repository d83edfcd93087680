"""A batch out of a set of samples, converted on the way: neither dtype nor layout of X costs a copy of the whole."""

from __future__ import annotations

from typing import Annotated, Any

import numpy as np

from pminusy.kernels.compile import helper
from pminusy.kernels.kinds import ArrayKind, Images, IntegerMatrix, Integers, Matrix
from pminusy.kernels.operations import operation
from pminusy.kernels.prefetch import prefetch
from pminusy.nn.layer import Shape
from pminusy.nn.layers.elementwise import as_rows
from pminusy.nn.program import Array, each_row, empty
from pminusy.nn.training.at_hand import AtHand
from pminusy.nn.training.epoch import Epoch

_Singles = Annotated[Array, ArrayKind(2, np.dtype(np.float32))]
_StridedSingles = Annotated[Array, ArrayKind(2, np.dtype(np.float32), "A")]
_Doubles = Annotated[Array, ArrayKind(2, np.dtype(np.float64))]
_StridedDoubles = Annotated[Array, ArrayKind(2, np.dtype(np.float64), "A")]
_Bytes = Annotated[Array, ArrayKind(2, np.dtype(np.uint8))]
_StridedBytes = Annotated[Array, ArrayKind(2, np.dtype(np.uint8), "A")]


@helper
def _copy_rows(X, order, start, out, first, last):
    for i in range(first, last):
        x, row = X[order[start + i]], out[i]
        prefetch(X[order[start + min(i + 1, last - 1)]])
        for j in range(row.size):
            row[j] = x[j]


@operation
def _gather_singles(X: _Singles, order: Integers, starts: Integers, out: Matrix, step, first, last):
    _copy_rows(X, order, starts[step], out, first, last)


@operation
def _gather_strided_singles(
    X: _StridedSingles, order: Integers, starts: Integers, out: Matrix, step, first, last
):
    _copy_rows(X, order, starts[step], out, first, last)


@operation
def _gather_doubles(X: _Doubles, order: Integers, starts: Integers, out: Matrix, step, first, last):
    _copy_rows(X, order, starts[step], out, first, last)


@operation
def _gather_strided_doubles(
    X: _StridedDoubles, order: Integers, starts: Integers, out: Matrix, step, first, last
):
    _copy_rows(X, order, starts[step], out, first, last)


@operation
def _gather_bytes(X: _Bytes, order: Integers, starts: Integers, out: Matrix, step, first, last):
    _copy_rows(X, order, starts[step], out, first, last)


@operation
def _gather_strided_bytes(
    X: _StridedBytes, order: Integers, starts: Integers, out: Matrix, step, first, last
):
    _copy_rows(X, order, starts[step], out, first, last)


# What is read as it is, by dtype and whether it is contiguous; all else is converted once.
_GATHER = {
    (np.dtype(np.float32), True): _gather_singles,
    (np.dtype(np.float32), False): _gather_strided_singles,
    (np.dtype(np.float64), True): _gather_doubles,
    (np.dtype(np.float64), False): _gather_strided_doubles,
    (np.dtype(np.uint8), True): _gather_bytes,
    (np.dtype(np.uint8), False): _gather_strided_bytes,
}
_SOURCES = {dtype for dtype, _ in _GATHER}


@operation
def _channels_last(X: Images, Y: Images, step, first, last):
    """(C, H, W) to (H, W, C)."""
    for n in range(first, last):
        for c in range(X.shape[1]):
            for i in range(X.shape[2]):
                for j in range(X.shape[3]):
                    Y[n, i, j, c] = X[n, c, i, j]


class DenseSamples(AtHand):
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
        gather = _GATHER[self._X.dtype, self._X.flags.c_contiguous]
        each_row(gather, n_rows, self._X, epoch.places, epoch.starts, as_rows(raw))
        if not self._channels_first:
            return raw.reshape(n_rows, *self.shape)
        batch = empty((n_rows, *self.shape), self._dtype)
        each_row(_channels_last, n_rows, raw, batch)
        return batch


@operation
def _gather_integers(
    X: IntegerMatrix, order: Integers, starts: Integers, out: IntegerMatrix, step, first, last
):
    _copy_rows(X, order, starts[step], out, first, last)


class IntegerSamples(AtHand):
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
        each_row(_gather_integers, n_rows, as_rows(self._X), epoch.places, epoch.starts, as_rows(batch))
        return batch
