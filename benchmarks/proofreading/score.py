"""One case proofread and held against what is known of it."""

from __future__ import annotations

import re
import time
from dataclasses import dataclass

from benchmarks.proofreading.cases import Case
from pminusy.proofread import proofread
from pminusy.proofread.proof import Proof, StepVerdict, Suggestion, Verdict
from pminusy.proofread.readings.check import check
from pminusy.proofread.source.reader import read_page
from pminusy.proofread.syntax.tree import Derivative


@dataclass(frozen=True)
class Score:
    """What came out right; None where the case does not ask for it."""

    name: str
    seconds: float
    parsed: bool
    verdict: bool
    line: bool | None
    first_repair: bool | None
    any_repair: bool | None
    assumption: bool | None
    false_alarm: bool
    note: str


def score(case: Case) -> Score:
    """Proofread one case."""
    start = time.perf_counter()
    proof = proofread(case.text)
    seconds = time.perf_counter() - start
    wrong = case.verdict == "wrong"
    repairs = _judged(case, proof) if wrong else []
    line = None if proof.first_wrong is None else proof.first_wrong.line
    return Score(
        name=case.name,
        seconds=seconds,
        parsed=not any(step.rhs_tree is None or step.lhs_tree is None for step in proof.steps)
        and bool(proof.steps),
        verdict=proof.verdict == case.verdict,
        line=line == case.line if wrong else None,
        first_repair=bool(repairs[:1] and repairs[0]) if wrong else None,
        any_repair=any(repairs) if wrong else None,
        assumption=_same_assumption(case, proof) if case.assumption else None,
        false_alarm=not wrong and proof.verdict is Verdict.WRONG,
        note=_note(case, proof, line),
    )


def _note(case: Case, proof: Proof, line: int | None) -> str:
    wanted = f"{case.verdict} {case.line or ''} {case.assumption or ''}".strip()
    got = f"{proof.verdict} {line or ''} {', '.join(proof.assumptions)}".strip()
    reasons = [step.reason for step in proof.steps if step.verdict is StepVerdict.UNDECIDED and step.reason]
    suggestions = proof.first_wrong.suggestions if proof.first_wrong else ()
    repair = f"; {suggestions[0].found} -> {suggestions[0].repair}" if suggestions else ""
    return f"wanted {wanted}; got {got}" + (f"; {reasons[0]}" if reasons else "") + repair


def _same_assumption(case: Case, proof: Proof) -> bool:
    return _bare(case.assumption or "") in [_bare(assumption) for assumption in proof.assumptions]


def _bare(assumption: str) -> str:
    """An assumption without the marks that its writers vary: indices, hyphens, backslashes, blanks."""
    text = re.sub(r"_\{?\w\}?", "", assumption)
    return re.sub(r"[-\\\s]", "", text)


def _judged(case: Case, proof: Proof) -> list[bool]:
    """For each suggestion whether it repairs the step: put into the text, the line reads right."""
    if proof.first_wrong is None or proof.first_wrong.line != case.line:
        return []
    return [repairs(case.text, proof, suggestion) for suggestion in proof.first_wrong.suggestions]


def repairs(text: str, proof: Proof, suggestion: Suggestion) -> bool:
    """Whether the step holds once a suggestion stands in the text.

    A copy of the derivative that stood before it repairs nothing.
    """
    place = proof.first_wrong
    assert place is not None
    wrong = proof.steps[place.step]
    if wrong.lhs_tree is None or (
        isinstance(suggestion.repaired_tree, Derivative) and wrong.lhs_tree == suggestion.repaired_tree
    ):
        return False
    lines = text.split("\n")
    line = lines[place.line - 1]
    if line[suggestion.start : suggestion.end] != suggestion.found:
        return False
    lines[place.line - 1] = f"{line[: suggestion.start]} {suggestion.repair} {line[suggestion.end :]}"
    steps = check(read_page("\n".join(lines))).steps
    if len(steps) <= place.step:
        return False
    step = steps[place.step]
    return step.holds and (step.lhs_tree == wrong.lhs_tree or step.rhs_tree == wrong.rhs_tree)
