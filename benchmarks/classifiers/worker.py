"""A process of its own for one fit: one competitor, one problem; prints what was measured as a line of JSON.

Before it, a few iterations on some of the rows: imports, compilation and the libraries' own buffers are no part of
what is measured.
"""

from __future__ import annotations

import gc
import importlib
import json
import sys
import time
import warnings
from functools import partial
from typing import Any

import joblib
import numpy as np

from benchmarks.classifiers.evaluate import accuracy, objective_and_gradient_norm
from benchmarks.classifiers.memory import peak_since, restart_peak
from benchmarks.classifiers.problems.problem import Data

_WARM_UP_ROWS = 2000
_WARM_UP_ITERATIONS = 5


def main(competitor: str, data_path: str, C: float, tol: float, max_iter: int, n_threads: int) -> None:
    data: Data = joblib.load(data_path)
    module = importlib.import_module(f"benchmarks.classifiers.competitors.{competitor}")
    fit = partial(module.fit, C=C, tol=tol, n_threads=n_threads)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # what a fit says about its convergence, the gradient says too
        fit(*_some_rows(data), max_iter=min(max_iter, _WARM_UP_ITERATIONS))
        gc.collect()
        resident = restart_peak()
        began = time.perf_counter()
        fitted = fit(data.X, data.y, max_iter=max_iter)
        seconds = time.perf_counter() - began
        peak = peak_since(resident)
    W, b = np.asarray(fitted.W, np.float64), np.asarray(fitted.b, np.float64)
    if not (np.isfinite(W).all() and np.isfinite(b).all()):
        raise ArithmeticError("the coefficients are not finite")
    objective, gradient_norm = objective_and_gradient_norm(data.X, data.y, W, b, C)
    X_test, y_test = (data.X, data.y) if data.X_test is None else (data.X_test, data.y_test)
    measured: dict[str, Any] = {
        "seconds": seconds, "peak_bytes": peak, "objective": objective, "gradient_norm": gradient_norm,
        "passes": fitted.passes, "n_iter": fitted.n_iter, "accuracy": accuracy(X_test, y_test, W, b),
    }  # fmt: skip
    print(json.dumps(measured), flush=True)


def _some_rows(data: Data) -> tuple[Any, Any]:
    """Rows spread over the whole, their classes numbered anew so that each occurs."""
    rows = np.unique(np.linspace(0, len(data.y) - 1, _WARM_UP_ROWS).astype(int))
    return data.X[rows], np.unique(data.y[rows], return_inverse=True)[1]


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], float(sys.argv[3]), float(sys.argv[4]), int(sys.argv[5]), int(sys.argv[6]))
