"""The command line."""

from __future__ import annotations

import argparse
import os
from collections.abc import Callable, Sequence
from pathlib import Path

from benchmarks.classifiers.competitors import COMPETITORS
from benchmarks.classifiers.problems import PROBLEMS

GRADIENT = "gradient"
_DATA_FOLDER = os.environ.get("PMINUSY_DATA", str(Path(__file__).parents[3] / "shared" / "data"))


def parse_arguments() -> argparse.Namespace:
    """What to measure, how often and for how long."""
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.classifiers", description="Linear softmax classifiers, measured."
    )
    _add_names(parser, "--problems", (*PROBLEMS, GRADIENT))
    _add_names(parser, "--competitors", tuple(COMPETITORS))
    parser.add_argument(
        "--rounds", type=_at_least_one, default=3, help="how often to measure what is not slow"
    )
    parser.add_argument(
        "--limit", type=_at_least_one, default=600, help="seconds after which a worker is ended"
    )
    parser.add_argument("--data", type=Path, default=Path(_DATA_FOLDER), help="folder of the data files")
    parser.add_argument(
        "--plot", action="store_true", help="measure and draw gap against time on MNIST instead"
    )
    return parser.parse_args()


def _add_names(parser: argparse.ArgumentParser, option: str, known: Sequence[str]) -> None:
    parser.add_argument(
        option, type=_some_of(known), default=list(known), metavar="A,B", help=f"of {', '.join(known)}"
    )


def _some_of(known: Sequence[str]) -> Callable[[str], list[str]]:
    def parse(text: str) -> list[str]:
        names = text.split(",")
        for name in names:
            if name not in known:
                raise argparse.ArgumentTypeError(f"expected some of {', '.join(known)}, got {name!r}")
        return names

    return parse


def _at_least_one(text: str) -> int:
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"expected an integer ≥ 1, got {text!r}")
    return int(text)
