"""`python -m benchmarks.proofreading repairs FOLDER…`: whether the first repair of each wrong page can be used.

A repair is usable if the line holds with it, if nothing in it is on the list of `never`, and if it changes about as
little as the known one. Counted are the pages whose first wrong line is found. For each page are printed the line that
was found, the first repair, whether it has the value of the known one, and how many signs both change.
"""

from __future__ import annotations

import argparse
import difflib
import json
import re
import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from benchmarks.proofreading.never import faults
from benchmarks.proofreading.score import repairs
from pminusy.errors import InputError
from pminusy.proofread import proofread
from pminusy.proofread.checking.compare import compare
from pminusy.proofread.proof import Proof, Verdict
from pminusy.proofread.readings.check import check
from pminusy.proofread.source.reader import read_page

SLACK, FACTOR = 4, 1.6
"""A repair may change so many signs more than the known one, or so many times as many, whichever is more."""

_SIGNS = re.compile(r"\\[a-zA-Z]+|\d+|\S")
_DRESS = re.compile(
    r"\\(left|right|[bB]igg?[lr]?|,|;|!|:|quad|qquad|cdot|times|mathbf|boldsymbol|bm|mathrm|text|displaystyle|limits)"
    r"(?![a-zA-Z])|[\s{}&~]|\\\\"
)


@dataclass(frozen=True)
class Judged:
    """What was found on a page, its first repair, and what is wrong with it.

    `line` is where the first wrong step was found, None where none was; `wanted` are the first and the last line of the
    known one. `size` and `known_size` count changed signs. `equal` tells whether the repair has the value of the known
    one, None where that is not known.
    """

    name: str
    wanted: tuple[int, int]
    line: int | None
    found: str = ""
    repair: str = ""
    slip: str = ""
    known: tuple[str, str] = ("", "")
    size: int = 0
    known_size: int = 0
    equal: bool | None = None
    faults: tuple[str, ...] = ()

    @property
    def at_the_line(self) -> bool:
        """Whether the first wrong line is found."""
        return self.line is not None and self.wanted[0] <= self.line <= self.wanted[1]

    @property
    def usable(self) -> bool:
        """Whether a student can put it in as it is."""
        return self.at_the_line and not self.faults


def judge(path: Path) -> Judged | None:
    """The first repair of a page; None where no repair of it is known."""
    text, truth = path.read_text(encoding="utf-8"), json.loads(path.with_suffix(".json").read_text("utf-8"))
    wrong = truth.get("first_wrong")
    if truth.get("verdict") != "wrong" or not wrong or not (wrong.get("repair") or wrong.get("original")):
        return None
    known = (wrong.get("found") or "", wrong.get("repair") or wrong.get("original") or "")
    one = Judged(path.stem, (wrong["line"], wrong.get("last_line") or wrong["line"]), None, known=known)
    try:
        proof = proofread(text)
    except InputError:
        return one
    if proof.verdict is not Verdict.WRONG or proof.first_wrong is None:
        return one
    one = replace(one, line=proof.first_wrong.line)
    return _judged(one, text, proof, wrong) if one.at_the_line else one


def _judged(one: Judged, text: str, proof: Proof, wrong: dict[str, Any]) -> Judged:
    place = proof.first_wrong
    assert place is not None
    known_size = _known_size(text.split("\n"), wrong)
    if not place.suggestions:
        return replace(one, known_size=known_size, faults=("no repair",))
    best = place.suggestions[0]
    line = text.split("\n")[place.line - 1]
    size = changed(line, f"{line[: best.start]} {best.repair} {line[best.end :]}")
    found = faults(proof.steps[place.step], best)
    if size > max(known_size + SLACK, FACTOR * known_size):
        found.append("larger than the known one")
    if not repairs(text, proof, best):
        found.append("the line does not hold with it")
    return replace(
        one,
        found=best.found,
        repair=best.repair,
        slip=best.slip or "",
        size=size,
        known_size=known_size,
        equal=_equal(text, proof, wrong),
        faults=tuple(found),
    )


def _equal(text: str, proof: Proof, wrong: dict[str, Any]) -> bool | None:
    """Whether the repaired side has the value of what the known repair makes of it."""
    place = proof.first_wrong
    assert place is not None
    lines = text.split("\n")
    old, new = wrong.get("found"), wrong.get("repair")
    n = wrong["line"] - 1
    if not old or not new or lines[n].count(old) != 1:
        return None
    lines[n] = lines[n].replace(old, new)
    try:
        mended = check(read_page("\n".join(lines)))
    except InputError:
        return None
    if len(mended.steps) <= place.step:
        return None
    step, best = mended.steps[place.step], place.suggestions[0]
    before = proof.steps[place.step]
    side = step.rhs_tree if step.lhs_tree == before.lhs_tree else step.lhs_tree
    if side is None:
        return None
    view = mended.views[step.chain]
    model = view.model.given(view.claim.given)
    return compare(model, side, best.repaired_tree, view.claim.condition, (), view.layout).equal


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
    """How many lines are found, how many first repairs are usable, why the others are not, and each page."""
    found = [one for one in judged if one.at_the_line]
    usable, equal = sum(one.usable for one in found), sum(one.equal is True for one in found)
    lines = [
        f"{'wrong pages':36} {len(judged)}",
        f"{'first wrong line found':36} {len(found)} ({_share(len(found), len(judged))})",
        f"{'first repair usable':36} {usable} ({_share(usable, len(found))} of the lines found)",
        f"{'of the value of the known one':36} {equal}",
    ]
    kinds = Counter(fault for one in found for fault in one.faults)
    lines += [f"  {kind:34} {count}" for kind, count in kinds.most_common()]
    for one in judged:
        lines += _lines(one)
    return "\n".join(lines)


def _share(part: int, whole: int) -> str:
    return f"{part / whole:.1%}" if whole else "-"


def _lines(one: Judged) -> list[str]:
    if not one.at_the_line:
        return [
            f"  {one.name}:{one.wanted[0]}: "
            + ("not found" if one.line is None else f"called wrong at {one.line}")
        ]
    value = {True: "of the known value", False: "of another value", None: "value not compared"}[one.equal]
    what = ", ".join(one.faults) or "usable"
    return [
        f"  {one.name}:{one.line}: {what}; {value} ({one.size} signs, known {one.known_size})",
        f"      {one.found} -> {one.repair} [{one.slip}]; known: {' -> '.join(one.known)}",
    ]


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
    print("no wrong page with a known repair: expected NAME.md and NAME.json beside it", file=sys.stderr)
    return 2
