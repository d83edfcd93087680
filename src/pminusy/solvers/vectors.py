"""Sums and updates of vectors of parameters, in place, on several threads where they are long."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from pminusy.kernels import updates
from pminusy.kernels.parallel import PRODUCTS_PER_ELEMENT, over_rows

Array = NDArray[Any]

_WORK = updates.CHUNK // PRODUCTS_PER_ELEMENT


def dot(a: Array, b: Array) -> float:
    """⟨a, b⟩ of flat arrays: chunks are summed in their own precision, and their sums in float64."""
    if a.size <= updates.CHUNK:
        return float(np.dot(a, b))
    sums, rows = np.zeros(n_chunks(a)), (a.reshape(1, -1), b.reshape(1, -1))
    code = updates.dots(a.dtype)

    def run(first: int, last: int) -> None:
        code(*rows, np.empty((4, 1), a.dtype), sums, first, last)

    over_rows(run, len(sums), _WORK)
    return float(sums.sum())


def add_scaled(y: Array, factor: float, x: Array) -> None:
    """Y += factor·x."""
    code = updates.add_scaled(y.dtype)
    over_rows(lambda first, last: code(y, factor, x, first, last), n_chunks(y), _WORK)


def scale_and_add(y: Array, factor: float, x: Array) -> None:
    """Y = x + factor·y."""
    code = updates.scale_and_add(y.dtype)
    over_rows(lambda first, last: code(y, factor, x, first, last), n_chunks(y), _WORK)


def multiply(a: Array, b: Array, out: Array | None = None) -> Array:
    """a∘b, in `out` where it is given."""
    code, product = updates.multiply(a.dtype), np.empty_like(a) if out is None else out
    over_rows(lambda first, last: code(a, b, product, first, last), n_chunks(a), _WORK)
    return product


def difference(a: Array, b: Array, out: Array) -> Array:
    """a − b, in `out`."""
    code = updates.subtract(a.dtype)
    over_rows(lambda first, last: code(a, b, out, first, last), n_chunks(a), _WORK)
    return out


def largest(a: Array) -> float:
    """The largest absolute value; 0 for an empty array, NaN where there is one."""
    return float(max(a.max(), -a.min())) if a.size else 0.0


def n_chunks(a: Array) -> int:
    """How many chunks a vector has."""
    return -(-a.size // updates.CHUNK)
