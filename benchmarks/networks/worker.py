"""A process that holds one competitor on one network and times an epoch when told to.

Every competitor has a process of its own, because a library's idle threads may spin and slow down its neighbour's.
Protocol: prints `ready`; then for each line on standard input, the seconds of an epoch.
"""

from __future__ import annotations

import importlib
import sys
import time
from pathlib import Path

from benchmarks.networks.problems import PROBLEMS, load_mnist


def main(competitor: str, problem: str, n_threads: str, folder: str) -> None:
    module = importlib.import_module(f"benchmarks.networks.competitors.{competitor}")
    epoch = module.prepare(PROBLEMS[problem], *load_mnist(Path(folder)), int(n_threads))
    epoch()  # compiles, and grows what is kept
    print("ready", flush=True)
    for _ in sys.stdin:
        began = time.perf_counter()
        epoch()
        print(time.perf_counter() - began, flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
