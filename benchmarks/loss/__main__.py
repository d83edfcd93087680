"""Measure every competitor on every problem in turn, print the table and write it to benchmarks/LOSS.md.

    python -m benchmarks.loss [ROUNDS]

Rounds go through all competitors in turn, so that a drift of the machine's speed meets all alike. Times are
medians over rounds, ratios are medians of the ratios within a round.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import time
from importlib.util import find_spec
from pathlib import Path

from benchmarks.loss.problems import PROBLEMS, Problem
from benchmarks.machine import describe_machine

COMPETITORS = {
    "pminusy_fresh": "pminusy",
    "pminusy_out": "pminusy",
    "copy": "numpy",
    "torch_eager": "torch",
    "torch_compiled": "torch",
    "jax_jit": "jax",
}
Times = dict[str, list[float]]
RESULTS = Path(__file__).parent.parent / "LOSS.md"


def main(rounds: int) -> None:
    n_threads = len(os.sched_getaffinity(0))
    rows = [_row(problem, _measure(number, n_threads, rounds)) for number, problem in enumerate(PROBLEMS)]
    header = [
        "float32, value and gradient", "ours, ms", "ours with `out=`, ms", "a copy of Z, ms", "PyTorch eager, ms",
        "`torch.compile`, ms", "JAX, ms", "× eager", "× best compiled", "`out=` / copy",
    ]  # fmt: skip
    lines = ["| " + " | ".join(cells) + " |" for cells in (header, ["---"] * len(header), *rows)]
    text = "\n".join([*lines, "", f"{describe_machine()}; {n_threads} threads each; targets in parentheses."])
    print(text)
    RESULTS.write_text(f"# Cross-entropy: value and gradient\n\n`python -m benchmarks.loss`\n\n{text}\n")


def _measure(number: int, n_threads: int, rounds: int) -> Times:
    """Seconds of every competitor that is installed, one number a round."""
    print(f"{PROBLEMS[number].name} …", file=sys.stderr)
    workers = {
        name: subprocess.Popen(
            [sys.executable, "-m", "benchmarks.loss.worker", name, str(number), str(n_threads)],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        )
        for name, package in COMPETITORS.items()
        if find_spec(package)
    }  # fmt: skip
    times: Times = {name: [] for name in workers}
    for name, worker in workers.items():
        if worker.stdout.readline().strip() != "ready":
            raise SystemExit(f"{name} failed on {PROBLEMS[number].name}")
    for _ in range(rounds):
        for name, worker in workers.items():
            time.sleep(0.3)  # until the last one's idle threads have gone to sleep
            worker.stdin.write("go\n")
            worker.stdin.flush()
            times[name].append(float(worker.stdout.readline()))
    for worker in workers.values():
        worker.stdin.close()
        worker.wait()
    return times


def _row(problem: Problem, times: Times) -> list[str]:
    compiled = [times[name] for name in ("torch_compiled", "jax_jit") if name in times]
    best_compiled = min(compiled, key=statistics.median) if compiled else None
    ratios = [
        _ratio(times.get("torch_eager"), times["pminusy_fresh"], problem.over_eager, "≥"),
        _ratio(best_compiled, times["pminusy_fresh"], problem.over_compiled, "≥"),
        _ratio(times["pminusy_out"], times["copy"], problem.copies, "≤"),
    ]
    order = ("pminusy_fresh", "pminusy_out", "copy", "torch_eager", "torch_compiled", "jax_jit")
    return [problem.name, *(_milliseconds(times.get(name)) for name in order), *ratios]


def _milliseconds(seconds: list[float] | None) -> str:
    return f"{1e3 * statistics.median(seconds):.2f}" if seconds else "–"


def _ratio(above: list[float] | None, below: list[float], target: float | None, sign: str) -> str:
    if not above:
        return "–"
    ratio = statistics.median(a / b for a, b in zip(above, below, strict=True))
    return f"**{ratio:.2f}**" + (f" ({sign} {target:g})" if target else "")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 15)
