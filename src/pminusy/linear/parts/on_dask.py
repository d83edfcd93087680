"""A fit to Dask collections: partitions are read where they are, and stay there until the fit is done."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from pminusy.blocks.dask.cluster import client_in_effect
from pminusy.blocks.dask.collections import aligned_partitions
from pminusy.blocks.dask.parts import DaskParts
from pminusy.errors import InputError
from pminusy.linear.objective import Place
from pminusy.linear.parts.part import LinearPart, PartRows
from pminusy.linear.parts.pose import first_rows, pose_parts
from pminusy.linear.parts.problem import PartedProblem
from pminusy.linear.parts.reading import (
    PartSummary,
    all_classes,
    check_alike,
    read_partition,
    summarise,
)

Array = NDArray[Any]


@contextmanager
def posed_on_dask(
    model: Any, X: Any, y: Any, sample_weight: Any, classes: ArrayLike | None
) -> Iterator[tuple[PartedProblem, Array, list[str] | None]]:
    """The problem that a SoftmaxRegression poses, its classes, and the names of X's columns.

    On leaving nothing stays on the workers.

    Raises
    ------
    InputError
        As `client_in_effect`, `aligned_partitions`, `read_partition`, `check_alike`, `all_classes` and `pose_parts`.
    """
    client = client_in_effect()
    read = _read(client, aligned_partitions(X, y, sample_weight), may_be_mass=classes is not None)
    parts: DaskParts | None = None
    try:
        summaries = _summaries(client, read)
        kept = [number for number, each in enumerate(summaries) if each.shape[0]]
        summaries = [summaries[number] for number in kept]
        if not kept:
            raise InputError("X: expected at least one row, got none in any partition")
        check_alike(summaries)
        found = all_classes(summaries, classes)
        make = partial(_make_part, first_rows(summaries), model.n_threads)
        parts = DaskParts(client, make, [read[number] for number in kept])
        yield pose_parts(model, parts, summaries, found), found, summaries[0].columns
    finally:
        if parts is not None:
            parts.close()
        for future in read:
            future.release()


def _read(client: Any, partitions: list[tuple[Any, Any, Any]], *, may_be_mass: bool) -> list[Any]:
    """Futures of `PartRows`; what they are read from is computed for them and then let go."""
    flat = client.compute([each for part in partitions for each in part if each is not None])
    given = iter(flat)
    read = []
    for number, part in enumerate(partitions):
        X, y, weights = (None if each is None else next(given) for each in part)
        read.append(client.submit(read_partition, number, X, y, weights, may_be_mass=may_be_mass, pure=False))
    for future in flat:
        future.release()
    return read


def _summaries(client: Any, read: list[Any]) -> list[PartSummary]:
    """Of each partition; the error of the first one that has any."""
    from distributed import wait

    wait(read)
    for future in read:
        if future.status == "error":
            raise future.exception().with_traceback(None)
    summaries: list[PartSummary] = client.gather(
        [client.submit(summarise, future, pure=False) for future in read]
    )
    return summaries


def _make_part(
    firsts: Array, most_threads: int | None, number: int, rows: PartRows, n_threads: int
) -> LinearPart:
    allowed = n_threads if most_threads is None else min(n_threads, most_threads)
    return LinearPart(rows, Place(number, int(np.asarray(firsts)[number])), allowed)
