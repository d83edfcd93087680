"""A network's epochs on rows in files against the same rows in memory: time, peak memory and accuracy.

    python -m benchmarks.beyond.network_files FOLDER [--rows 250000] [--memory "60 MB"]

The tables are those of `benchmarks.beyond.tables`. Each line is measured in a process of its own; the memory is that
beyond what the process takes once it has opened the rows and fitted to a thousand of them.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

from benchmarks.beyond.tables import make
from benchmarks.machine import describe_machine, peak_memory
from pminusy import SoftmaxNetwork, open_rows

_EPOCHS = 2
TASKS = ("memory", "cache", "row groups")


def measure(task: str, tables: Path, memory: str) -> dict[str, Any]:
    """Seconds of a fit beside its epochs, and of its fastest epoch; what it reached, and the memory."""
    cache = None if task == "row groups" else tables.parent / "cache"
    rows = open_rows(tables, target="y", memory=memory, cache=cache)
    X, y = rows.X, rows.y
    SoftmaxNetwork(max_epochs=_EPOCHS).fit(X[:1000], y[:1000])
    Path("/proc/self/clear_refs").write_text("5")  # forget the largest memory so far
    before = peak_memory()
    if task == "memory":
        X = X[:]
    start = time.perf_counter()
    history = SoftmaxNetwork(max_epochs=_EPOCHS).fit(X, y).history_
    seconds = time.perf_counter() - start
    return {
        "before": seconds - sum(record.seconds for record in history),
        "epoch": min(record.seconds for record in history),
        "loss": history[-1].loss,
        "MB": peak_memory() - before,
    }


def main(folder: Path, n_rows: int, memory: str) -> None:
    """Print the table."""
    tables = make(folder, n_rows)
    print("| rows in | before the epochs, s | an epoch, s | MB | loss |\n| --- | --- | --- | --- | --- |")
    for task in TASKS:
        command = [sys.executable, "-W", "ignore", "-m", "benchmarks.beyond.network_files", str(tables)]
        command += ["--memory", memory, "--task", task]
        told = json.loads(subprocess.run(command, capture_output=True, text=True, check=True).stdout)
        print(
            f"| {task} | {told['before']:.1f} | {told['epoch']:.2f} | {told['MB']:.0f} | {told['loss']:.4f} |",
            flush=True,
        )
    print(f"\n{n_rows:,} rows, memory={memory!r}. {describe_machine()}.")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--rows", type=int, default=250_000)
    parser.add_argument("--memory", default="60 MB")
    parser.add_argument("--task", choices=TASKS, help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.task:
        print(json.dumps(measure(arguments.task, arguments.folder, arguments.memory)))
    else:
        main(arguments.folder, arguments.rows, arguments.memory)
