"""`python -m benchmarks.torture [--points N] [--seed N] [SECTION…]`: print what held; exit with 1 if not all did."""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from benchmarks.torture.bench import Bench, Row
from benchmarks.torture.caches import caches
from benchmarks.torture.commands import Commands, fault_library
from benchmarks.torture.damage import damage
from benchmarks.torture.growth import growth
from benchmarks.torture.headers import headers
from benchmarks.torture.interruptions import interruptions
from benchmarks.torture.surroundings import disks, homes

SECTIONS: dict[str, Callable[[Bench], Iterator[Row]]] = {
    "interruptions": interruptions,
    "damage": damage,
    "headers": headers,
    "homes": homes,
    "disks": disks,
    "caches": caches,
    "growth": growth,
}
_SHOWN = 5  # violations of a row


def main(arguments: Sequence[str]) -> int:
    """Run the sections and print a line for each row as it ends."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.torture", description=__doc__)
    parser.add_argument("section", nargs="*", help=f"of {', '.join(SECTIONS)}; all by default")
    parser.add_argument(
        "--points", type=int, default=1000, help="tried at most of each kind, drawn at random"
    )
    parser.add_argument("--seed", type=int, default=0, help="of these draws")
    options = parser.parse_args(arguments)
    unknown = [name for name in options.section if name not in SECTIONS]
    if unknown:
        parser.error(f"unknown section {unknown[0]!r}; expected one of {', '.join(SECTIONS)}")
    with tempfile.TemporaryDirectory(prefix="pminusy-torture-") as name:
        folder = Path(name)
        # A machine-code cache of its own, since it comes to harm.
        environment = {"NUMBA_CACHE_DIR": str(folder / "cache"), "OMP_NUM_THREADS": "1"}
        with Commands(fault_library(folder), environment) as commands:
            bench = Bench(commands, folder, options.points, random.Random(options.seed))
            bench.prepare()
            return _run(bench, options.section or list(SECTIONS))


def _run(bench: Bench, sections: Sequence[str]) -> int:
    failed = 0
    print(f"{'torture':22}{'of':46}{'cases':>6}{'held':>6}{'seconds':>9}")
    for name in sections:
        start = time.perf_counter()
        for row in SECTIONS[name](bench):
            print(_line(row, time.perf_counter() - start), flush=True)
            start = time.perf_counter()
            failed += len(row.violations)
    print(f"{failed} violations" if failed else "everything held")
    return int(failed > 0)


def _line(row: Row, seconds: float) -> str:
    held = row.n_cases - len(row.violations)
    line = f"{row.section:22}{row.name:46}{row.n_cases:6}{held:6}{seconds:9.1f}"
    if row.note:
        line = f"{row.section:22}{row.name:46}  skipped: {row.note}"
    shown = [f"    {violation}" for violation in row.violations[:_SHOWN]]
    return "\n".join([line, *shown])


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
