"""Lines of the tables, and where the tables are kept."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from benchmarks.machine import describe_machine
from benchmarks.networks.document import write_section

FILES, DASK = Path(__file__).parent / "FILES.md", Path(__file__).parent / "DASK.md"


class Line(NamedTuple):
    """What was measured, what came out, and what was to come out.

    Attributes
    ----------
    holds : bool or None
        Of a line that is right or wrong, whatever the machine.
    """

    what: str
    measured: str
    target: str = ""
    holds: bool | None = None


def same_bits(what: str, holds: bool) -> Line:
    """A line that compares results."""
    return Line(what, "the same bits" if holds else "OTHER BITS", "the same bits", holds)


def write_table(lines: Iterable[Line], path: Path, title: str, caption: str) -> bool:
    """Print the lines as they come and keep them in the section of this title; whether all of them hold."""
    before, found = os.getloadavg()[0], ["| what | measured | target |", "| --- | --- | --- |"]
    print(f"\n## {title}\n\n{caption}\n", *found, sep="\n", flush=True)
    holds = True
    for line in lines:
        found.append(f"| {line.what} | {line.measured} | {line.target} |")
        print(found[-1], flush=True)
        holds = holds and line.holds is not False
    machine = f"{describe_machine()}; load {before:.1f} before, {os.getloadavg()[0]:.1f} after."
    write_section(title, "\n".join([caption, "", *found, "", machine]), path)
    return holds
