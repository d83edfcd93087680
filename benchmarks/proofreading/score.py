"""One case proofread and held against what is known of it."""

from __future__ import annotations

import re
import time
from dataclasses import dataclass

from benchmarks.proofreading.cases import Case
from pminusy.proofread import proofread
from pminusy.proofread.checking.check import check
from pminusy.proofread.checking.problem import Problem, first_problem
from pminusy.proofread.proof import Proof, StepVerdict, Suggestion, Verdict
from pminusy.proofread.source.page import read_page
from pminusy.proofread.syntax.tree import Node


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
    """For each suggestion whether it equals a known repair in value, at the right place."""
    if proof.first_wrong is None or proof.first_wrong.line != case.line:
        return []
    problem = first_problem(check(read_page(case.text)))
    if problem is None:
        return []
    targets = [tree for pair in case.repairs if (tree := _repaired(case, pair, problem)) is not None]
    return [_matches(suggestion, targets, problem) for suggestion in proof.first_wrong.suggestions]


def _matches(suggestion: Suggestion, targets: list[Node], problem: Problem) -> bool:
    return any(problem.equal(suggestion.repaired_tree, target, thorough=True) for target in targets)


def _repaired(case: Case, pair: tuple[str, str], problem: Problem) -> Node | None:
    """The right side with a known repair put into the text."""
    found, repair = pair
    lines = case.text.splitlines(keepends=True)
    assert case.line is not None
    number, start = problem.line_of(problem.step.span.start)
    line = lines[number - 1]
    from_here = line[:start] + line[start:].replace(found, f" {repair} ", 1)
    if from_here == line:
        from_here = line.replace(found, f" {repair} ", 1)
    lines[number - 1] = from_here
    checked = check(read_page("".join(lines)))
    for step in checked.steps:
        if step.line == problem.step.line and step.span.start == problem.step.span.start:
            return step.rhs_tree
    return None
