"""Sums and updates of vectors of parameters, in place, on several threads where they are long."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from pminusy.kernels import updates
from pminusy.kernels.parallel import PRODUCTS_PER_ELEMENT, over_ranges

Array = NDArray[Any]

_WORK = updates.CHUNK // PRODUCTS_PER_ELEMENT


def dot(a: Array, b: Array) -> float:
    """⟨a, b⟩ of flat arrays."""
    return float(dots(a[None], b)[0])


def dots(vectors: Array, x: Array) -> Array:
    """⟨v, x⟩ for each row v, in float64: chunks are summed in their own precision, and their sums in float64."""
    if x.size <= updates.CHUNK:
        return (vectors @ x).astype(np.float64)
    n_vectors = len(vectors)
    sums, code = np.zeros(n_chunks(x) * n_vectors), updates.dots(x.dtype)

    def run(first: int, last: int) -> None:
        code(vectors, x[None], np.empty((4, n_vectors), x.dtype), sums, first, last)

    over_ranges(run, n_chunks(x), n_vectors * _WORK)
    return sums.reshape(n_chunks(x), n_vectors).sum(axis=0)


def combine(out: Array, factor: float, x: Array, factors: Array | Sequence[float], vectors: Array) -> Array:
    """Out = factor·x + Σ_k factors_k vectors_k; out may be x."""
    code, column = updates.combine(out.dtype), np.array(factors, out.dtype).reshape(-1, 1)

    def run(first: int, last: int) -> None:
        code(out[None], factor, x[None], column, vectors, first, last)

    over_ranges(run, n_chunks(out), (1 + len(column)) * _WORK)
    return out


def multiply(a: Array, b: Array, out: Array | None = None) -> Array:
    """a∘b, in `out` where it is given."""
    code, product = updates.multiply(a.dtype), np.empty_like(a) if out is None else out
    over_ranges(lambda first, last: code(a, b, product, first, last), n_chunks(a), _WORK)
    return product


def largest(a: Array) -> float:
    """The largest absolute value; 0 for an empty array, NaN where there is one."""
    return float(max(a.max(), -a.min())) if a.size else 0.0


def n_chunks(a: Array) -> int:
    """How many chunks a vector has."""
    return -(-a.size // updates.CHUNK)
