"""Why a line follows: rules with sentences and the lines left out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from pminusy.proofread.checking.compare import compare
from pminusy.proofread.proof import Reason
from pminusy.proofread.rules.catalogue import RULES
from pminusy.proofread.rules.chains import worked_out
from pminusy.proofread.rules.keys import Keys
from pminusy.proofread.rules.moves import Applied
from pminusy.proofread.rules.search import MOST_MEETINGS, Search, State
from pminusy.proofread.rules.setting import Setting
from pminusy.proofread.rules.tidy import Tidy
from pminusy.proofread.syntax.latex import to_latex
from pminusy.proofread.syntax.tree import Node

LONGEST = 140  # characters of a formula in a sentence
MOST_LINES = 9
REARRANGING = tuple(rule for rule in RULES if rule.rearranges)
OTHERS = tuple(rule for rule in RULES if not rule.rearranges)


@dataclass(frozen=True)
class Line:
    """A formula on the way, and the rule that leads to it."""

    rule: str
    sentence: str
    tree: Node


@dataclass
class Explainer:
    """Looks for the reasons of steps in one setting."""

    setting: Setting

    def __post_init__(self) -> None:
        self.keys = Keys(self.setting)
        self.tidy = Tidy()

    def reasons(self, left: Node, right: Node) -> tuple[Reason, ...]:
        """The rules that lead from one line to the next; none where no way is found."""
        goal, left, right = right, self.tidy(left), self.tidy(right)
        lines = self._plain(left, right) or self._by_search(left, right)
        if lines:
            lines[-1] = replace(lines[-1], tree=goal)
        return tuple(Reason(line.rule, line.sentence, to_latex(line.tree), line.tree) for line in lines)

    def _plain(self, left: Node, right: Node) -> list[Line]:
        if left == right:
            return [Line("unchanged", "Nothing changes.", right)]
        if self.keys.shape(left) == self.keys.shape(right):
            return [Line("reorder", "Only the order, the signs or the notation changes.", right)]
        return []

    def _by_search(self, left: Node, right: Node) -> list[Line]:
        search = Search(self.keys, OTHERS, self.keys.algebra, 24, self.tidy, self._worked_out)
        for n, (one, other) in enumerate(search.meetings(left, right)):
            lines = self._lines(one, other)
            if self._verified(left, lines):
                return lines
            if n >= MOST_MEETINGS:
                break
        return []

    def _worked_out(self, tree: Node) -> list[Applied]:
        return worked_out(tree, self.setting, self.tidy)

    def _lines(self, one: State, other: State) -> list[Line]:
        lines: list[Line] = []
        here = one.trail()[0].tree
        for state in one.trail()[1:]:
            lines += self._applied(state, lines[-1].tree if lines else here)
        last = lines[-1].tree if lines else here
        lines += self._rearranged(last, other.tree)
        for state in reversed(other.trail()[1:]):
            applied = state.by
            assert applied is not None and state.parent is not None
            lines.append(Line(applied.rule.back, sentence_of(applied, backwards=True), state.parent.tree))
        return lines

    def _applied(self, state: State, before: Node) -> list[Line]:
        applied = state.by
        assert applied is not None
        return [Line(applied.rule.name, sentence_of(applied), applied.tree)]

    def _rearranged(self, start: Node, goal: Node) -> list[Line]:
        """The steps between two formulas that differ by arithmetic only."""
        if self.keys.shape(start) == self.keys.shape(goal):
            return []
        search = Search(self.keys, REARRANGING, self.keys.shape, 12, self.tidy, expands=False)
        for one, other in search.meetings(start, goal):
            lines = [Line(s.by.rule.name, sentence_of(s.by), s.tree) for s in one.trail()[1:] if s.by]
            for state in reversed(other.trail()[1:]):
                assert state.by is not None and state.parent is not None
                lines.append(Line(state.by.rule.back, sentence_of(state.by, True), state.parent.tree))
            return lines
        return [Line("rearrange", "Multiplied out, collected and cancelled, both are the same.", goal)]

    def _verified(self, left: Node, lines: list[Line]) -> bool:
        """Whether each line equals the one before it at all points tried."""
        setting = self.setting
        before = left
        for line in lines:
            if line.tree != before and not compare(
                setting.model, before, line.tree, setting.condition, setting.assumptions, setting.layout, 1
            ):
                return False
            before = line.tree
        return True


def sentence_of(applied: Applied, backwards: bool = False) -> str:
    """The sentence of a rule with the formula that it is about."""
    one, other = (applied.after, applied.before) if backwards else (applied.before, applied.after)
    formula = f"{to_latex(one)} = {to_latex(other)}"
    return f"{applied.sentence}: ${formula}$." if len(formula) <= LONGEST else f"{applied.sentence}."
