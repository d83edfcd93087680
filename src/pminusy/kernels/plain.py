"""Kernels as plain Python, to be stepped through: what to put in the place of what only machine code can do.

With NUMBA_DISABLE_JIT=1 in the environment, kernels, operations and helpers are the Python functions that their sources
say, on one thread, and each primitive below stands for an intrinsic of the same arguments, of which it says no more
than what is computed. Values agree with the compiled ones to rounding.
"""

from __future__ import annotations

import ctypes
import os
from collections.abc import Callable
from typing import Any

import numpy as np

from pminusy.kernels.machine.functions import Primitive

PLAIN = os.environ.get("NUMBA_DISABLE_JIT", "0") not in ("", "0")
LANES = 4  # of a vector, which here is a slice


def primitive(plain: Callable[..., Any]) -> Callable[[Callable[..., Any]], Any]:
    """Mark a function that emits instructions; `plain` stands for it where nothing is compiled."""
    return lambda function: plain if PLAIN else Primitive(function)


# A decorator: machine code gives NaN and infinity without a warning.
quiet = np.errstate(all="ignore")


# Numbers and memory


def constant(value_for):
    """See `floats`."""
    return lambda array: array.dtype.type(value_for(array.dtype))


def lanes(array):
    """See `matmul.lanes_of`."""
    return LANES


def prefetch(array, number):
    """Nothing: it is only a hint."""


def panel(memory, n_rows, left, right):
    """See `panels.panel`."""
    return memory[n_rows * left : n_rows * right].reshape(n_rows, right - left)


def turn(A, row, column, out):
    """See `transpose`."""
    out[row : row + LANES, column : column + LANES] = A[column : column + LANES, row : row + LANES].T


class _Memory:
    def __init__(self, address, shape, strides, dtype):
        self.__array_interface__ = {
            "data": (int(address), False),
            "shape": shape,
            "strides": strides,
            "typestr": np.dtype(dtype).str,
            "version": 3,
        }


def array_at(address: int, shape: tuple[int, ...], strides: tuple[int, ...] | None, dtype: Any) -> Any:
    """The array that lies there."""
    return np.asarray(_Memory(address, shape, strides, dtype))


# Products


def tile(tile_rows):
    """See `matmul._tile`; `tile_rows` are the rows of a tile of each width."""

    def fill(start, A, B, first, last, C, row, n_left, column, n_vectors):
        width = min(n_vectors * LANES, B.shape[1] - column)
        for i in range(row, row + min(n_left, tile_rows[n_vectors - 1])):
            total = _columns(A, i, first, last) @ B[first:last, column : column + width]
            _row(C, i)[column : column + width] = _row(start, i)[column : column + width] + total

    return fill


def _row(matrix, i):
    """Row i, for a matrix of one row always that one; see `matmul` for scattered rows."""
    if isinstance(matrix, tuple):
        return matrix[0][matrix[1][i] :]
    return matrix[0 if len(matrix) == 1 else i]


def _columns(A, i, first, last):
    if isinstance(A, tuple):
        vector, rows, steps = A
        return vector[rows[i] + steps[first:last]]
    return _row(A, i)[first:last]


def dots(X, rows, W, first_class, n_classes, Z, first):
    """See `products._dots`; rows to spare are left out."""
    classes = slice(first_class, first_class + n_classes)
    for i, row in enumerate(rows[: Z.shape[0] - first]):
        Z[first + i, classes] = W[classes] @ X[row]


def outer(X, first, n_rows, dZ, first_class, n_classes, dW, column):
    """See `products._outer`."""
    classes, columns = slice(first_class, first_class + n_classes), slice(column, column + outer_width(X))
    dW[classes, columns] += dZ[:n_rows, classes].T @ X[first : first + n_rows, columns]


def outer_width(X):
    """See `products._outer_width`."""
    return 4 * LANES


def gather(data, indices, start, stop, W, Z, i, first_class, n_vectors):
    """See `sparse_products._gather`."""
    classes = slice(first_class, first_class + n_vectors * LANES)
    Z[i, classes] = data[start:stop] @ W[indices[start:stop], classes]


def scatter(data, indices, start, stop, dZ, i, dW, first_class, n_vectors):
    """See `sparse_products._scatter`."""
    classes = slice(first_class, first_class + n_vectors * LANES)
    for j in range(start, stop):
        dW[indices[j], classes] += data[j] * dZ[i, classes]


def dot(q, x):
    """See `triangles._dot`."""
    return x.dtype.type(q.astype(x.dtype) @ x)


def sum_of_squares(x):
    """See `squares`."""
    return np.square(x, dtype=np.float64).sum()


def weighted_dot(x, p, u, s):
    """See `weighted_dots`."""
    return (x * p) @ (u - s)


def curvature_dot(x, p):
    """See `weighted_dots`."""
    return (x * p) @ (x - x * p)


def fortran(address, arguments):
    """See `blas._fortran`: the same routine, called from Python."""
    arrays = [np.asarray(argument) for argument in arguments]  # a number in memory of its own
    ctypes.CFUNCTYPE(None, *[ctypes.c_void_p] * len(arrays))(address)(
        *(array.ctypes.data for array in arrays)
    )


# Pooling, of so many channels of a window


def _window(pixels, n, x):
    return np.array([x[pixel : pixel + n] for pixel in pixels])


def largest(pixels, y, winner, x):
    """See `pooling._largest`."""
    n = min(LANES, y.size)
    window = _window(pixels, n, x)
    winner[:n] = window.argmax(axis=0)  # the first NaN, where there is any
    y[:n] = window.max(axis=0)


def give_to_largest(pixels, dy, winner, dx, partition):
    """See `pooling._give_to_largest`."""
    n = min(LANES, dy.size)
    for k, pixel in enumerate(pixels):
        _give(np.where(winner[:n] == k, dy[:n], dy.dtype.type(0)), dx[pixel : pixel + n], partition)


def mean(pixels, y, x):
    """See `pooling._mean`."""
    n = min(LANES, y.size)
    y[:n] = _window(pixels, n, x).mean(axis=0)


def give_to_all(pixels, dy, dx, partition):
    """See `pooling._give_to_all`."""
    n = min(LANES, dy.size)
    for pixel in pixels:
        _give(dy[:n] / pixels.size, dx[pixel : pixel + n], partition)


def _give(share, dx, partition):
    dx[...] = share if partition else dx + share


# Recorded steps, on one thread

_entries: list[Callable[[int, int, int, int], None]] = []


class Entry:
    """A function of (address of its table, step, first, last), found by a number that stands for its address."""

    def __init__(self, function: Callable[[int, int, int, int], None]) -> None:
        self.address = len(_entries)
        _entries.append(function)


@quiet
def call(address, arguments, step, first, last):
    """See `replay._call`."""
    _entries[address](arguments, step, first, last)


def claim(words, position, before):
    """See `replay._claim`."""
    free = words[position] == before
    words[position] += free
    return free


def read(words, position):
    """See `replay._read`."""
    return words[position]


def write(words, position, value):
    """See `replay._write`."""
    words[position] = value


def least(words, value):
    """See `replay._least`."""
    words[0] = min(words[0], value)


def wait(*arguments):
    """Nothing: there is nobody to wait for."""
