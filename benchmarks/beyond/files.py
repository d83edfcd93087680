"""Rows in files: a pass over them against reading alone, what memory it takes, and a fit.

    python -m benchmarks.beyond.files FOLDER [--rows 1000000] [--memory "200 MB"]

Parquet files of 100 float32 columns and ten classes, compressed by zstd, are made in FOLDER, block by block, unless
they are there; a decoded cache is put beside them. Each line is measured in a process of its own; the memory is that
beyond a process that has fitted to a thousand rows.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
from pyarrow import parquet

from benchmarks.machine import describe_machine
from pminusy import SoftmaxRegression, open_rows

N_FEATURES, N_CLASSES = 100, 10
_FILE, _GROUP, _READ = 250_000, 25_000, 2048  # rows


def make(folder: Path, n_rows: int) -> Path:
    """The folder of the files, which are written where they are missing."""
    tables = folder / f"rows-{n_rows}"
    tables.mkdir(parents=True, exist_ok=True)
    W = np.random.default_rng(0).standard_normal((N_FEATURES, N_CLASSES)) / 10
    for number, start in enumerate(range(0, n_rows, _FILE)):
        path = tables / f"{number:05d}.parquet"
        if path.exists():
            continue
        rng = np.random.default_rng([1, number])
        X = rng.standard_normal((min(_FILE, n_rows - start), N_FEATURES), np.float32)
        y = (X @ W + rng.gumbel(size=(len(X), N_CLASSES))).argmax(axis=1)
        columns = {f"x{j}": X[:, j] for j in range(N_FEATURES)} | {"y": y.astype(np.int8)}
        parquet.write_table(pa.table(columns), path, row_group_size=_GROUP, compression="zstd")
    return tables


def nothing(tables: Path, memory: str) -> dict[str, Any]:
    """What Python, its packages, the labels and a small fit take."""
    rows = open_rows(tables, target="y", memory=memory, cache=tables.parent / "cache")
    SoftmaxRegression().fit(rows.X[:1000], rows.y[:1000])
    return {"rows": len(rows.X)}


def decode_alone(tables: Path, memory: str) -> dict[str, Any]:
    """Row groups read by pyarrow on one thread, and left at that."""
    names = [f"x{j}" for j in range(N_FEATURES)]
    for path in sorted(tables.glob("*.parquet")):
        with parquet.ParquetFile(path) as file:
            for group in range(file.num_row_groups):
                file.read_row_group(group, columns=names, use_threads=False)
    return {}


def pass_over_row_groups(tables: Path, memory: str) -> dict[str, Any]:
    """A fit's passes over Parquet, in seconds each."""
    return _passes(open_rows(tables, target="y", memory=memory))


def read_cache_alone(tables: Path, memory: str) -> dict[str, Any]:
    """The decoded file, read in order."""
    X = open_rows(tables, target="y", memory=memory, cache=tables.parent / "cache").X
    out, start = np.empty((_READ, N_FEATURES), np.float32), time.perf_counter()
    for first in range(0, len(X), _READ):
        X.read(first, min(len(X), first + _READ), out[: len(X) - first])
    return {"seconds": time.perf_counter() - start}


def pass_over_cache(tables: Path, memory: str) -> dict[str, Any]:
    """A fit's passes over the decoded file, in seconds each."""
    return _passes(open_rows(tables, target="y", memory=memory, cache=tables.parent / "cache"))


def fit(tables: Path, memory: str) -> dict[str, Any]:
    """To the certified optimum, from the cache."""
    rows = open_rows(tables, target="y", memory=memory, cache=tables.parent / "cache")
    start = time.perf_counter()
    result = SoftmaxRegression(n_threads=2).fit(rows.X, rows.y).result_
    seconds = time.perf_counter() - start
    return {
        "seconds": seconds,
        "passes": result.passes,
        "converged": result.converged,
        "relative_gap": f"{result.gap / result.objective:.1e}",
    }


TASKS: tuple[Callable[[Path, str], dict[str, Any]], ...] = (
    nothing, decode_alone, pass_over_row_groups, read_cache_alone, pass_over_cache, fit,
)  # fmt: skip


def main(folder: Path, n_rows: int, memory: str) -> None:
    """Print the table."""
    tables = make(folder, n_rows)
    print("| what | seconds | MB beyond the packages | |\n| --- | --- | --- | --- |")
    base = 0.0
    for task in TASKS:
        command = [
            sys.executable,
            "-m",
            "benchmarks.beyond.files",
            str(tables),
            "--task",
            task.__name__,
            "--memory",
            memory,
        ]
        told = json.loads(
            subprocess.run(command, capture_output=True, text=True, check=True).stdout.splitlines()[-1]
        )
        base = base or told["peak"]
        rest = ", ".join(f"{name} {value}" for name, value in told.items() if name not in ("seconds", "peak"))
        print(f"| {task.__name__} | {told['seconds']:.2f} | {told['peak'] - base:.0f} | {rest} |", flush=True)
    print(
        f"\n{n_rows:,} × {N_FEATURES} float32, {N_CLASSES} classes, memory={memory!r}. {describe_machine()}."
    )


def _passes(rows: Any) -> dict[str, Any]:
    start = time.perf_counter()
    result = (
        SoftmaxRegression(solver="lbfgs", max_iter=5, n_threads=2, random_state=0).fit(rows.X, rows.y).result_
    )
    return {"seconds": (time.perf_counter() - start) / (result.passes + 2), "passes": result.passes}


def _run(task: Callable[[Path, str], dict[str, Any]], tables: Path, memory: str) -> None:
    start = time.perf_counter()
    told = {"seconds": 0.0} | task(tables, memory)
    told["seconds"] = told["seconds"] or time.perf_counter() - start
    print(json.dumps(told | {"peak": peak()}))


def peak() -> float:
    """The largest memory of this process so far, in MB; getrusage would count what it was forked from."""
    status = Path("/proc/self/status").read_text()
    return int(next(line for line in status.splitlines() if line.startswith("VmHWM")).split()[1]) / 1024


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--memory", default="200 MB")
    parser.add_argument("--task", choices=[task.__name__ for task in TASKS], help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.task:
        _run(
            next(task for task in TASKS if task.__name__ == arguments.task),
            arguments.folder,
            arguments.memory,
        )
    else:
        main(arguments.folder, arguments.rows, arguments.memory)
