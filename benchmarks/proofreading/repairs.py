"""`python -m benchmarks.proofreading repairs FOLDER…`: whether the first repair of each wrong page can be used.

A repair is usable if the line holds with it, if nothing in it is on the list of `never`, and if it changes about as
little as the known one. Counted are the pages whose first wrong line is found.
"""

from __future__ import annotations

import argparse
import difflib
import json
import re
import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.proofreading.never import faults
from benchmarks.proofreading.score import repairs
from pminusy.errors import InputError
from pminusy.proofread import proofread
from pminusy.proofread.proof import Proof, Verdict

SLACK, FACTOR = 4, 1.6
"""A repair may change so many signs more than the known one, or so many times as many, whichever is more."""

_SIGNS = re.compile(r"\\[a-zA-Z]+|\d+|\S")
_DRESS = re.compile(
    r"\\(left|right|[bB]igg?[lr]?|,|;|!|:|quad|qquad|cdot|times|mathbf|boldsymbol|bm|mathrm|text|displaystyle|limits)"
    r"(?![a-zA-Z])|[\s{}&~]|\\\\"
)


@dataclass(frozen=True)
class Judged:
    """The first repair of a page, and what is wrong with it; `size` and `known_size` count changed signs."""

    name: str
    line: int
    found: str
    repair: str
    slip: str
    known: tuple[str, str]
    size: int
    known_size: int
    faults: tuple[str, ...]

    @property
    def usable(self) -> bool:
        """Whether a student can put it in as it is."""
        return not self.faults


def judge(path: Path) -> Judged | None:
    """The first repair of a page; None where its first wrong line is not found, or no repair of it is known."""
    text, truth = path.read_text(encoding="utf-8"), json.loads(path.with_suffix(".json").read_text("utf-8"))
    wrong = truth.get("first_wrong")
    if truth.get("verdict") != "wrong" or not wrong or not (wrong.get("repair") or wrong.get("original")):
        return None
    try:
        proof = proofread(text)
    except InputError:
        return None
    place = proof.first_wrong
    if proof.verdict is not Verdict.WRONG or place is None:
        return None
    if not wrong["line"] <= place.line <= (wrong.get("last_line") or wrong["line"]):
        return None
    return _judged(path.stem, text, proof, wrong)


def _judged(name: str, text: str, proof: Proof, wrong: dict[str, Any]) -> Judged:
    place = proof.first_wrong
    assert place is not None
    known = (wrong.get("found") or "", wrong.get("repair") or wrong.get("original") or "")
    known_size = _known_size(text.split("\n"), wrong)
    if not place.suggestions:
        return Judged(name, place.line, "", "", "", known, 0, known_size, ("no repair",))
    best = place.suggestions[0]
    line = text.split("\n")[place.line - 1]
    size = changed(line, f"{line[: best.start]} {best.repair} {line[best.end :]}")
    found = faults(proof.steps[place.step], best)
    if size > max(known_size + SLACK, FACTOR * known_size):
        found.append("larger than the known one")
    if not repairs(text, proof, best):
        found.append("the line does not hold with it")
    return Judged(
        name, place.line, best.found, best.repair, best.slip or "", known, size, known_size, tuple(found)
    )


def _known_size(lines: list[str], wrong: dict[str, Any]) -> int:
    """The size of the known repair, the largest where several are as good."""
    line = lines[wrong["line"] - 1]
    pairs = [wrong, *(wrong.get("alternatives") or [])]
    sizes = [
        changed(pair["found"], pair["repair"]) for pair in pairs if pair.get("found") and pair.get("repair")
    ]
    if not sizes and wrong.get("original"):
        sizes = [changed(line, wrong["original"])]
    return max(sizes, default=0)


def changed(before: str, after: str) -> int:
    """How many signs differ, those taken away and those put in; spaces, braces and fonts do not count."""
    old, new = (_SIGNS.findall(_DRESS.sub(" ", text)) for text in (before, after))
    blocks = difflib.SequenceMatcher(None, old, new, autojunk=False).get_matching_blocks()
    return len(old) + len(new) - 2 * sum(block.size for block in blocks)


def report(judged: Sequence[Judged]) -> str:
    """How many are usable, why the others are not, and each of those."""
    usable = sum(one.usable for one in judged)
    lines = [f"{'first repairs':36} {len(judged)}", f"{'usable':36} {usable} ({usable / len(judged):.1%})"]
    kinds = Counter(fault for one in judged for fault in one.faults)
    lines += [f"  {kind:34} {count}" for kind, count in kinds.most_common()]
    for one in judged:
        if not one.usable:
            lines.append(
                f"  {one.name}:{one.line}: {', '.join(one.faults)} ({one.size}, known {one.known_size})"
            )
            lines.append(f"      {one.found} -> {one.repair} [{one.slip}]; known: {' -> '.join(one.known)}")
    return "\n".join(lines)


def main(arguments: Sequence[str]) -> int:
    """Run it; 0 if there was anything to judge."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.proofreading repairs", description=__doc__)
    parser.add_argument("folder", type=Path, nargs="+", help="NAME.md and NAME.json for each page")
    options = parser.parse_args(arguments)
    pages = [
        path
        for folder in options.folder
        for path in sorted(folder.glob("*.md"))
        if path.with_suffix(".json").exists()
    ]
    judged = [one for path in pages if (one := judge(path)) is not None]
    if judged:
        print(report(judged))
        return 0
    print(
        "no page whose first wrong line is found: expected NAME.md and NAME.json beside it", file=sys.stderr
    )
    return 2
