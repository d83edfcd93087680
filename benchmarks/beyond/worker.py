"""One measurement on rows in files, in a process of its own: prints JSON.

python -m benchmarks.beyond.worker TASK TABLES --memory "1 GB" [--cache FOLDER] [--cold] [--tol 1e-4]
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import time
import warnings
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from pyarrow import parquet
from sklearn.exceptions import ConvergenceWarning

from benchmarks.beyond.tables import NAMES
from benchmarks.machine import peak_memory
from pminusy import FileRows, Record, SoftmaxRegression, open_rows
from pminusy.blocks.outside import OutsideMatrix
from pminusy.solvers.progress import listening

_ROUNDS = 3
_READ = 1 << 20  # bytes


def start(options: argparse.Namespace) -> dict[str, Any]:
    """What Python, its packages, the labels and a small fit take; the cache is there afterwards."""
    _opened(options)
    return {}


def decode_alone(options: argparse.Namespace) -> dict[str, Any]:
    """Row groups read by pyarrow, and left at that; the shortest of some rounds."""
    paths = sorted(options.tables.glob("*.parquet"))
    with ThreadPoolExecutor(2) as pool:
        one = [_timed(lambda: [_decode(path, 0, 1) for path in paths]) for _ in range(_ROUNDS)]
        two = [
            _timed(lambda: [list(pool.map(_decode, [path] * 2, (0, 1), (2, 2))) for path in paths])
            for _ in range(_ROUNDS)
        ]
    return {"one": min(one)[0], "two": min(two)[0], "processor": min(each for _, each in one)}


def passes(options: argparse.Namespace) -> dict[str, Any]:
    """The shortest of a fit's passes, from one gradient to the next; with `--cold`, each one from the disk."""
    rows, ends, spans = _opened(options), [], []

    def on_pass(record: Record) -> None:
        now, processor = time.perf_counter(), time.process_time()
        if ends and record.passes - ends[-1][2] == 1:
            spans.append((now - ends[-1][0], processor - ends[-1][1]))
        if options.cold:
            _drop(_decoded_file(options))
        ends.append((time.perf_counter(), time.process_time(), record.passes))

    with listening(on_pass), warnings.catch_warnings(action="ignore", category=ConvergenceWarning):
        SoftmaxRegression(solver="lbfgs", max_iter=8, n_threads=2).fit(rows.X, rows.y)
    return {"seconds": min(spans)[0], "processor": min(each for _, each in spans)}


def read_alone(options: argparse.Namespace) -> dict[str, Any]:
    """The decoded file read in order: from the disk, and from the system's cache."""
    path, cold, warm = _decoded_file(options), [], []
    for _ in range(_ROUNDS):
        _drop(path)
        cold.append(_timed(lambda: _read(path)))
        warm.append(_timed(lambda: _read(path)))
    return {"cold": min(cold)[0], "warm": min(warm)[0]}


def fit(options: argparse.Namespace) -> dict[str, Any]:
    """To the optimum, and what its end proves; a line on standard error for each iteration."""
    packages, began = peak_memory(), time.perf_counter()
    rows = open_rows(options.tables, target="y", memory=options.memory, cache=options.cache)
    opened, after_opening, n_read = time.perf_counter(), peak_memory(), _counted(rows.X)
    with listening(_progress):
        result = SoftmaxRegression(n_threads=2, tol=options.tol).fit(rows.X, rows.y).result_
    return {
        "opening": opened - began,
        "solver": result.seconds,
        "fitting": time.perf_counter() - opened,
        "processor": time.process_time(),
        "load": os.getloadavg()[0],
        "MB": [packages, after_opening, peak_memory()],
        "passes": result.passes,
        "readings": n_read[0] / len(rows.X),
        "reason": str(result.reason),
        "gradient_norm": result.gradient_norm,
        "gap": result.gap / result.objective,
    }


TASKS: dict[str, Callable[[argparse.Namespace], dict[str, Any]]] = {
    task.__name__: task for task in (start, decode_alone, passes, read_alone, fit)
}


def _opened(options: argparse.Namespace) -> FileRows:
    """The rows, and everything compiled that a fit to them calls."""
    rows = open_rows(options.tables, target="y", memory=options.memory, cache=options.cache)
    SoftmaxRegression(n_threads=2).fit(rows.X[:1000], rows.y[:1000])
    return rows


def _counted(X: OutsideMatrix) -> list[int]:
    """How many rows have been read from now on."""
    counts, read = [0], X.read

    def counting(start: int, stop: int, out: Any = None) -> Any:
        counts[0] += stop - start
        return read(start, stop, out)

    X.read = counting  # type: ignore[method-assign]
    return counts


def _decode(path: Path, first: int, step: int) -> None:
    with parquet.ParquetFile(path) as file:
        for group in range(first, file.num_row_groups, step):
            file.read_row_group(group, columns=NAMES, use_threads=False)


def _decoded_file(options: argparse.Namespace) -> Path:
    """That of as many rows as the tables have."""
    n_rows = int(options.tables.name.rsplit("-", 1)[1])
    size = n_rows * len(NAMES) * 4
    return next(path for path in options.cache.glob("*/rows") if path.stat().st_size == size)


def _read(path: Path) -> None:
    buffer = bytearray(_READ)
    with open(path, "rb", buffering=0) as file:
        while file.readinto(buffer):
            pass


def _drop(path: Path) -> None:
    """A file from the system's cache."""
    with open(path, "rb") as file:
        os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)


def _timed(work: Callable[[], Any]) -> tuple[float, float]:
    """Seconds on the clock, and of the processors."""
    began, processor = time.perf_counter(), time.process_time()
    work()
    return time.perf_counter() - began, time.process_time() - processor


def _progress(record: Record) -> None:
    print(f"{record.seconds:8.1f} s  {record.passes:3d} passes  {record.objective:.10g}", file=sys.stderr)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("task", choices=TASKS)
    parser.add_argument("tables", type=Path)
    parser.add_argument("--memory", default="1 GB")
    parser.add_argument("--cache", type=Path)
    parser.add_argument("--cold", action="store_true")
    parser.add_argument("--tol", type=float, default=1e-4)
    options = parser.parse_args()
    print(json.dumps(TASKS[options.task](options) | {"peak": peak_memory()}))
