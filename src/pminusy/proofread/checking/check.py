"""A whole page checked: its steps, its first wrong one, its final answer."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from pminusy.proofread.checking.compare import compare
from pminusy.proofread.checking.environment import Layout
from pminusy.proofread.checking.ladder import ladder
from pminusy.proofread.checking.steps import Checker, check_claim
from pminusy.proofread.meaning.lines.assumptions import (
    Assumption,
    Stated,
    counting,
    in_words,
    stated_membership,
)
from pminusy.proofread.meaning.lines.classify import Claim, Classified
from pminusy.proofread.meaning.model.build import build_model
from pminusy.proofread.meaning.model.model import Model
from pminusy.proofread.proof import Definition, FinalAnswer, Proof, Step, StepVerdict, Verdict
from pminusy.proofread.source.page import Aside, Chain, Page
from pminusy.proofread.syntax.tokens import Unreadable
from pminusy.proofread.syntax.tree import NOWHERE, Derivative, walk

MOST_STEPS = 200
LAYOUTS = (Layout(), Layout("row", "numerator"), Layout("column", "denominator"))


@dataclass(frozen=True)
class Checked:
    """A page with its model and steps, before repairs are sought."""

    page: Page
    model: Model
    found: Classified
    layout: Layout
    stated: tuple[Stated, ...]
    steps: tuple[Step, ...]
    asides: tuple[Aside, ...]

    def stated_at(self, at: int) -> tuple[Assumption, ...]:
        """The assumptions that the text states for what stands at a character."""
        return counting(self.stated, at)


def check(page: Page, assume: tuple[Assumption, ...] = ()) -> Checked:
    """Check every chain of a page, in the layout of derivatives that fits it best."""
    model, found = build_model(page)
    members = [stated_membership(relation, model.families) for relation in page.memberships]
    everywhere = (*assume, *(m for m in members if m is not None), *in_words(page.text))
    stated = (*map(Stated, everywhere), *found.stated)
    best: Checked | None = None
    for layout in _layouts(page.text) if _vector_derivatives(model) else LAYOUTS[:1]:
        checker = Checker(page, model, stated, layout)
        steps = _all_steps(checker, found.claims)
        asides = (*page.asides, *found.asides, *checker.asides)
        checked = Checked(page, model, found, layout, stated, steps, asides)
        if best is None or _badness(steps) < _badness(best.steps):
            best = checked
        if not _badness(steps):
            break
    assert best is not None
    return best


def _all_steps(checker: Checker, claims: list[Claim]) -> tuple[Step, ...]:
    """The steps of all chains; beyond the first few hundred, they are not decided."""
    steps: list[Step] = []
    for number, claim in enumerate(claims):
        room = MOST_STEPS - len(steps)
        steps += check_claim(checker, claim if len(claim.members) <= room else _cut(claim, room), number)
    return tuple(steps)


def _cut(claim: Claim, room: int) -> Claim:
    """The chain with its members unread from some number on."""
    reason = Unreadable(f"the page has more than {MOST_STEPS} steps", NOWHERE)
    cut = [replace(member, tree=None, error=reason) for member in claim.members[max(room, 0) :]]
    return replace(claim, members=[*claim.members[: max(room, 0)], *cut])


def _layouts(text: str) -> tuple[Layout, ...]:
    """The layouts to try: the one that the text names, or all."""
    if re.search(r"denominator[- ]layout|the shape of", text, re.IGNORECASE):
        return (LAYOUTS[0], LAYOUTS[2])
    if re.search(r"numerator[- ]layout", text, re.IGNORECASE):
        return (replace(LAYOUTS[1], matrix="numerator"),)
    return LAYOUTS


def _vector_derivatives(model: Model) -> bool:
    return any(rank > 0 for rank in model.shapes.ranks.values()) and any(
        isinstance(node, Derivative) for tree in model.trees for node in walk(tree)
    )


def _badness(steps: tuple[Step, ...]) -> int:
    return sum(step.verdict in (StepVerdict.FAILS, StepVerdict.UNDECIDED) for step in steps)


def verdict_on(steps: tuple[Step, ...]) -> Verdict:
    """The verdict that the steps add up to."""
    verdicts = {step.verdict for step in steps}
    if StepVerdict.FAILS in verdicts:
        return Verdict.WRONG
    if StepVerdict.UNDECIDED in verdicts or not steps:
        return Verdict.UNDECIDED
    return Verdict.CORRECT_IF if StepVerdict.HOLDS_IF in verdicts else Verdict.CORRECT


def final_answer(checked: Checked) -> FinalAnswer | None:
    """The last member of the last chain, held against the left side of that chain."""
    claims = [claim for claim in checked.found.claims if len(claim.members) > 1]
    if not claims:
        return None
    claim = claims[-1]
    last = claim.members[-1]
    latex = checked.page.text[last.span.start : last.span.end]
    first = claim.members[0].tree
    own = [step for step in checked.steps if step.chain == checked.found.claims.index(claim)]
    tree = own[-1].rhs_tree if own else last.tree
    if tree is None or first is None:
        return FinalAnswer(latex, None)
    model = checked.model.given(claim.given)
    outcome = compare(model, first, tree, claim.condition, (), checked.layout)
    if outcome.equal is not False:
        return FinalAnswer(latex, outcome.equal, tree=tree)
    for assumptions in ladder(model, first, tree, checked.stated_at(claim.chain.span.start)):
        if compare(model, first, tree, claim.condition, assumptions, checked.layout):
            return FinalAnswer(latex, True, " and ".join(map(str, assumptions)), tree=tree)
    return FinalAnswer(latex, False, tree=tree)


def definitions_of(checked: Checked) -> tuple[Definition, ...]:
    """The lines that were taken as definitions."""
    return tuple(_definition(checked.page, chain) for chain in checked.found.defining)


def _definition(page: Page, chain: Chain) -> Definition:
    left, right = chain.members[0], chain.members[1]
    assert left.tree is not None
    assert right.tree is not None
    start = left.span.start
    line = page.line_of(start)[0] if start < page.length else 0
    return Definition(line, page.text[start : right.span.end], (left.tree, right.tree))


def as_proof(checked: Checked) -> Proof:
    """The result without repairs."""
    assumptions = tuple(dict.fromkeys(step.assumption for step in checked.steps if step.assumption))
    verdict = verdict_on(checked.steps)
    return Proof(
        text=checked.page.text,
        verdict=verdict,
        assumptions=assumptions if verdict is Verdict.CORRECT_IF else (),
        definitions=definitions_of(checked),
        steps=checked.steps,
        first_wrong=None,
        final_answer=final_answer(checked),
        notes=tuple(_note(checked.page, aside) for aside in _in_order(checked.asides)),
    )


def _in_order(asides: Iterable[Aside]) -> list[Aside]:
    return sorted(set(asides), key=lambda aside: aside.span.start)


def _note(page: Page, aside: Aside) -> str:
    """What was set aside and why, with its line; what was given beside the text has none."""
    latex = " ".join(page.text[aside.span.start : aside.span.end].split())
    place = f"line {page.line_of(aside.span.start)[0]}: " if aside.span.start < page.length else ""
    return f"{place}{latex} is not checked: {aside.reason}"


def claim_of(checked: Checked, step: Step) -> Claim:
    """The chain that a step belongs to."""
    return checked.found.claims[step.chain]
