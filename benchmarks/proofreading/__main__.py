"""`python -m benchmarks.proofreading [--planted] DIR…`: proofread folders and print how much came out right.

With `--fuzz SECONDS` the derivations are the seeds of a fuzz test instead. `repairs DIR…` judges the first repairs,
`derive` what is derived from the definitions of losses and layers.
"""

from __future__ import annotations

import argparse
import statistics
import sys
from collections.abc import Sequence
from pathlib import Path

from benchmarks.proofreading import derive, fuzzing, planting, repairs
from benchmarks.proofreading.cases import read_cases
from benchmarks.proofreading.score import Score, score

_ROWS = (
    ("parsed", "parsed"),
    ("verdict", "verdict right"),
    ("line", "first wrong line right"),
    ("first_repair", "repair right, first suggestion"),
    ("any_repair", "repair right, any suggestion"),
    ("assumption", "assumption right"),
)


def report(scores: Sequence[Score]) -> str:
    """The table, and below it every miss."""
    lines = [f"{'cases':32} {len(scores)}"]
    for field, title in _ROWS:
        asked = [value for one in scores if (value := getattr(one, field)) is not None]
        if asked:
            lines.append(f"{title:32} {sum(asked)} of {len(asked)} ({sum(asked) / len(asked):.1%})")
    times = [one.seconds for one in scores]
    lines.append(f"{'false alarms':32} {sum(one.false_alarm for one in scores)}")
    lines.append(f"{'seconds, median and worst':32} {statistics.median(times):.3f} {max(times):.3f}")
    for one in scores:
        misses = [title for field, title in _ROWS if getattr(one, field) is False]
        if misses or one.false_alarm:
            lines.append(
                f"  {one.name}: not {', not '.join(misses)}: {one.note}" + " FALSE ALARM" * one.false_alarm
            )
    return "\n".join(lines)


def main(arguments: Sequence[str]) -> int:
    """Run it; 0 if there was anything to run."""
    if arguments[:1] == ["repairs"]:
        return repairs.main(arguments[1:])
    if arguments[:1] == ["derive"]:
        return derive.main(arguments[1:])
    parser = argparse.ArgumentParser(prog="python -m benchmarks.proofreading", description=__doc__)
    parser.add_argument("folder", type=Path, nargs="+", help="NAME.md and NAME.json for each case")
    parser.add_argument(
        "--planted", action="store_true", help="plant slips into the right derivations instead"
    )
    parser.add_argument(
        "--fuzz",
        type=int,
        default=0,
        metavar="SECONDS",
        help="change the derivations at random (needs atheris)",
    )
    parser.add_argument("--per-page", type=int, default=5, help="variants of each right derivation")
    parser.add_argument("--seed", type=int, default=1, help="of the slips that are planted")
    options = parser.parse_args(arguments)
    if options.fuzz:
        return fuzzing.run(options.folder, options.fuzz, options.seed)
    if options.planted:
        pages = [path for folder in options.folder for path in sorted(folder.glob("*.md"))]
        outcomes = [planting.judge(one) for one in planting.variants(pages, options.per_page, options.seed)]
        if outcomes:
            print(planting.report(outcomes))
            return 0
    else:
        cases = [case for folder in options.folder for case in read_cases(folder)]
        if cases:
            print(report([score(case) for case in cases]))
            return 0
    print(
        "nothing to proofread: expected NAME.md, and NAME.json beside it unless slips are planted",
        file=sys.stderr,
    )
    return 2


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
