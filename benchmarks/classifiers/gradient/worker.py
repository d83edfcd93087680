"""A process that holds one implementation and times it when told to.

Protocol: prints the value and the gradient's norm; then for each line on standard input, the median seconds of a few
calls.
"""

from __future__ import annotations

import importlib
import statistics
import sys
import time

import joblib
import numpy as np

from benchmarks.classifiers.problems.problem import Data


def main(implementation: str, data_path: str, n_threads: int) -> None:
    data: Data = joblib.load(data_path)
    rng = np.random.default_rng(0)
    W = 0.01 * rng.standard_normal((data.X.shape[1], data.n_classes), dtype=np.float32)
    b = 0.01 * rng.standard_normal(data.n_classes, dtype=np.float32)
    module = importlib.import_module(f"benchmarks.classifiers.gradient.{implementation}")
    run = module.prepare(data.X, data.y, W, b, 1.0 / len(data.y), n_threads)
    for _ in range(3):
        value, dW = run()
    print(value, float(np.linalg.norm(dW)), flush=True)
    for _ in sys.stdin:
        print(statistics.median(_timed(run) for _ in range(5)), flush=True)


def _timed(run) -> float:
    began = time.perf_counter()
    run()
    return time.perf_counter() - began


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], int(sys.argv[3]))
