"""SoftmaxRegression on a Dask cluster of local worker processes, against one process, scikit-learn and Spark.

    python -m benchmarks.beyond dask kills others --data FOLDER [--copies 4] [--spark PYTHON]

FOLDER has mnist.npz, whose training rows are taken so many times. All fit the same objective, C = 1, on two cores; the
data are in memory, or persisted on the workers, before the clock starts. PYTHON is one in whose environment pyspark
is installed; without it there is no line for Spark.
"""

from __future__ import annotations

import argparse
import json
import os
import signal
import subprocess
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from itertools import pairwise
from pathlib import Path
from typing import Any

import dask
import dask.array as da
import numpy as np
from distributed import Client, wait
from sklearn.linear_model import LogisticRegression

from benchmarks.beyond import spark
from benchmarks.beyond.clusters import local_cluster
from benchmarks.beyond.table import Line, same_bits
from benchmarks.classifiers.problems import mnist
from pminusy import CrossEntropy, Record, SoftmaxRegression
from pminusy.blocks.dask.parts import DaskParts
from pminusy.solvers.progress import listening

Array = np.ndarray

_PARTITIONS = 8
_ROUNDS = 3
_MOMENTS = (0.1, 0.3, 0.5, 0.7, 0.9)  # of a fit's duration
_TOL = 1e-4


def against_one_process(options: argparse.Namespace) -> Iterator[Line]:
    """Two processes of one thread against one process of two, and what passes between them."""
    X, y = _rows(options)
    with local_cluster(2) as client:
        lazy = _persisted(client, options, X.shape, y)
        seconds: list[tuple[float, float]] = []
        for _ in range(_ROUNDS):
            one, here = _timed(lambda: SoftmaxRegression(tol=_TOL, n_threads=2).fit(X, y))
            with _counted_messages() as counts:
                many, there = _timed(lambda: SoftmaxRegression(tol=_TOL).fit(*lazy))
            seconds.append((here, there))
        yield Line("one process, two threads: seconds", ", ".join(f"{here:.1f}" for here, _ in seconds))
        yield Line(
            "Dask, two processes of one thread: seconds", ", ".join(f"{there:.1f}" for _, there in seconds)
        )
        ratio = min(there for _, there in seconds) / min(here for here, _ in seconds)
        yield Line("shortest against shortest", f"{ratio:.2f}×", "≤ 1.3×")
        yield Line("iterations, one process and Dask", f"{one.n_iter_}, {many.n_iter_}")
        yield Line("objective, Dask less one process, relative", f"{_relative(many, one):.1e}")
        between = f"{np.mean(counts[1:-1]):.2f}, at most {max(counts[1:-1])}"
        yield Line("messages to each worker in an iteration", between, "≤ 3", max(counts[1:-1]) <= 3)
        shortest, median = _overhead(X.shape[1])
        yield Line(
            "overhead of an iteration", f"{1e3 * shortest:.1f} ms, median {1e3 * median:.1f} ms", "≤ 15 ms"
        )


def kills(options: argparse.Namespace) -> Iterator[Line]:
    """One of three workers is lost in the middle of a fit."""
    X, y = _rows(options)
    for number, moment in enumerate(_MOMENTS):
        with local_cluster(3) as client:
            lazy = _persisted(client, options, X.shape, y)
            first, usual = _timed(lambda lazy=lazy: SoftmaxRegression(tol=_TOL).fit(*lazy))
            pids = client.run(os.getpid)
            at, pause = int(moment * first.n_iter_), 0.5 * usual / first.n_iter_
            with listening(partial(_kill_at, at, pause, pids[sorted(pids)[number % 3]])):
                model, taken = _timed(lambda lazy=lazy: SoftmaxRegression(tol=_TOL).fit(*lazy))
        yield same_bits(
            f"kill -9 of one of three after {moment:.0%} of the iterations: {taken:.1f} s, undisturbed {usual:.1f} s",
            _same_bits(model, first),
        )


def _kill_at(iteration: int, pause: float, pid: int, record: Record) -> None:
    """In the middle of an iteration's work."""
    if record.iteration == iteration:
        threading.Timer(pause, os.kill, (pid, signal.SIGKILL)).start()


