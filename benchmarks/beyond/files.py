"""Rows in files: a pass over them against reading alone, and what memory a fit takes.

    python -m benchmarks.beyond files large --folder FOLDER [--rows 1000000] [--large-rows 20000000]

Each line is measured in a process of its own (`worker.py`); its memory is that beyond a process that has fitted to a
thousand rows.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from benchmarks.beyond.table import Line
from benchmarks.beyond.tables import make

_WORKER = "benchmarks.beyond.worker"


def passes(options: argparse.Namespace) -> Iterator[Line]:
    """Over row groups and over the decoded file, each beside reading alone."""
    tables, memory = make(options.folder, options.rows), options.memory
    cache = ("--cache", str(options.folder / "cache"))
    base = _run("start", tables, memory, *cache)["peak"]
    alone = _run("decode_alone", tables, memory)
    yield Line("all row groups read and decoded by pyarrow, on one thread", _seconds(alone["one"]))
    yield Line("… on two threads, a row group each", _seconds(alone["two"]))
    groups = _run("passes", tables, memory)
    yield Line("a pass over the row groups, two threads", _seconds(groups["seconds"]))
    yield Line("… relative to decoding on one thread", f"{groups['seconds'] / alone['one']:.2f}×", "≤ 1.3×")
    yield Line("… relative to decoding on two threads", f"{groups['seconds'] / alone['two']:.2f}×")
    yield Line("… processor time of the pass, and of decoding alone", _both(groups, alone))
    yield _memory(groups, base, memory)
    plain = _run("read_alone", tables, memory, *cache)
    yield Line(
        "the decoded file read from the disk (dropped from the system's cache)", _seconds(plain["cold"])
    )
    cold = _run("passes", tables, memory, *cache, "--cold")
    yield Line("a pass over it, likewise from the disk", _seconds(cold["seconds"]))
    yield Line("… relative to reading alone", f"{cold['seconds'] / plain['cold']:.2f}×", "≤ 1.2×")
    yield Line("the decoded file read from the system's cache", _seconds(plain["warm"]))
    warm = _run("passes", tables, memory, *cache)
    yield Line("a pass over it, likewise", _seconds(warm["seconds"]))
    yield _memory(warm, base, memory)


def large_fit(options: argparse.Namespace) -> Iterator[Line]:
    """To the optimum, from a decoded file and, with `--uncached`, from Parquet in every pass."""
    tables = make(options.folder, options.large_rows)
    for tol in options.tol:
        told = _run(
            "fit", tables, options.large_memory, "--cache", str(options.folder / "cache"), "--tol", tol
        )
        yield from _fit_lines(f"decoded file, tol = {tol}", told)
    if options.uncached:
        told = _run("fit", tables, options.large_memory, "--tol", options.tol[0])
        yield from _fit_lines(f"Parquet in every pass, tol = {options.tol[0]}", told)


def _fit_lines(name: str, told: dict[str, Any]) -> Iterator[Line]:
    yield Line(
        f"{name}: opening, iterations, all of the fit: minutes",
        ", ".join(f"{told[each] / 60:.1f}" for each in ("opening", "solver", "fitting")),
    )
    yield Line(
        "… processor time, minutes; load at its end", f"{told['processor'] / 60:.1f}; {told['load']:.1f}"
    )
    yield Line(
        "… passes of the solver; all readings of the rows", f"{told['passes']}; {told['readings']:.0f}"
    )
    yield Line(
        "… peak memory: packages alone, after opening, all", "{:.0f}, {:.0f}, {:.0f} MB".format(*told["MB"])
    )
    yield Line(
        f"… ended by {told['reason']}: largest component of the gradient", f"{told['gradient_norm']:.1e}"
    )
    yield Line("… certificate: objective at most so far above its minimum, relative", f"{told['gap']:.1e}")


def _run(task: str, tables: Path, memory: str, *options: str) -> dict[str, Any]:
    command = [sys.executable, "-m", _WORKER, task, str(tables), "--memory", memory, *options]
    return json.loads(
        subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True).stdout.splitlines()[-1]
    )


def _memory(told: dict[str, Any], base: float, bound: str) -> Line:
    return Line("… memory of the fit beyond the packages", f"{told['peak'] - base:.0f} MB", f"≤ {bound}")


def _seconds(seconds: float) -> str:
    return f"{seconds:.2f} s"


def _both(one: dict[str, Any], other: dict[str, Any]) -> str:
    return f"{one['processor']:.2f} s, {other['processor']:.2f} s"
