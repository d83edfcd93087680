"""The first wrong step as the search for its repair sees it: two trees, what comes later, and a test for equality."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property

from pminusy.proofread.checking.compare import Comparison, compare
from pminusy.proofread.checking.ladder import reached_families
from pminusy.proofread.checking.views import View
from pminusy.proofread.meaning.lines.assumptions import Assumption
from pminusy.proofread.meaning.model.model import Model
from pminusy.proofread.meaning.names.letters import free_letters
from pminusy.proofread.proof import Step
from pminusy.proofread.readings.check import Checked
from pminusy.proofread.rules.setting import Setting
from pminusy.proofread.syntax.tree import Node, Symbol


@dataclass(frozen=True)
class Agreement:
    """Whether two sides agree, and the weakest assumption that they need for it."""

    comparison: Comparison
    assumption: str | None = None

    def __bool__(self) -> bool:
        return bool(self.comparison)


@dataclass(frozen=True)
class Problem:
    """A step that fails.

    Attributes
    ----------
    text : str
        The page.
    left, right : Node
        The two sides that differ; `right` is the one to repair.
    start : Node
        The left side of the whole chain.
    later : tuple of Node
        The members of the chain after `right`.
    condition : Node or None
        What restricts the indices, such as i ≠ k.
    """

    checked: Checked
    view: View
    step: Step
    model: Model
    left: Node
    right: Node
    start: Node
    later: tuple[Node, ...]
    condition: Node | None

    def turned(self) -> Problem | None:
        """The problem with its sides exchanged, to repair the left one; None where earlier lines lead to that."""
        first = next((member for member in self.view.claim.members if member.tree == self.left), None)
        if first is None or any(step.holds and step.rhs_tree == self.left for step in self._chain):
            return None
        step = self.step
        turned = replace(
            step, span=first.span, lhs=step.rhs, rhs=step.lhs, lhs_tree=self.right, rhs_tree=self.left
        )
        return replace(self, step=turned, left=self.right, right=self.left, start=self.right, later=())

    @property
    def _chain(self) -> tuple[Step, ...]:
        return tuple(step for step in self.checked.steps if step.chain == self.step.chain)

    @cached_property
    def setting(self) -> Setting:
        """What rules may know about the step."""
        return Setting(self.model, self.condition, self.stated, self.view.layout)

    @property
    def text(self) -> str:
        """The page."""
        return self.checked.page.text

    @property
    def stated(self) -> tuple[Assumption, ...]:
        """The assumptions that the text states for the step."""
        return self.view.stated_at(self.step.span.start)

    @property
    def letters(self) -> tuple[str, ...]:
        """Index letters that are free on either side, sorted: what an index may be swapped for."""
        sides = (self.left, self.right, self.start)
        return tuple(
            sorted(frozenset[str]().union(*(free_letters(side, self.model.families) for side in sides)))
        )

    @property
    def families(self) -> tuple[str, ...]:
        """Names of the quantities that the two sides contain or depend on, sorted."""
        return tuple(sorted(reached_families(self.model, (self.left, self.right))))

    def definition_of(self, symbol: Symbol) -> Node | None:
        """What a symbol is defined as, in the definition's own indices."""
        meaning = self.model.definitions.get(self.model.families.resolve(symbol)[0])
        return None if meaning is None else meaning.body

    def equal(self, a: Node, b: Node, thorough: bool = False) -> Agreement:
        """Whether two expressions agree under the step's condition: at one size, or at three."""
        trials = 3 if thorough else 1
        return Agreement(compare(self.model, a, b, self.condition, (), self.view.layout, trials))

    def line_of(self, at: int) -> tuple[int, int]:
        """Line (from 1) and offset in it of a character of the page."""
        return self.checked.page.line_of(at)


def problem_of(checked: Checked, step: Step) -> Problem | None:
    """A step that fails as a problem; None where a side of it was not read."""
    if step.lhs_tree is None or step.rhs_tree is None:
        return None
    view = checked.views[step.chain]
    claim = view.claim
    chain = [other for other in checked.steps if other.chain == step.chain]
    later = tuple(s.rhs_tree for s in chain if s.rhs_tree is not None and s.span.start > step.span.start)
    start = claim.members[0].tree
    return Problem(
        checked,
        view,
        step,
        view.model.given(claim.given),
        step.lhs_tree,
        step.rhs_tree,
        step.lhs_tree if start is None else start,
        later,
        claim.condition,
    )
