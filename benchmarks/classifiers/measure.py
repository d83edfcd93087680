"""Fits in worker processes, in turns: what each took, or why there is nothing to tell."""

from __future__ import annotations

import json
import subprocess
import sys
import textwrap
from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from benchmarks.classifiers.competitors import COMPETITORS
from benchmarks.classifiers.problems.problem import Problem
from benchmarks.classifiers.processes import N_THREADS, start

TOLERANCE = 1e-4
_SLOW_SECONDS = 20  # what takes longer is measured once
_ERROR_WIDTH = 80

Measured = dict[str, Any]


def installed(names: Sequence[str]) -> list[str]:
    """Those competitors whose package is there; says which are not."""
    for name in names:
        if not find_spec(COMPETITORS[name].package):
            print(f"{COMPETITORS[name].title}: left out, {COMPETITORS[name].package} is not installed")
    return [name for name in names if find_spec(COMPETITORS[name].package)]


def measure_problem(
    problem: Problem, data_path: Path, competitors: Sequence[str], rounds: int, limit: float
) -> dict[str, Measured]:
    """For each competitor what its rounds gave, or {"error": why}; rounds go through all in turn."""
    fits: dict[str, list[Measured]] = {name: [] for name in competitors}
    for number in range(rounds):
        for name, runs in fits.items():
            if reason := problem.left_out.get(name):
                runs[:] = [{"error": reason}]
            elif number == 0 or _again(runs[-1]):
                print(f"{problem.title}: {name}, round {number + 1}", file=sys.stderr)
                runs.append(fit_once(name, data_path, problem.C, TOLERANCE, problem.max_iter, limit))
    return {name: _together(runs) for name, runs in fits.items()}


def fit_once(competitor: str, data_path: Path, C: float, tol: float, max_iter: int, limit: float) -> Measured:
    """One fit in a process of its own, which is ended after `limit` seconds."""
    arguments = (competitor, data_path, C, tol, max_iter, N_THREADS)
    with start("worker", *arguments) as worker:
        try:
            output, complaint = worker.communicate(timeout=limit)
        except subprocess.TimeoutExpired:
            worker.kill()
            return {"error": f"did not finish in {limit:g} s"}
        except BaseException:
            worker.kill()
            raise
    if worker.returncode < 0:
        return {"error": f"ended by signal {-worker.returncode}"}
    if worker.returncode:
        lines = complaint.strip().splitlines() or [f"exit code {worker.returncode}"]
        return {"error": textwrap.shorten(f"failed: {lines[-1]}", _ERROR_WIDTH, placeholder=" …")}
    measured: Measured = json.loads(output.splitlines()[-1])
    return measured


def _again(last: Measured) -> bool:
    return "error" not in last and last["seconds"] <= _SLOW_SECONDS


def _together(runs: Sequence[Measured]) -> Measured:
    if "error" in runs[-1]:
        return runs[-1]
    return {**runs[-1], **{name: [run[name] for run in runs] for name in ("seconds", "peak_bytes")}}
