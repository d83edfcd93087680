"""How far each library has come after how long: runs on MNIST with ever more iterations."""

from __future__ import annotations

import math
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import joblib
import numpy as np

from benchmarks.classifiers.competitors import OURS
from benchmarks.classifiers.measure import TOLERANCE, fit_once, installed
from benchmarks.classifiers.problems import PROBLEMS
from benchmarks.classifiers.problems.problem import Data

_COMPETITORS = (OURS, "lbfgs", "newton_cg", "torch_lbfgs")
_REFERENCE_TOLERANCE = 1e-8


def measure_curves(data_path: Path, limit: float) -> dict[str, Any]:
    """Seconds and objective after each run, and the optimum: ours in float64 to a far smaller tolerance."""
    curves = {name: list(_points(name, data_path, limit)) for name in installed(_COMPETITORS)}
    found = min(objective for points in curves.values() for _, objective in points)
    return {"optimum": min(found, _optimum(data_path, limit)), "points": curves}


def _points(competitor: str, data_path: Path, limit: float) -> Iterator[tuple[float, float]]:
    """Up to the run that gains nothing on the one before it."""
    problem, last = PROBLEMS["mnist"], math.inf
    for max_iter in _iterations(problem.max_iter):
        print(f"{competitor}, {max_iter} iterations", file=sys.stderr)
        fit = fit_once(competitor, data_path, problem.C, TOLERANCE, max_iter, limit)
        if "error" in fit:
            raise RuntimeError(f"{competitor}, {max_iter} iterations: {fit['error']}")
        if fit["objective"] == last:
            return
        last = fit["objective"]
        yield fit["seconds"], last


def _iterations(largest: int) -> list[int]:
    """1, 2, 4, 8, 16, …"""
    return [2**step for step in range(math.ceil(math.log2(largest)))] + [largest]


def _optimum(data_path: Path, limit: float) -> float:
    problem = PROBLEMS["mnist"]
    data: Data = joblib.load(data_path)
    double_path = data_path.with_suffix(".double")
    joblib.dump(Data(data.X.astype(np.float64), data.y), double_path)
    print("the optimum, in float64", file=sys.stderr)
    fit = fit_once(OURS, double_path, problem.C, _REFERENCE_TOLERANCE, problem.max_iter, limit)
    if "error" in fit:
        raise RuntimeError(f"the optimum: {fit['error']}")
    return float(fit["objective"])
