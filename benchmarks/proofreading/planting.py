"""Slips planted into right derivations, one in each variant, and what proofreading makes of them."""

from __future__ import annotations

import random
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.proofreading.score import repairs
from benchmarks.proofreading.slips import changes
from pminusy.proofread import proofread
from pminusy.proofread.checking.compare import compare
from pminusy.proofread.checking.ladder import ladder
from pminusy.proofread.meaning.names.letters import free_letters
from pminusy.proofread.proof import Step, Verdict
from pminusy.proofread.readings.check import Checked, check
from pminusy.proofread.repair.places import Place, places
from pminusy.proofread.source.reader import read_page
from pminusy.proofread.syntax.latex import to_latex
from pminusy.proofread.syntax.tree import Add, Multiply, Negative, Node, Power, Transpose, substitute

TRIES = 60


@dataclass(frozen=True)
class Variant:
    """A right derivation with one slip in it."""

    name: str
    slip: str
    text: str
    line: int
    planted: str


@dataclass(frozen=True)
class Outcome:
    """What became of one variant."""

    variant: Variant
    seconds: float
    detected: bool
    line: bool
    first_repair: bool
    note: str


def variants(paths: Sequence[Path], per_page: int, seed: int) -> list[Variant]:
    """Variants of every page on which all steps hold, `per_page` of each; the same seed gives the same ones."""
    found = []
    for path in paths:
        text = path.read_text(encoding="utf-8")
        checked = check(read_page(text))
        if checked.steps and all(step.holds for step in checked.steps):
            rng = random.Random(f"{seed} {path.stem}")
            found += _variants(path.stem, checked, per_page, rng)
    return found


def _variants(name: str, checked: Checked, count: int, rng: random.Random) -> Iterator[Variant]:
    """The slips are drawn first and then the place, so that rare ones come up as often as usual ones."""
    options: dict[str, list[tuple[Step, Place, Node]]] = {}
    for step in checked.steps:
        if step.rhs_tree is None or step.lhs_tree is None:
            continue
        families = checked.views[step.chain].model.families
        letters = free_letters(step.lhs_tree, families) | free_letters(step.rhs_tree, families)
        for place in places(step.rhs_tree):
            for slip, new in changes(place, tuple(sorted(letters & families.letters))):
                if place.node.span.start >= 0 and new != place.node:
                    options.setdefault(slip.name, []).append((step, place, new))
    seen: set[str] = set()
    for _ in range(TRIES * count):
        if not options or len(seen) == count:
            return
        slip_name = rng.choice(sorted(options))
        step, place, new = rng.choice(options[slip_name])
        variant = _planted(name, slip_name, checked, step, place, new)
        if variant is not None and variant.text not in seen:
            seen.add(variant.text)
            yield variant


def _planted(name: str, slip: str, checked: Checked, step: Step, place: Place, new: Node) -> Variant | None:
    """The page with the slip; None where no value changes, under any usual assumption, or it cannot be written."""
    assert step.rhs_tree is not None
    old, text = place.node, checked.page.text
    wrong = substitute(step.rhs_tree, old, new)
    view = checked.views[step.chain]
    claim = view.claim
    model = view.model.given(claim.given)
    rungs = ((), *ladder(model, step.rhs_tree, wrong, ()))
    if any(
        compare(model, step.rhs_tree, wrong, claim.condition, a, view.layout).equal is not False
        for a in rungs
    ):
        return None
    latex = to_latex(new)
    if isinstance(new, Add | Negative) and isinstance(
        place.parent, Multiply | Power | Transpose | Negative | Add
    ):
        latex = rf"\left({latex}\right)"
    start, end = old.span.start, old.span.end
    if isinstance(old, Negative) and isinstance(place.parent, Add) and old is not place.parent.terms[0]:
        latex = f"+ {latex}"
    changed = f"{text[:start]} {latex} {text[end:]}"
    again = check(read_page(changed))
    number = checked.steps.index(step)
    if len(again.steps) != len(checked.steps) or again.steps[number].rhs_tree is None:
        return None
    if not compare(model, wrong, again.steps[number].rhs_tree, claim.condition, (), view.layout):
        return None
    what = f"{text[start:end]} -> {latex}"
    return Variant(name, slip, changed, checked.page.line_of(start)[0], what)


def judge(variant: Variant) -> Outcome:
    """Proofread one variant."""
    start = time.perf_counter()
    proof = proofread(variant.text)
    seconds = time.perf_counter() - start
    place = proof.first_wrong
    suggestions = place.suggestions if place else ()
    right_line = place is not None and place.line == variant.line
    repaired = right_line and bool(suggestions) and repairs(variant.text, proof, suggestions[0])
    got = f"{proof.verdict} {place.line if place else ''}"
    got += f"; {suggestions[0].found} -> {suggestions[0].repair}" if suggestions else ""
    return Outcome(variant, seconds, proof.verdict is Verdict.WRONG, right_line, repaired, got)


def report(outcomes: Sequence[Outcome]) -> str:
    """The table, slips by how often each was planted, and every miss."""
    total = len(outcomes)
    lines = [f"{'planted slips':32} {total}"]
    for field, title in (
        ("detected", "detected"),
        ("line", "line right"),
        ("first_repair", "first suggestion right"),
    ):
        count = sum(getattr(outcome, field) for outcome in outcomes)
        lines.append(f"{title:32} {count} of {total} ({count / total:.1%})")
    times = sorted(outcome.seconds for outcome in outcomes)
    lines.append(f"{'seconds, median and worst':32} {times[total // 2]:.3f} {times[-1]:.3f}")
    planted = Counter(outcome.variant.slip for outcome in outcomes)
    repaired = Counter(outcome.variant.slip for outcome in outcomes if outcome.first_repair)
    lines += [f"  {name:30} {repaired[name]} of {count}" for name, count in sorted(planted.items())]
    for outcome in outcomes:
        if not outcome.first_repair:
            one = outcome.variant
            lines.append(f"  {one.name}:{one.line} [{one.slip}] {one.planted}; got {outcome.note}")
    return "\n".join(lines)
