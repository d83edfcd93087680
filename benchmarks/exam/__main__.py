"""`python -m benchmarks.exam`: examine fits of many random problems, and print each claim that does not hold."""

from __future__ import annotations

import argparse
import time

from benchmarks.exam.claims import examine
from benchmarks.exam.problems import make_problem


def main() -> int:
    """Examine the seeds asked for."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.exam", description=__doc__)
    parser.add_argument("--problems", type=int, default=1000, help="how many (default 1000)")
    parser.add_argument("--first", type=int, default=0, help="the first seed (default 0)")
    arguments = parser.parse_args()
    began, n_false, n_undecided = time.perf_counter(), 0, 0
    for seed in range(arguments.first, arguments.first + arguments.problems):
        problem = make_problem(seed)
        examined = examine(problem)
        n_undecided += examined.undecided
        for violation in examined.violations:
            n_false += 1
            print(f"{problem.describe()}\n    {violation}", flush=True)
    seconds = time.perf_counter() - began
    print(
        f"{arguments.problems} problems, {n_false} false claims, separation undecided in {n_undecided}, {seconds:.0f} s"
    )
    return int(n_false > 0)


if __name__ == "__main__":
    raise SystemExit(main())
