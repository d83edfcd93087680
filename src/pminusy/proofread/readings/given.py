"""Lines that a page gives without claim, put into the lines that follow: after `Ax = b`, b is Ax."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from pminusy.proofread.checking.compare import compare
from pminusy.proofread.checking.views import View
from pminusy.proofread.meaning.lines.scopes import scoped
from pminusy.proofread.meaning.model.model import Model
from pminusy.proofread.meaning.names.definitions import Meaning, defined_by
from pminusy.proofread.meaning.names.letters import free_letters
from pminusy.proofread.proof import Step, StepVerdict
from pminusy.proofread.source.page import Chain, Page
from pminusy.proofread.syntax.tree import Number, Symbol, is_literal

MOST_GIVEN = 8  # lines that a step is tried with, the nearest


@dataclass(frozen=True)
class Given:
    """What a name is by a line that the page gives, and where that line stands."""

    meaning: Meaning
    start: int


def by_given_lines(
    page: Page, pairs: Sequence[tuple[Step, View]], equations: Sequence[Chain]
) -> list[tuple[Step, View]]:
    """The steps with their views; one that fails holds if it does with a name put in from an earlier equation."""
    return [(_by_one(step, view, page, equations), view) for step, view in pairs]


def _by_one(step: Step, view: View, page: Page, equations: Sequence[Chain]) -> Step:
    left, right = step.lhs_tree, step.rhs_tree
    if step.verdict is not StepVerdict.FAILS or left is None or right is None:
        return step
    model = view.model.given(view.claim.given)
    for given in _nearest(step, model, page, equations):
        with_it = model.given({given.meaning.family: given.meaning})
        if compare(with_it, left, right, view.claim.condition, view.stated_at(step.span.start), view.layout):
            line = page.line_of(given.start)[0]
            return replace(
                step, verdict=StepVerdict.HOLDS, witness=None, rests_on=(f"by the equation in line {line}",)
            )
    return step


def _nearest(step: Step, model: Model, page: Page, equations: Sequence[Chain]) -> Iterator[Given]:
    before = [c for c in equations if c.members[-1].span.end < step.span.start]
    same = [c for c in before if page.section(c.span.start) == page.section(step.span.start)]
    for chain in sorted(same, key=lambda chain: -chain.span.start)[:MOST_GIVEN]:
        yield from _given_by(chain, model)


def _given_by(chain: Chain, model: Model) -> Iterator[Given]:
    r"""What a free name on one side of an equation is by the other side."""
    trees = [member.tree for member in chain.members[-2:]]
    for name, other in (trees, trees[::-1]):
        if not isinstance(name, Symbol) or other is None or other == Number("0") or is_literal(name):
            continue
        meaning = defined_by(name, other, model.families)
        if meaning is None or meaning.family in model.definitions or meaning.arguments:
            continue
        if free_letters(other, model.families) <= set(meaning.parameters):
            yield Given(replace(meaning, body=scoped(meaning.body, name)), chain.span.start)
