"""A process that holds one competitor on one problem and times it when told to.

Every competitor has a process of its own, because a library's idle threads may spin and slow down its neighbour's.
Protocol: prints `ready`; then for each line on standard input, the median seconds of a few runs.
"""

from __future__ import annotations

import importlib
import statistics
import sys
import time

from benchmarks.loss.problems import PROBLEMS


def main(competitor: str, problem: str, n_threads: str) -> None:
    module = importlib.import_module(f"benchmarks.loss.competitors.{competitor}")
    Z, targets = PROBLEMS[int(problem)].data()
    run = module.prepare(Z, targets, int(n_threads))
    for _ in range(3):
        run()
    print("ready", flush=True)
    for _ in sys.stdin:
        print(statistics.median(_timed(run) for _ in range(5)), flush=True)


def _timed(run) -> float:
    began = time.perf_counter()
    run()
    return time.perf_counter() - began


if __name__ == "__main__":
    main(*sys.argv[1:])