def others(options: argparse.Namespace) -> Iterator[Line]:
    """scikit-learn in memory, and Spark, at the same objective."""
    X, y = _rows(options)
    with local_cluster(2) as client:
        lazy = _persisted(client, options, X.shape, y)
        model, seconds = _timed(lambda: SoftmaxRegression(tol=_TOL).fit(*lazy))
    own = _objective(X, y, model.coef_, model.intercept_)
    yield Line("Dask: seconds, objective", f"{seconds:.1f}, {own:.6f}")
    there, taken = _timed(lambda: LogisticRegression(C=1.0, tol=_TOL, max_iter=1000).fit(X, y))
    above = _objective(X, y, there.coef_, there.intercept_) / own - 1
    yield Line(
        "scikit-learn's lbfgs in memory: seconds, objective relative to that", f"{taken:.1f}, {above:+.1e}"
    )
    if options.spark:
        found = _fit_in_spark(options.spark, X, y)
        above = _objective(X, y, np.array(found["W"]), np.array(found["b"])) / own - 1
        yield Line(
            "Spark ML, local[2], the same",
            f"{found['seconds']:.1f}, {above:+.1e}",
            f"≥ 5 times Dask's seconds ({found['seconds'] / seconds:.0f})",
        )


def _rows(options: argparse.Namespace) -> tuple[Array, Array]:
    data = mnist.load(options.data)
    return np.tile(data.X, (options.copies, 1)), np.tile(data.y, options.copies)


def _fit_in_spark(python: Path, X: Array, y: Array) -> dict[str, Any]:
    import pyarrow as pa
    from pyarrow import parquet

    with tempfile.TemporaryDirectory() as folder:
        rows = pa.FixedSizeListArray.from_arrays(pa.array(X.ravel()), X.shape[1]).cast(pa.list_(pa.float32()))
        table = pa.table({"features": rows, "label": y.astype(np.float64)})
        parquet.write_table(table, f"{folder}/rows.parquet", row_group_size=len(X) // _PARTITIONS)
        command = [python, spark.__file__, f"{folder}/rows.parquet", str(1.0 / len(X)), str(_TOL)]
        output = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    return json.loads(output.splitlines()[-1])


def _objective(X: Array, y: Array, W: Array, b: Array) -> float:
    """The mean loss and (1/2CN)‖W‖², in float64."""
    W, total = W - W.mean(axis=0), 0.0
    for start in range(0, len(X), 10_000):
        rows = slice(start, start + 10_000)
        total += CrossEntropy(reduction="sum").value(X[rows].astype(np.float64) @ W.T + b, y[rows])
    return (total + 0.5 * float((W.astype(np.float64) ** 2).sum())) / len(X)


def _persisted(
    client: Client, options: argparse.Namespace, shape: tuple[int, int], y: Array
) -> tuple[Any, Any]:
    """The same rows, read by the workers themselves."""
    borders = np.linspace(0, shape[0], _PARTITIONS + 1).astype(int).tolist()
    parts = [
        da.from_delayed(dask.delayed(_load)(options.data, start, stop), (stop - start, shape[1]), np.float32)
        for start, stop in pairwise(borders)
    ]
    X = da.concatenate(parts)
    lazy = client.persist((X, da.from_array(y, chunks=(X.chunks[0],))))
    wait(lazy)
    return lazy


def _load(folder: Path, start: int, stop: int) -> Array:
    rows = mnist.load(folder).X
    return rows[np.arange(start, stop) % len(rows)]


def _overhead(n_features: int) -> tuple[float, float]:
    """Seconds of an iteration on hardly any rows, at least and in the middle: messages, sums and the solver's work."""
    rng = np.random.default_rng(0)
    X = da.from_array(rng.standard_normal((8 * _PARTITIONS, n_features), np.float32), chunks=(8, -1))
    y = da.from_array(np.arange(8 * _PARTITIONS) % 10, chunks=8)
    model = SoftmaxRegression(solver="lbfgs", tol=0.0, max_iter=60).fit(X, y)
    history = model.result_.history
    passes = [later.seconds - earlier.seconds for earlier, later in pairwise(history)]
    return min(passes), float(np.median(passes))


@contextmanager
def _counted_messages() -> Iterator[list[int]]:
    """How often each worker was asked between one gradient and the next; first what is before, last what is after."""
    counts, ask, left = [0], DaskParts._ask, DaskParts.total_left

    def counting(self: DaskParts, *given: Any) -> Any:
        counts[-1] += 1
        return ask(self, *given)

    def next_iteration(self: DaskParts, name: str, *given: Any) -> Any:
        if name.startswith("point"):
            counts.append(0)
        return left(self, name, *given)

    DaskParts._ask, DaskParts.total_left = counting, next_iteration  # type: ignore[method-assign]
    try:
        yield counts
    finally:
        DaskParts._ask, DaskParts.total_left = ask, left  # type: ignore[method-assign]


def _timed(work: Callable[[], Any]) -> tuple[Any, float]:
    began = time.perf_counter()
    return work(), time.perf_counter() - began


def _same_bits(one: SoftmaxRegression, other: SoftmaxRegression) -> bool:
    return one.coef_.tobytes() == other.coef_.tobytes() and one.result_.objective == other.result_.objective


def _relative(one: SoftmaxRegression, other: SoftmaxRegression) -> float:
    return one.result_.objective / other.result_.objective - 1
