"""What was found on a page, as a proof."""

from __future__ import annotations

from collections.abc import Iterable

from pminusy.proofread.checking.compare import compare
from pminusy.proofread.checking.ladder import ladder
from pminusy.proofread.meaning.lines.classified import Classified
from pminusy.proofread.proof import Definition, FinalAnswer, Proof, Step, StepVerdict, Verdict
from pminusy.proofread.readings.check import Checked
from pminusy.proofread.source.page import Aside, Chain, Member, Page


def as_proof(checked: Checked) -> Proof:
    """The result without repairs."""
    assumptions = tuple(dict.fromkeys(step.assumption for step in checked.steps if step.assumption))
    verdict = verdict_on(checked.steps)
    return Proof(
        text=checked.page.text,
        verdict=verdict,
        assumptions=assumptions if verdict is Verdict.CORRECT_IF else (),
        definitions=definitions_of(checked.page, checked.found),
        steps=checked.steps,
        first_wrong=None,
        final_answer=final_answer(checked),
        notes=tuple(_note(checked.page, aside) for aside in _in_order(checked.asides)),
    )


def verdict_on(steps: tuple[Step, ...]) -> Verdict:
    """The verdict that the steps add up to."""
    verdicts = {step.verdict for step in steps}
    if StepVerdict.FAILS in verdicts:
        return Verdict.WRONG
    if StepVerdict.UNDECIDED in verdicts or not steps:
        return Verdict.UNDECIDED
    return Verdict.CORRECT_IF if StepVerdict.HOLDS_IF in verdicts else Verdict.CORRECT


def final_answer(checked: Checked) -> FinalAnswer | None:
    """The last member of the chain that answers the page, held against the left side of that chain."""
    if not checked.steps:
        return None
    number = _answering(checked)
    view = checked.views[number]
    own = [step for step in checked.steps if step.chain == number]
    latex, tree = own[-1].rhs, own[-1].rhs_tree
    if all(step.holds for step in own):
        needed = dict.fromkeys(step.assumption for step in own if step.assumption)
        return FinalAnswer(latex, True, " and ".join(needed) or None, tree=tree, chain=number)
    first = view.claim.members[0].tree
    if tree is None or first is None:
        return FinalAnswer(latex, None, chain=number)
    model, condition = view.model.given(view.claim.given), view.claim.condition
    outcome = compare(model, first, tree, condition, (), view.layout)
    if outcome.equal is not False:
        return FinalAnswer(latex, outcome.equal, tree=tree, chain=number)
    for assumptions in ladder(model, first, tree, view.stated_at(view.claim.chain.span.start)):
        if compare(model, first, tree, condition, assumptions, view.layout):
            return FinalAnswer(latex, True, " and ".join(map(str, assumptions)), tree=tree, chain=number)
    fails = any(step.verdict is StepVerdict.FAILS for step in checked.steps)
    return FinalAnswer(latex, False if fails else None, tree=tree, chain=number)


def _answering(checked: Checked) -> int:
    """The chain that answers the page's question: the last display about what several of them begin with, or the last.

    What a thread goes on to explain behind that is no answer, nor is a remark in the running text. Cases of one
    quantity, each with its condition, are parts of something, not the same question again.
    """
    numbers = list(dict.fromkeys(step.chain for step in checked.steps))
    shown = [n for n in numbers if checked.views[n].claim.chain.display] or numbers
    claims = {n: checked.views[n].claim for n in shown}
    about = {n: (claim.chain.members[0].tree, claim.condition) for n, claim in claims.items()}
    asked = [n for n in shown if about[n][0] is not None and list(about.values()).count(about[n]) > 1]
    return (asked or shown)[-1]


def definitions_of(page: Page, found: Classified) -> tuple[Definition, ...]:
    """The lines that were taken as definitions."""
    return tuple(_definition(page, chain) for chain in found.defining)


def _definition(page: Page, chain: Chain) -> Definition:
    left, right = chain.members[0], chain.members[1]
    assert left.tree is not None
    assert right.tree is not None
    start = left.span.start
    line = page.line_of(start)[0] if start < page.length else 0
    return Definition(line, _as_written(page, left, right), (left.tree, right.tree))


def _as_written(page: Page, left: Member, right: Member) -> str:
    """Two sides with what is between them; of lists, `(a, b) = (0, 1)`, only the two entries."""
    between = page.text[left.span.end : right.span.start]
    if "," in between:
        sides = (page.text[side.span.start : side.span.end] for side in (left, right))
        return " = ".join(sides)
    return page.text[left.span.start : right.span.end]


def _in_order(asides: Iterable[Aside]) -> list[Aside]:
    return sorted(set(asides), key=lambda aside: aside.span.start)


def _note(page: Page, aside: Aside) -> str:
    """What was set aside and why, with its line; what was given beside the text has none."""
    latex = " ".join(page.text[aside.span.start : aside.span.end].split())
    place = f"line {page.line_of(aside.span.start)[0]}: " if aside.span.start < page.length else ""
    return f"{place}{latex} was not checked: {aside.reason}"
