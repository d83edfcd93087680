"""Sparse classifiers against other libraries: time, and how far each ends above the lowest objective that any finds.

    python -m benchmarks.sparse FOLDER [--threads N] [PROBLEM…]

FOLDER has mnist.npz and debian_packages.parquet; problems are named as in the table, by their first words. Each library
solves each problem twice, in turn; the shorter time counts. On one thread that is in processor seconds, which other
processes on the machine hardly change. On several it is in wall seconds, on a machine that does nothing else: saga and
glmnet have one thread only. Gaps are relative to the objective with all
coefficients 0, and on a path the largest. Libraries that are not installed are left out.
"""

from __future__ import annotations

import argparse
from importlib import import_module
from pathlib import Path

import numpy as np
from threadpoolctl import threadpool_limits

from benchmarks.machine import describe_machine
from benchmarks.sparse.problems import Fit, SparseProblem, problems

LIBRARIES = ("pminusy", "pminusy_sharp", "saga", "glmnet", "adelie")
_ROUNDS = 2
_LONG = 60.0  # seconds that are not spent twice


def main(folder: Path, names: list[str], n_threads: int) -> None:
    machine = describe_machine()  # before a library holds this thread to one core
    print(
        "| problem | library | processor seconds | wall seconds | pminusy is faster by | gap to the best known |"
    )
    print("| --- | --- | --- | --- | --- | --- |")
    with threadpool_limits(n_threads):
        for problem in problems(folder, names):
            print("\n".join(_rows(problem, n_threads)), flush=True)
    print(f"\n{machine}, {n_threads} thread{'s' * (n_threads > 1)}.")


def _rows(problem: SparseProblem, n_threads: int) -> list[str]:
    libraries = {name: import_module(f"benchmarks.sparse.competitors.{name}") for name in LIBRARIES}
    fits: dict[str, Fit] = {}
    for _ in range(_ROUNDS):
        for name, library in libraries.items():
            if not library.is_installed() or (name in fits and fits[name].processor_seconds > _LONG):
                continue
            fit = library.fit(problem, n_threads)
            if fit and not (name in fits and _cost(fits[name], n_threads) < _cost(fit, n_threads)):
                fits[name] = fit
    objectives = {name: _objectives(problem, fit) for name, fit in fits.items()}
    best = np.nanmin(list(objectives.values()), axis=0)
    return [
        f"| {problem.name} | {name}{_reached(objectives[name])} | {fit.processor_seconds:.2f} | {fit.wall_seconds:.2f} "
        f"| {_cost(fit, n_threads) / _cost(fits['pminusy'], n_threads):.1f} "
        f"| {_largest_gap(objectives[name], best, problem.null_objective)} |"
        for name, fit in fits.items()
    ]


def _cost(fit: Fit, n_threads: int) -> float:
    return fit.processor_seconds if n_threads == 1 else fit.wall_seconds


def _objectives(problem: SparseProblem, fit: Fit) -> np.ndarray:
    """At every strength; NaN at those that a library gave up before."""
    found = np.full(len(problem.strengths), np.nan)
    for place, solution in enumerate(fit.solutions):
        found[place] = problem.objective(solution, problem.strengths[place])
    return found


def _largest_gap(objectives: np.ndarray, best: np.ndarray, null: float) -> str:
    gaps = (objectives - best)[np.isfinite(objectives)] / null
    return f"{gaps.max():.1e}" if len(gaps) else "–"


def _reached(objectives: np.ndarray) -> str:
    n, all_of_them = int(np.isfinite(objectives).sum()), len(objectives)
    return "" if n == all_of_them else f", gave up after {n} of {all_of_them}"


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("problems", nargs="*")
    parser.add_argument("--threads", type=int, default=1)
    arguments = parser.parse_args()
    main(arguments.folder, arguments.problems, arguments.threads)
