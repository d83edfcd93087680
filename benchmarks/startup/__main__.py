"""Time first calls in fresh processes, and print the table.

    python -m benchmarks.startup [PYTHON [ROUNDS]]

PYTHON is the interpreter of the environment to measure, such as one into which a wheel was installed. "Ever" means that
nothing was cached on disk before. Our processes and scikit-learn's take turns; times are medians over rounds.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from benchmarks.machine import describe_machine
from benchmarks.startup.tasks import TASKS, Task

_SIZES = """
import importlib.metadata as m
def closure(name, seen):
    try: d = m.distribution(name)
    except m.PackageNotFoundError: return seen
    if d.metadata["Name"].lower() not in seen:
        seen[d.metadata["Name"].lower()] = d
        for r in d.requires or ():
            if "extra ==" not in r: closure(__import__("re").match(r"[\\w.-]+", r).group(), seen)
    return seen
ours, theirs = closure("pminusy", {}), closure("scikit-learn", {})
files = [d.locate_file(f) for n, d in ours.items() if n not in theirs for f in d.files or ()]
print(sum(f.stat().st_size for f in files if f.exists()) / 1e6)
"""
_PEAK = "import resource; print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024)"


def main(python: str, rounds: int) -> None:
    rows = [_row(task, python, rounds) for task in TASKS]
    rows += _command_line(Path(python), rounds)
    rows.append(
        ["installed beyond scikit-learn and its dependencies", "15 MB", f"{_size(python):.0f} MB", ""]
    )
    header = ["what", "target", "pminusy", "scikit-learn"]
    lines = ["| " + " | ".join(cells) + " |" for cells in (header, ["---"] * 4, *rows)]
    print(*lines, "", f"Medians of {rounds}. {describe_machine()}.", sep="\n")


def _row(task: Task, python: str, rounds: int) -> list[str]:
    ours, peers = [], []
    with tempfile.TemporaryDirectory() as kept:
        if task.warm:
            _seconds(python, task.ours, kept)
        for _ in range(rounds):
            with tempfile.TemporaryDirectory() as new:
                ours.append(_seconds(python, task.ours, kept if task.warm else new))
            if task.peer:
                peers.append(_seconds(python, task.peer, kept))
    peer = f"{statistics.median(peers):.2f} s" if peers else ""
    return [task.name, task.target, f"{statistics.median(ours):.2f} s", peer]


def _seconds(python: str, code: str, cache: str) -> float:
    return float(_run([python, "-c", code], cache).split()[-1])


def _run(command: Sequence[str], cache: str) -> str:
    environment = {**os.environ, "NUMBA_CACHE_DIR": cache}
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
    return done.stdout


def _command_line(python: Path, rounds: int) -> list[list[str]]:
    """The whole process of a fit and of a prediction, where the environment has the command."""
    command = python.with_name("pminusy")
    if not command.exists():
        return []
    with tempfile.TemporaryDirectory() as folder:
        table, model = str(Path(folder, "iris.csv")), str(Path(folder, "model"))
        _run([str(python), "-c", _TABLE, table], folder)
        fit = [str(command), "fit", table, "--target", "species", "--out", model, "--force"]
        predict = [str(command), "predict", model, table, "--out", str(Path(folder, "predictions.csv"))]
        cold = [_fresh(fit) for _ in range(rounds)]
        _run(fit, folder)
        warm = [_elapsed(fit, folder) for _ in range(rounds)]
        predicted = [_elapsed(predict, folder) for _ in range(rounds)]
        megabytes = float(_run([str(python), "-c", f"{_CHILD}; {_PEAK}", *predict], folder).split()[-1])
    return [
        [
            "`pminusy fit iris.csv`, nothing cached, whole process",
            "3 s",
            f"{statistics.median(cold):.2f} s",
            "",
        ],
        ["the same, again", "2.5 s", f"{statistics.median(warm):.2f} s", ""],
        [
            "`pminusy predict DIR iris.csv`, again",
            "1.2 s, 300 MB",
            f"{statistics.median(predicted):.2f} s, {megabytes:.0f} MB",
            "",
        ],
    ]


_TABLE = """
import sys
from sklearn.datasets import load_iris
iris = load_iris()
rows = [",".join(map(str, [*x, iris.target_names[k]])) for x, k in zip(iris.data.tolist(), iris.target)]
with open(sys.argv[1], "w") as file:
    file.write("\\n".join([",".join([*iris.feature_names, "species"]), *rows, ""]))
"""
_CHILD = "import subprocess, sys; subprocess.run(sys.argv[1:], check=True, capture_output=True)"


def _fresh(command: Sequence[str]) -> float:
    with tempfile.TemporaryDirectory() as new:
        return _elapsed(command, new)


def _elapsed(command: Sequence[str], cache: str) -> float:
    start = time.perf_counter()
    _run(command, cache)
    return time.perf_counter() - start


def _size(python: str) -> float:
    return float(subprocess.run([python, "-c", _SIZES], capture_output=True, text=True, check=True).stdout)


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else sys.executable, int(sys.argv[2]) if len(sys.argv) > 2 else 5)
