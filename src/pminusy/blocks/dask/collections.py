"""Dask collections as aligned partitions of rows."""

from __future__ import annotations

import math
from typing import Any

from pminusy.errors import InputError, ShapeError


def is_dask(X: Any) -> bool:
    """Whether X is a Dask collection; Dask is imported only for what may be one."""
    if not hasattr(type(X), "__dask_graph__"):
        return False
    try:
        from dask.base import is_dask_collection
    except ImportError:  # xarray's arrays may hold Dask's, where that is installed
        return False
    return bool(is_dask_collection(X))


def aligned_partitions(X: Any, y: Any, sample_weight: Any) -> list[tuple[Any, Any, Any]]:
    """Delayed partitions of X's rows, each with those of y and of the weights, or None.

    Where chunk sizes are known, y and the weights are cut as X is; otherwise there are to be as many partitions of
    them, whose lengths are compared once they are there.

    Raises
    ------
    InputError
        X, y or weights that are no Dask collection of rows, or that cannot be aligned.
    """
    if X.ndim != 2:
        raise ShapeError(f"X: expected a Dask collection of rows and columns, got {X.ndim} dimensions")
    chunks = getattr(X, "chunks", None)
    parts = _delayed(X)
    others = [_aligned(name, each, chunks, len(parts)) for name, each in _given(y, sample_weight)]
    return [
        (part, others[0][number], others[1][number] if len(others) > 1 else None)
        for number, part in enumerate(parts)
    ]


def _given(y: Any, sample_weight: Any) -> list[tuple[str, Any]]:
    return [("y", y)] + ([] if sample_weight is None else [("sample_weight", sample_weight)])


def _aligned(name: str, rows: Any, chunks: Any, n_parts: int) -> list[Any]:
    if not is_dask(rows):
        raise InputError(
            f"{name}: expected a Dask collection, as X is one, got {type(rows).__name__}; "
            "dask.array.from_array makes one"
        )
    own = getattr(rows, "chunks", None)
    if chunks and own and _known(chunks[0]) and _known(own[0]):
        if sum(own[0]) != sum(chunks[0]):
            raise ShapeError(f"{name}: expected {sum(chunks[0])} rows, as X has, got {sum(own[0])}")
        if own[0] != chunks[0]:
            rows = rows.rechunk({0: chunks[0]})
    parts = _delayed(rows)
    if len(parts) != n_parts:
        raise ShapeError(
            f"{name}: expected as many partitions as X has, {n_parts}, since chunk sizes are unknown, got "
            f"{len(parts)}; compute_chunk_sizes() of the array makes them known"
        )
    return parts


def _known(sizes: Any) -> bool:
    return not any(math.isnan(size) for size in sizes)


def _delayed(rows: Any) -> list[Any]:
    """The partitions, each with all columns."""
    if hasattr(rows, "rechunk") and rows.ndim == 2 and len(rows.chunks[1]) > 1:
        rows = rows.rechunk({1: -1})
    parts = rows.to_delayed()
    return list(parts.ravel()) if hasattr(parts, "ravel") else list(parts)
