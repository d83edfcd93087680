"""Data beyond memory and beyond one machine: print the tables and write them to FILES.md and DASK.md.

    python -m benchmarks.beyond [PART…] --folder FOLDER --data FOLDER [--rows N] [--large-rows N] [--copies N] …

Each part writes a section of its own; all parts run unless some are named. The exit code is 1 if bits differ or
messages are more than they should be.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

from benchmarks.beyond import bits, dask, files
from benchmarks.beyond.table import DASK, FILES, Line, write_table


class Part(NamedTuple):
    """Lines of a table, where they are kept, and what is said above them."""

    lines: Callable[[argparse.Namespace], Iterator[Line]]
    path: Path
    title: str
    caption: str


_FILES = "`python -m benchmarks.beyond {part} --folder FOLDER`: "
_DASK = "`python -m benchmarks.beyond {part} --data FOLDER`: MNIST's 60,000 training rows × {copies}, in 8 partitions. "
PARTS = {
    "files": Part(
        files.passes,
        FILES,
        "Passes",
        _FILES + "{rows:,} × 100 float32 and ten classes in Parquet (zstd, row groups of 25,000 rows), "
        'memory="{memory}". Seconds are the shortest of several; memory is what a fit takes beyond a process that has '
        "fitted to a thousand rows.",
    ),
    "large": Part(
        files.large_fit,
        FILES,
        "A large fit",
        _FILES + '{large_rows:,} rows of the same kind, memory="{large_memory}", two threads, C = 1.',
    ),
    "bits": Part(
        bits.bits,
        FILES,
        "The same bits",
        _FILES + "coefficients, intercepts and objective of 100,000 such rows.",
    ),
    "dask": Part(
        dask.against_one_process,
        DASK,
        "Against one process",
        _DASK + "The two take turns.",
    ),
    "kills": Part(
        dask.kills, DASK, "Lost workers", _DASK + "Coefficients and objective after a loss, against before."
    ),
    "others": Part(
        dask.others, DASK, "Against others", _DASK + "All have their data in memory before the clock starts."
    ),
}


def main() -> int:
    """Run the parts; 1 if something does not hold."""
    options = _options()
    held = []
    for name in options.part or PARTS:
        part = PARTS[name]
        caption = part.caption.format(**vars(options) | {"part": name})
        held.append(write_table(part.lines(options), part.path, part.title, caption))
    return 0 if all(held) else 1


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.beyond", description=(__doc__ or "").splitlines()[0]
    )
    parser.add_argument("part", nargs="*", help=f"of {', '.join(PARTS)}; all by default")
    parser.add_argument(
        "--folder", type=Path, help="for Parquet files and decoded rows: some 20 GB for the large fit"
    )
    parser.add_argument("--data", type=Path, help="with mnist.npz")
    parser.add_argument("--rows", type=int, default=1_000_000, help="of the passes")
    parser.add_argument("--memory", default="200 MB", help="that passes may take")
    parser.add_argument("--large-rows", type=int, default=20_000_000)
    parser.add_argument("--large-memory", default="1 GB")
    parser.add_argument(
        "--tol", nargs="+", default=["1e-4", "1e-6"], help="of the large fit, one after the other"
    )
    parser.add_argument(
        "--uncached", action="store_true", help="the large fit also with Parquet in every pass"
    )
    parser.add_argument("--copies", type=int, default=4, help="of MNIST")
    parser.add_argument("--spark", type=Path, help="a Python with pyspark")
    options = parser.parse_args()
    if unknown := set(options.part) - set(PARTS):
        parser.error(f"PART: expected some of {', '.join(PARTS)}, got {', '.join(sorted(unknown))}")
    needs = {PARTS[name].path for name in options.part or PARTS}
    if FILES in needs and not options.folder:
        parser.error("--folder: expected a folder for the files")
    if DASK in needs and not (options.data and (options.data / "mnist.npz").exists()):
        parser.error("--data: expected a folder with mnist.npz")
    return options


if __name__ == "__main__":
    sys.exit(main())
