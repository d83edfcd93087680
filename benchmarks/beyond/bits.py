"""The same rows in memory, in files, and on clusters of one, two and four workers: do results have the same bits?

A cluster adds up the sums of partitions, so it is compared with the same partitions in one process; rows in files are
read in the blocks that memory is cut into, so they are compared with a fit to an array.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from typing import Any

import dask.array as da
import numpy as np
from tests.linear.parts.local import in_parts, solve

from benchmarks.beyond.clusters import local_cluster
from benchmarks.beyond.table import Line, same_bits
from benchmarks.beyond.tables import make
from pminusy import SoftmaxRegression, open_rows

_ROWS, _PARTITIONS = 100_000, 8
_WORKERS = (1, 2, 4)
_MODEL = SoftmaxRegression(n_threads=2)


def bits(options: argparse.Namespace) -> Iterator[Line]:
    """A line for each place that the rows may be in."""
    tables = make(options.folder, _ROWS)
    rows = open_rows(tables, target="y", memory=options.memory)
    decoded = open_rows(tables, target="y", memory=options.memory, cache=options.folder / "cache")
    X, y = rows.X[:], rows.y
    memory = _told(_MODEL.fit(X, y))
    yield same_bits("Parquet against memory", _told(_MODEL.fit(rows.X, y)) == memory)
    yield same_bits("a decoded file against memory", _told(_MODEL.fit(decoded.X, y)) == memory)
    size = _ROWS // _PARTITIONS
    found = solve(_MODEL, in_parts(_MODEL, X, y, range(0, _ROWS + 1, size)))
    here = found.coefficients.tobytes(), found.intercepts.tobytes(), found.result.objective
    lazy = da.from_array(X, chunks=(size, -1)), da.from_array(y, chunks=size)
    for n_workers in _WORKERS:
        with local_cluster(n_workers):
            there = _told(_MODEL.fit(*lazy))
        yield same_bits(
            f"Dask, {n_workers} worker{'s'[: n_workers > 1]}, against {_PARTITIONS} parts in memory",
            there == here,
        )


def _told(model: Any) -> tuple[bytes, bytes, float]:
    """Coefficients, intercepts and objective, to the last bit."""
    return np.ascontiguousarray(model.coef_).tobytes(), model.intercept_.tobytes(), model.result_.objective
