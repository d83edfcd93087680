"""Sparse classifiers against other libraries: time, and how far each ends above the lowest objective that any finds.

    python -m benchmarks.sparse FOLDER [PROBLEM…]

FOLDER has mnist.npz and debian_packages.parquet; problems are named as in the table, by their first words. Each library
solves each problem twice, in turn, on two threads; the shorter time counts. Gaps are relative to the objective with all
coefficients 0, and on a path the largest. Libraries that are not installed are left out.
"""

from __future__ import annotations

import sys
import time
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

import numpy as np

from benchmarks.machine import describe_machine
from benchmarks.sparse.problems import Solution, SparseProblem, problems

LIBRARIES = {"pminusy": "pminusy", "pminusy_sharp": "pminusy", "saga": "sklearn", "adelie": "adelie"}
_ROUNDS, _THREADS = 2, 2
_LONG = 60.0  # seconds that are not spent twice


def main(folder: Path, names: list[str]) -> None:
    machine = describe_machine()  # before a library holds this thread to one core
    print("| problem | library | seconds | pminusy is faster by | gap to the best known |")
    print("| --- | --- | --- | --- | --- |")
    for problem in problems(folder, names):
        print("\n".join(_rows(problem)), flush=True)
    print(f"\n{machine}, {_THREADS} threads.")


def _rows(problem: SparseProblem) -> list[str]:
    seconds: dict[str, float] = {}
    found: dict[str, list[Solution]] = {}
    for _ in range(_ROUNDS):
        for name, package in LIBRARIES.items():
            if find_spec(package) is None or seconds.get(name, 0.0) > _LONG:
                continue
            fit = import_module(f"benchmarks.sparse.competitors.{name}").fit
            start = time.perf_counter()
            solutions = fit(problem, _THREADS)
            if solutions is not None:
                elapsed = time.perf_counter() - start
                seconds[name], found[name] = min(elapsed, seconds.get(name, np.inf)), solutions
    objectives = {
        name: np.array([problem.objective(*pair) for pair in zip(solutions, problem.strengths, strict=True)])
        for name, solutions in found.items()
    }
    best = np.min(list(objectives.values()), axis=0)
    return [
        f"| {problem.name} | {name} | {seconds[name]:.2f} | {seconds[name] / seconds['pminusy']:.1f} "
        f"| {((objectives[name] - best) / problem.null_objective).max():.1e} |"
        for name in found
    ]


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2:])
