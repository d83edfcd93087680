"""Lines that say again what a chain has derived: "hence E² = E" behind E² = … = E."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

from pminusy.proofread.checking.views import View
from pminusy.proofread.proof import Step, StepVerdict
from pminusy.proofread.source.page import Chain, Page
from pminusy.proofread.syntax.tree import Span


def restated(page: Page, pairs: Sequence[tuple[Step, View]]) -> list[tuple[Step, View]]:
    """The steps with their views; one that fails holds if a chain has both its sides and all between them holds."""
    holds = {step.span: step.holds for step, _ in pairs}
    return [(_by_chain(step, page, holds), view) for step, view in pairs]


def _by_chain(step: Step, page: Page, holds: Mapping[Span, bool]) -> Step:
    if step.verdict is not StepVerdict.FAILS or step.lhs_tree is None or step.rhs_tree is None:
        return step
    for chain in page.chains:
        known = [holds[span] for span in _between(step, chain) if span in holds]
        if known and all(known):
            line = page.line_of(chain.span.start)[0]
            return replace(
                step,
                verdict=StepVerdict.HOLDS,
                witness=None,
                rests_on=(f"follows from the steps starting at line {line}",),
            )
    return step


def _between(step: Step, chain: Chain) -> list[Span]:
    """The places of the members that lead from one side of a step to the other, in a chain of more than two."""
    trees = [member.tree for member in chain.members]
    if len(trees) < 3 or step.lhs_tree not in trees or step.rhs_tree not in trees:
        return []
    first, last = sorted((trees.index(step.lhs_tree), trees.index(step.rhs_tree)))
    return [after.span for _, after in list(pairwise(chain.members))[first:last]]
