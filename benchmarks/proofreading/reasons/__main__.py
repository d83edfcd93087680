"""`python -m benchmarks.proofreading.reasons EXAM PATH…`: run an exam for reasons and print how it went."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from benchmarks.proofreading.reasons import exams


def main(arguments: Sequence[str]) -> int:
    """Run one exam; 0 if there was anything to ask."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.proofreading.reasons", description=__doc__)
    parser.add_argument("exam", choices=("asked", "coverage", "named", "gaps"))
    parser.add_argument(
        "path", type=Path, nargs="*", help="folders of pages, pages, or a file of labelled steps"
    )
    parser.add_argument("--every", type=int, default=1, metavar="N", help="take every Nth page or case only")
    parser.add_argument("--misses", action="store_true", help="also print what was missed")
    options = parser.parse_intermixed_args(arguments)
    if options.exam == "asked":
        tally = exams.asked()
    elif options.exam == "named":
        tally = exams.named(options.path[0], options.every)
    else:
        pages = exams.pages_of(options.path)[:: options.every]
        tally = exams.coverage(pages) if options.exam == "coverage" else exams.gaps(pages)
    print("\n".join(tally.lines()))
    if options.misses:
        print("\n".join(tally.misses))
    return 0 if tally.counts else 2


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
