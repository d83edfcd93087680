"""A proof whose steps know how to look for their reasons."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property

from pminusy.errors import PminusyError
from pminusy.proofread.checking.compare import INTERNAL, compare
from pminusy.proofread.checking.views import View
from pminusy.proofread.meaning.lines.assumptions import Assumption, read_assumption
from pminusy.proofread.meaning.model.model import Model
from pminusy.proofread.meaning.names.definitions import defined_by
from pminusy.proofread.proof import Proof, Reason, Step
from pminusy.proofread.readings.check import Checked
from pminusy.proofread.rules.reason import Explainer
from pminusy.proofread.rules.setting import Known, Setting
from pminusy.proofread.syntax.tree import Node

_JOINT = " and "


def with_reasons(proof: Proof, checked: Checked) -> Proof:
    """The proof with steps whose `why` looks for reasons in the reading in which they hold."""
    steps = tuple(
        replace(step, explain=Why(step, proof, checked)) if step.holds else step for step in proof.steps
    )
    return replace(proof, steps=steps)


@dataclass(frozen=True, eq=False)
class Why:
    """Looks for the reasons of one step, once."""

    step: Step
    proof: Proof
    checked: Checked

    def __call__(self) -> tuple[Reason, ...]:
        """The reasons; none where no way is found."""
        return self._reasons

    @cached_property
    def _reasons(self) -> tuple[Reason, ...]:
        step = self.step
        if step.lhs_tree is None or step.rhs_tree is None:
            return ()
        try:
            found = Explainer(self.setting).reasons(step.lhs_tree, step.rhs_tree)
        except (PminusyError, *INTERNAL):
            return ()
        return (*found[:-1], *(replace(last, latex=step.rhs.strip()) for last in found[-1:]))

    @cached_property
    def setting(self) -> Setting:
        """What the rules may know of the page."""
        view = self.checked.view_of(self.step)
        model = view.model.given(view.claim.given)
        condition = self._condition(view, model)
        families = model.families
        lines: dict[str, int] = {}
        for definition in self.proof.definitions:
            meaning = defined_by(*definition.tree, families)
            if meaning is not None:
                lines.setdefault(meaning.family, definition.line)
        known = tuple(
            Known(other.line, other.lhs_tree, other.rhs_tree)
            for other in self.proof.steps
            if other.holds and other.span.start < self.step.span.start and other.lhs_tree and other.rhs_tree
        )
        line = self.checked.page.line_of(self.step.span.start)[0]
        defined = [Known(d.line, *d.tree) for d in self.proof.definitions if d.line < line]
        equations = tuple(sorted([*defined, *known], key=lambda each: each.line))
        alone = len(view.claim.members) == 2
        return Setting(model, condition, self._assumptions(), view.layout, lines, known, equations, alone)

    def _condition(self, view: View, model: Model) -> Node | None:
        """The condition of the step; none where it leaves no index values, as where a page lists both cases."""
        condition = view.claim.condition
        left, right = self.step.lhs_tree, self.step.rhs_tree
        if condition is None or left is None or right is None:
            return condition
        outcome = compare(model, left, right, condition, self._assumptions(), view.layout, 1)
        return None if outcome.equal is None else condition

    def _assumptions(self) -> tuple[Assumption, ...]:
        if not self.step.assumption:
            return ()
        return tuple(read_assumption(each) for each in self.step.assumption.split(_JOINT))
