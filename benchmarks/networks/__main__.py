"""Train every network with every competitor in turn, print the table and write it to benchmarks/NETWORKS.md.

    python -m benchmarks.networks [--problems a,b] [--rounds N] [--data FOLDER] [--no-accuracy]

Rounds go through all competitors in turn, so that a drift of the machine's speed meets all alike. Times are medians
over rounds, ratios medians of the ratios within a round. A run of some networks, or without all the competitors, is
printed only. The folder with mnist.npz is that of `--data`, else the one that PMINUSY_DATA names.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import time
from importlib.util import find_spec
from pathlib import Path

import numpy as np

from benchmarks.blas.peak import CHAINS, fma_rate, vector_widths
from benchmarks.machine import describe_machine
from benchmarks.networks.accuracy import measure_accuracy
from benchmarks.networks.competitors import NAMES, PACKAGES
from benchmarks.networks.document import write_section
from benchmarks.networks.problems import PROBLEMS, Problem

Times = dict[str, list[float]]
N_ROWS = 60_000
N_THREADS = 2


def main() -> None:
    arguments = _arguments()
    installed = [name for name, package in PACKAGES.items() if find_spec(package)]
    table = _Table()
    for name in arguments.problems:
        print(f"{PROBLEMS[name].name} …", file=sys.stderr)
        table.add(PROBLEMS[name], _measure(name, installed, arguments))
    accuracy = [] if arguments.no_accuracy else measure_accuracy(arguments.data)
    text = "\n".join([*table.lines(), "", *accuracy, *([""] if accuracy else []), _caption()])
    print(text)
    if len(arguments.problems) == len(PROBLEMS) and len(installed) == len(PACKAGES) and accuracy:
        write_section("Seconds per epoch of MNIST", f"`python -m benchmarks.networks`\n\n{text}")


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.networks", description=__doc__.splitlines()[0]
    )
    parser.add_argument("--problems", type=lambda text: text.split(","), default=list(PROBLEMS))
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--data", type=Path, default=os.environ.get("PMINUSY_DATA"))
    parser.add_argument("--no-accuracy", action="store_true")
    arguments = parser.parse_args()
    if arguments.data is None or not (Path(arguments.data) / "mnist.npz").exists():
        parser.error("--data: expected a folder with mnist.npz")
    arguments.data = Path(arguments.data)
    if unknown := set(arguments.problems) - set(PROBLEMS):
        parser.error(f"--problems: expected some of {', '.join(PROBLEMS)}, got {', '.join(unknown)}")
    return arguments


def _measure(problem: str, competitors: list[str], arguments: argparse.Namespace) -> Times:
    """Seconds of an epoch, one number a round."""
    workers = {
        name: subprocess.Popen(
            [sys.executable, "-m", "benchmarks.networks.worker", name, problem, str(N_THREADS), str(arguments.data)],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env={**os.environ, **_limits()},
        )
        for name in competitors
        if name in PROBLEMS[problem].targets or name == "pminusy"
    }  # fmt: skip
    times: Times = {name: [] for name in workers}
    for name, worker in workers.items():
        if worker.stdout.readline().strip() != "ready":
            raise SystemExit(f"{name} failed on {problem}")
    for _ in range(arguments.rounds):
        for name, worker in workers.items():
            time.sleep(0.3)  # until the last one's idle threads have gone to sleep
            worker.stdin.write("go\n")
            worker.stdin.flush()
            times[name].append(float(worker.stdout.readline()))
    for worker in workers.values():
        worker.stdin.close()
        worker.wait()
    return times


def _limits() -> dict[str, str]:
    return dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), str(N_THREADS))


class _Table:
    def __init__(self) -> None:
        others = [name for name in NAMES if name != "pminusy"]
        header = ["seconds per epoch", *NAMES.values(), *(f"× {NAMES[name]}" for name in others)]
        self._rows = [[*header, "ours, µs per step", "ours, GFLOP/s", "of peak"]]
        self._peak = N_THREADS * _peak()

    def add(self, problem: Problem, times: Times) -> None:
        ours = times["pminusy"]
        seconds = statistics.median(ours)
        rate = problem.flops_per_row * N_ROWS / seconds / 1e9
        cells = [problem.name, *(_seconds(times.get(name)) for name in NAMES)]
        cells += [
            _ratio(times.get(name), ours, problem.targets.get(name)) for name in NAMES if name != "pminusy"
        ]
        n_steps = -(-N_ROWS // problem.batch_size)
        self._rows.append(
            [*cells, f"{1e6 * seconds / n_steps:.0f}", f"{rate:.0f}", f"{rate / self._peak:.0%}"]
        )

    def lines(self) -> list[str]:
        header, *rows = ("| " + " | ".join(row) + " |" for row in self._rows)
        return [header, "| " + " | ".join(["---"] * len(self._rows[0])) + " |", *rows]


def _peak() -> float:
    """GFLOP/s of one core in float32."""
    return max(fma_rate(np.dtype(np.float32), bits, CHAINS[-1]) for bits in vector_widths())


def _seconds(times: list[float] | None) -> str:
    return f"{statistics.median(times):.3f}" if times else "–"


def _ratio(theirs: list[float] | None, ours: list[float], target: float | None) -> str:
    if not theirs:
        return "–"
    ratio = statistics.median(a / b for a, b in zip(theirs, ours, strict=True))
    return f"**{ratio:.2f}**" + (f" (≥ {target:g})" if target else "")


def _caption() -> str:
    return (
        f"{describe_machine()}; {N_THREADS} threads each, float32, Adam; targets in parentheses. GFLOP/s count "
        "matrix products only; the peak is that of register-only fused multiply-adds on the same number of cores."
    )


if __name__ == "__main__":
    main()
