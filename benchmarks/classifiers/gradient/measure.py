"""Both implementations in turn, round by round."""

from __future__ import annotations

import statistics
import subprocess
import time
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.classifiers.processes import N_THREADS, start

_IMPLEMENTATIONS = ("ours", "scikit_learn")
_ROUNDS_AT_LEAST = 5
_SETTLING_SECONDS = 0.3  # until the other's idle threads have gone to sleep


def measure_gradient(data_path: Path, rounds: int) -> dict[str, Any]:
    """Median seconds of each, and the median over rounds of the ratio; a RuntimeError where they disagree."""
    seconds: dict[str, list[float]] = {name: [] for name in _IMPLEMENTATIONS}
    with ExitStack() as stack:
        workers = {
            name: stack.enter_context(
                start("gradient.worker", name, data_path, N_THREADS, stdin=subprocess.PIPE)
            )
            for name in _IMPLEMENTATIONS
        }
        results = {name: _answer(worker) for name, worker in workers.items()}
        if not np.allclose(*results.values(), rtol=1e-4):
            raise RuntimeError(f"value and norm of the gradient differ: {results}")
        for _ in range(max(rounds, _ROUNDS_AT_LEAST)):
            for name, worker in workers.items():
                time.sleep(_SETTLING_SECONDS)
                worker.stdin.write("go\n")
                worker.stdin.flush()
                seconds[name] += _answer(worker)
    ratios = [theirs / ours for theirs, ours in zip(seconds["scikit_learn"], seconds["ours"], strict=True)]
    medians = {name: statistics.median(seconds[name]) for name in _IMPLEMENTATIONS}
    return {"seconds": medians, "ratio": statistics.median(ratios)}


def _answer(worker: subprocess.Popen[str]) -> list[float]:
    line = worker.stdout.readline()
    if not line:
        raise RuntimeError(f"a worker failed: {worker.stderr.read().strip().splitlines()[-1:]}")
    return [float(number) for number in line.split()]
