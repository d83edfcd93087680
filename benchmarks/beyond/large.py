"""A fit to more rows than the memory allowed holds, to the certified optimum: printed as JSON.

    python -m benchmarks.beyond.large TABLES --memory "1 GB" [--cache FOLDER]

Opening and fitting are timed apart: with a cache, opening decodes all rows into it, or finds them there.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import time
from pathlib import Path
from typing import Any

from benchmarks.machine import peak_memory
from pminusy import Record, SoftmaxRegression, open_rows
from pminusy.solvers.progress import listening


def fit(tables: Path, memory: str, cache: Path | None) -> dict[str, Any]:
    """How long it takes, what it reads, and what its end proves."""
    packages, began = peak_memory(), time.perf_counter()
    rows = open_rows(tables, target="y", memory=memory, cache=cache)
    opened, opening = time.perf_counter(), peak_memory()
    with listening(_progress):
        result = SoftmaxRegression(n_threads=2).fit(rows.X, rows.y).result_
    done, processor = time.perf_counter(), os.times()
    return {
        "rows": len(rows.X),
        "opening": opened - began,
        "fitting": done - opened,
        "processor": processor.user + processor.system,
        "load": os.getloadavg()[0],
        "MB": {"packages": packages, "opening": opening, "fit": peak_memory()},
        "passes": result.passes,
        "reason": str(result.reason),
        "solver": result.method,
        "objective": result.objective.hex(),
        "gradient_norm": result.gradient_norm,
        "relative_gap": result.gap / result.objective,
    }


def _progress(record: Record) -> None:
    """A line for each iteration, for those who wait."""
    print(f"{record.seconds:8.1f} s  {record.passes:3d} passes  {record.objective:.10g}", file=sys.stderr)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("tables", type=Path)
    parser.add_argument("--memory", default="1 GB")
    parser.add_argument("--cache", type=Path)
    arguments = parser.parse_args()
    print(json.dumps(fit(arguments.tables, arguments.memory, arguments.cache)))
