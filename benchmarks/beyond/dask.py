"""SoftmaxRegression on a Dask cluster of two local worker processes, against one process, scikit-learn and Spark.

    python -m benchmarks.beyond.dask FOLDER [--copies 4] [--spark PYTHON]

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
from distributed import Client, LocalCluster, wait
from sklearn.linear_model import LogisticRegression

from benchmarks.beyond import spark
from benchmarks.classifiers.problems import mnist
from benchmarks.machine import describe_machine
from pminusy import CrossEntropy, Record, SoftmaxRegression
from pminusy.blocks.dask.parts import DaskParts
from pminusy.solvers.progress import listening

Array = np.ndarray

_PARTITIONS = 8
_ROUNDS = 3
_MOMENTS = (0.1, 0.3, 0.5, 0.7, 0.9)  # of a fit's duration
_TOL = 1e-4


def main() -> None:
    arguments = _arguments()
    data = mnist.load(arguments.folder)
    X, y = np.tile(data.X, (arguments.copies, 1)), np.tile(data.y, arguments.copies)
    print(
        f"MNIST × {arguments.copies}: {len(X):,} rows of {X.shape[1]} float32 in {_PARTITIONS} partitions.\n"
    )
    print("| what | measured |\n| --- | --- |")
    best = _against_one_process(arguments, X, y)
    _kills(arguments, X, y, best)
    _against_others(arguments, X, y, best)
    print(f"\n{describe_machine()}, load {os.getloadavg()[0]:.1f}.")


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", type=Path)
    parser.add_argument("--copies", type=int, default=4)
    parser.add_argument("--spark", type=Path)
    return parser.parse_args()


def _against_one_process(arguments: argparse.Namespace, X: Array, y: Array) -> SoftmaxRegression:
    with _cluster(2) as client:
        lazy = _persisted(client, arguments, X.shape, y)
        seconds: list[tuple[float, float]] = []
        for _ in range(_ROUNDS):
            one, here = _timed(lambda: SoftmaxRegression(tol=_TOL, n_threads=2).fit(X, y))
            with _counted_messages() as counts:
                many, there = _timed(lambda: SoftmaxRegression(tol=_TOL).fit(*lazy))
            seconds.append((here, there))
        ratio = min(there for _, there in seconds) / min(here for here, _ in seconds)
        _row("one process, two threads: seconds", ", ".join(f"{here:.1f}" for here, _ in seconds))
        _row("Dask, two processes of one thread: seconds", ", ".join(f"{there:.1f}" for _, there in seconds))
        _row("shortest against shortest", f"{ratio:.2f}×")
        _row("iterations, one process and Dask", f"{one.n_iter_}, {many.n_iter_}")
        _row("objective, Dask less one process, relative", f"{_relative(many, one):.1e}")
        _row(
            "messages to each worker in an iteration",
            f"{np.mean(counts[1:-1]):.2f}, at most {max(counts[1:-1])}",
        )
        shortest, median = _overhead(client, X.shape[1])
        _row("overhead of an iteration: ms", f"{1e3 * shortest:.1f}, median {1e3 * median:.1f}")
    with _cluster(1) as client:
        same = SoftmaxRegression(tol=_TOL).fit(*_persisted(client, arguments, X.shape, y))
    _row("same bits with one worker", _yes(_same_bits(same, many)))
    return many


def _kills(arguments: argparse.Namespace, X: Array, y: Array, expected: SoftmaxRegression) -> None:
    outcomes = []
    for number, moment in enumerate(_MOMENTS):
        with _cluster(3) as client:
            lazy = _persisted(client, arguments, X.shape, y)
            first, usual = _timed(lambda lazy=lazy: SoftmaxRegression(tol=_TOL).fit(*lazy))
            pids = client.run(os.getpid)
            at, pause = int(moment * first.n_iter_), 0.5 * usual / first.n_iter_
            with listening(partial(_kill_at, at, pause, pids[sorted(pids)[number % 3]])):
                model, taken = _timed(lambda lazy=lazy: SoftmaxRegression(tol=_TOL).fit(*lazy))
            outcomes.append(f"{_yes(_same_bits(model, expected))} ({taken:.1f} s, undisturbed {usual:.1f})")
    _row("same bits after kill -9 of one of three workers, at five moments", ", ".join(outcomes))


def _kill_at(iteration: int, pause: float, pid: int, record: Record) -> None:
    """In the middle of an iteration's work."""
    if record.iteration == iteration:
        threading.Timer(pause, os.kill, (pid, signal.SIGKILL)).start()


def _against_others(arguments: argparse.Namespace, X: Array, y: Array, model: SoftmaxRegression) -> None:
    own = _objective(X, y, model.coef_, model.intercept_)
    _row("objective: Dask", f"{own:.6f}")
    there, seconds = _timed(lambda: LogisticRegression(C=1.0, tol=_TOL, max_iter=1000).fit(X, y))
    above = _objective(X, y, there.coef_, there.intercept_) - own
    _row("scikit-learn, lbfgs in memory", f"{seconds:.1f} s, objective {above / own:+.1e} relative")
    if arguments.spark:
        found = _fit_in_spark(arguments.spark, X, y)
        above = _objective(X, y, np.array(found["W"]), np.array(found["b"])) - own
        _row("Spark ML, local[2]", f"{found['seconds']:.1f} s, objective {above / own:+.1e} relative")


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
    client: Client, arguments: argparse.Namespace, shape: tuple[int, int], y: Array
) -> tuple[Any, Any]:
    """The same rows, read by the workers themselves."""
    borders = np.linspace(0, shape[0], _PARTITIONS + 1).astype(int).tolist()
    parts = [
        da.from_delayed(
            dask.delayed(_load)(arguments.folder, start, stop), (stop - start, shape[1]), np.float32
        )
        for start, stop in pairwise(borders)
    ]
    X = da.concatenate(parts)
    lazy = client.persist((X, da.from_array(y, chunks=(X.chunks[0],))))
    wait(lazy)
    return lazy


def _load(folder: Path, start: int, stop: int) -> Array:
    rows = mnist.load(folder).X
    return rows[np.arange(start, stop) % len(rows)]


def _overhead(client: Client, n_features: int) -> tuple[float, float]:
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


@contextmanager
def _cluster(n_workers: int) -> Iterator[Client]:
    options = {"n_workers": n_workers, "threads_per_worker": 1, "dashboard_address": ":0", "memory_limit": 0}
    with LocalCluster(**options) as cluster, Client(cluster) as client:
        yield client


def _timed(work: Callable[[], Any]) -> tuple[Any, float]:
    began = time.perf_counter()
    return work(), time.perf_counter() - began


def _same_bits(one: SoftmaxRegression, other: SoftmaxRegression) -> bool:
    return one.coef_.tobytes() == other.coef_.tobytes() and one.result_.objective == other.result_.objective


def _relative(one: SoftmaxRegression, other: SoftmaxRegression) -> float:
    return one.result_.objective / other.result_.objective - 1


def _yes(condition: bool) -> str:
    return "yes" if condition else "NO"


def _row(what: str, measured: str) -> None:
    print(f"| {what} | {measured} |", flush=True)


if __name__ == "__main__":
    main()
