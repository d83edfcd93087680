"""Why a line follows: rules with sentences and the lines left out."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from pminusy.proofread.checking.compare import Comparison, compare
from pminusy.proofread.meaning.names.definitions import main_symbols
from pminusy.proofread.proof import Reason
from pminusy.proofread.rules.catalogue import RULES
from pminusy.proofread.rules.chains import worked_out
from pminusy.proofread.rules.equations import Equations
from pminusy.proofread.rules.families import names, powers, reversed_chain, sums
from pminusy.proofread.rules.integrated import integrated
from pminusy.proofread.rules.integration import recognised
from pminusy.proofread.rules.keys import Keys
from pminusy.proofread.rules.lines import (
    JOINT,
    REARRANGED,
    Line,
    backwards,
    forwards,
    line_of,
    shortened,
    worked_out_there,
)
from pminusy.proofread.rules.moves import Applied
from pminusy.proofread.rules.narrowing import narrowed
from pminusy.proofread.rules.rule import Rule
from pminusy.proofread.rules.search import MOST_MEETINGS, Search, State
from pminusy.proofread.rules.setting import Known, Setting
from pminusy.proofread.rules.term_by_term import TermByTerm
from pminusy.proofread.rules.tidy import Tidy
from pminusy.proofread.rules.words import tex
from pminusy.proofread.syntax.latex import to_latex
from pminusy.proofread.syntax.tree import Cases, Derivative, Fold, Integral, Node, Relation, is_literal, walk

MOST_STATES, MOST_BETWEEN = 20, 12  # formulas that are expanded at each end
MOST_IN_ALL = 1600  # formulas that the searches for one step make
MOST_STEPS = 2  # from the equation directly before
EARLIER = "earlier line put in"
SUMMED = "Constants taken out of the sums, deltas contracted and like terms collected, both are the same."
REARRANGING = tuple(rule for rule in RULES if rule.rearranges)
OTHERS = (
    *(rule for rule in RULES if not rule.rearranges and rule not in reversed_chain.RULES),
    *powers.RULES,
)


@dataclass
class Explainer:
    """Looks for the reasons of steps in one setting."""

    setting: Setting

    def __post_init__(self) -> None:
        self.tidy = Tidy()
        self.allowance = MOST_IN_ALL

    def reasons(self, left: Node, right: Node) -> tuple[Reason, ...]:
        """The rules that lead from one line to the next; none where no way is found."""
        goal, left, right = right, self.tidy(left), self.tidy(right)
        self.keys = Keys(self.setting, left, right)
        lines = (
            self._by_cases(left, right)
            or self._following(left, right)
            or self._way(left, right)
            or self._from_earlier(left, right)
        )
        lines = shortened(lines)
        if lines:
            lines[-1] = replace(lines[-1], tree=goal)
        return tuple(Reason(line.rule, line.sentence, to_latex(line.tree), line.tree) for line in lines)

    def _by_cases(self, left: Node, right: Node) -> list[Line]:
        """The way to each of several cases under its condition."""
        if not isinstance(right, Cases) or isinstance(left, Cases):
            return []
        lines: list[Line] = []
        conditions = [branch.condition for branch in right.branches]
        for branch in right.branches:
            condition = branch.condition or _otherwise(conditions)
            if condition is None:
                return []
            inner = Explainer(replace(self.setting, condition=condition))
            inner.keys = Keys(inner.setting, left, branch.value)
            way = inner._way(left, branch.value)
            if not way:
                return []
            lines.append(Line("by cases", f"Where {tex(condition)}:", left))
            lines += way
        return lines

    def _following(self, left: Node, right: Node) -> list[Line]:
        """An equation of its own that follows from earlier ones in one step."""
        if not self.setting.stands_alone or self.keys.shape(left) == self.keys.shape(right):
            return []
        if lines := self._with_derivatives(left, right):
            return lines
        equations = Equations(self.keys, self.tidy, self.setting.equations)
        if (found := equations.follows(left, right)) is not None:
            return [Line(found.rule, found.sentence, right)]
        if lines := self._from_the_last(left, right):
            return lines
        found = equations.scaled(left, right)
        return [] if found is None else [Line(found.rule, found.sentence, right)]

    def _from_the_last(self, left: Node, right: Node) -> list[Line]:
        """The equation directly before with one side rewritten in a few steps."""
        for known in self.setting.equations[-1:]:
            for one, other in ((known.left, known.right), (known.right, known.left)):
                lines = self._with_one_side(known, one, other, left, right)
                if lines and len(lines) <= MOST_STEPS:
                    return lines
        return []

    def _with_derivatives(self, left: Node, right: Node) -> list[Line]:
        """The equation directly before with the derivatives of both sides worked out."""
        if not self.setting.equations:
            return []
        known = self.setting.equations[-1]
        chains = [self._worked_out(self.tidy(side)) for side in (known.left, known.right)]
        if not all(chains):
            return []
        sides = [self.keys.algebra(chain[-1].tree) for chain in chains]
        wanted = [self.keys.algebra(side) for side in (left, right)]
        if None in sides or sides not in (wanted, wanted[::-1]):
            return []
        rules = JOINT.join(dict.fromkeys(applied.rule.name for chain in chains for applied in chain))
        return [Line(rules, f"The derivatives in line {known.line} are worked out.", right)]

    def _from_earlier(self, left: Node, right: Node) -> list[Line]:
        """The right side from what an earlier line says of the left one."""
        for known in reversed(self.setting.equations if self.setting.stands_alone else ()):
            for one, other in ((known.left, known.right), (known.right, known.left)):
                if lines := self._with_one_side(known, one, other, left, right):
                    return lines
        return []

    def _with_one_side(self, known: Known, one: Node, other: Node, left: Node, right: Node) -> list[Line]:
        """The way from the other side of an earlier equation that has the same left side."""
        start = self.tidy(other)
        if self.keys.shape(self.tidy(one)) != self.keys.shape(left) or self._differ(left, start):
            return []
        lines = self._way(start, right)
        return [Line(EARLIER, f"As line {known.line} says.", start), *lines] if lines else []

    def _way(self, left: Node, right: Node) -> list[Line]:
        """The lines from one formula to another: what is known by its two ends first, then what a search finds."""
        return (
            self._at_once(left, right)
            or self._recognised(left, right)
            or self._term_by_term(left, right)
            or self._searched(left, right)
            or self._on_both_sides(left, right)
            or self._integrated(left, right)
        )

    def _by_rules(self, left: Node, right: Node) -> list[Line]:
        """The lines between two formulas with the same integrals."""
        return self._at_once(left, right) or self._numbers(left, right) or self._searched(left, right)

    def _at_once(self, left: Node, right: Node) -> list[Line]:
        if left == right:
            return [Line("unchanged", "Nothing changes.", right)]
        if self.keys.shape(left) == self.keys.shape(right):
            return [Line("reorder", "Only the order, the signs or the notation changes.", right)]
        return []

    def _searched(self, left: Node, right: Node) -> list[Line]:
        keys = self.keys
        search = Search(keys, OTHERS, keys.algebra, keys.meaning, MOST_STATES, self.tidy, self._worked_out)
        search.allowance = min(search.allowance, self.allowance)
        found: list[Line] = []
        for one, other in itertools.islice(search.meetings(left, right), MOST_MEETINGS):
            lines = self._lines(one, other)
            if self._verified(left, lines):
                found = lines
                break
        self.allowance -= search.made
        return found

    def _on_both_sides(self, left: Node, right: Node) -> list[Line]:
        """The derivatives of both sides worked out to the end, where they come to the same."""
        ours, theirs = self._worked_out(left), self._worked_out(right)
        if not ours and not theirs:
            return []
        one = ours[-1].tree if ours else left
        other = theirs[-1].tree if theirs else right
        value = self.keys.meaning(one)
        if value is None or value != self.keys.meaning(other):
            return []
        lines = [*map(line_of, ours), *self._between(one, other)]
        if theirs:
            lines.append(worked_out_there(right))
        return lines if self._verified(left, lines) else []

    def _integrated(self, left: Node, right: Node) -> list[Line]:
        """Integrals evaluated and the numbers worked out."""
        chain = integrated(left, self.setting, self.tidy)
        numbers = self._numbers(chain[-1].tree, right) if chain else []
        lines = [*map(line_of, chain), *numbers]
        return lines if numbers and self._verified(left, lines) else []

    def _recognised(self, left: Node, right: Node) -> list[Line]:
        """A step that is known by its two ends: numbers worked out, an integral by parts or by substitution."""
        if numbers := self._numbers(left, right):
            return numbers
        one, other, put = narrowed(left, right, self.keys)
        lines = recognised(one, other, self.keys, self._equal, self._by_rules)
        if not lines:
            lines = _turned(recognised(other, one, self.keys, self._equal, self._by_rules), other)
        whole = [replace(line, tree=put(line.tree)) for line in lines[:-1]]
        whole += [replace(line, tree=right) for line in lines[-1:]]
        # A single line was tested by its integrands; an antiderivative with another constant has no other test.
        return whole if len(whole) < 2 or self._verified(left, whole) else []

    def _numbers(self, left: Node, right: Node) -> list[Line]:
        """The line on which a number is worked out, where the two formulas differ in numbers only."""
        one, other, _ = narrowed(left, right, self.keys)
        if not _is_number(one) or not _is_number(other) or not self._equal(one, other):
            return []
        return [Line("work out numbers", f"${to_latex(one)} = {to_latex(other)}$.", right)]

    def _term_by_term(self, left: Node, right: Node) -> list[Line]:
        """Integrals among the terms that became others of the right side, each by itself, and then the rest."""
        lines = TermByTerm(self.keys, self.tidy, self._equal, self._by_rules)(left, right)
        return lines if self._verified(left, lines) else []

    def _equal(self, one: Node, other: Node) -> bool:
        return self._compared(one, other).equal is True

    def _differ(self, one: Node, other: Node) -> bool:
        return self._compared(one, other).equal is False

    def _compared(self, one: Node, other: Node) -> Comparison:
        setting = self.setting
        return compare(setting.model, one, other, setting.condition, setting.assumptions, setting.layout, 1)

    def _worked_out(self, tree: Node) -> list[Applied]:
        return worked_out(tree, self.setting, self.tidy)

    def _lines(self, one: State, other: State) -> list[Line]:
        """The lines by way of two states that mean the same."""
        return [*forwards(one), *self._between(one.tree, other.tree), *backwards(other)]

    def _between(self, start: Node, goal: Node) -> list[Line]:
        """The steps between two formulas that differ by arithmetic, sums over indices, and definitions only."""
        keys = self.keys
        if keys.shape(start) == keys.shape(goal):
            return []
        if keys.algebra(start) == keys.algebra(goal):
            return self._bridged(start, goal, REARRANGING, keys.shape) or [
                Line("rearrange", REARRANGED, goal)
            ]
        if keys.sums(start) == keys.sums(goal):
            return self._bridged(start, goal, sums.RULES, keys.algebra) or [
                Line("rearrange sums", SUMMED, goal)
            ]
        rules = (names.DEFINITION, *sums.RULES)
        return self._bridged(start, goal, rules, keys.algebra) or [self._by_definitions(start, goal)]

    def _bridged(
        self, start: Node, goal: Node, rules: Sequence[Rule], key: Callable[[Node], Any]
    ) -> list[Line]:
        search = Search(
            self.keys, rules, key, None, MOST_BETWEEN, self.tidy, expands=key is not self.keys.shape
        )
        for one, other in search.meetings(start, goal):
            middle = [] if key is self.keys.shape else self._between(one.tree, other.tree)
            return [*forwards(one), *middle, *backwards(other)]
        return []

    def _by_definitions(self, start: Node, goal: Node) -> Line:
        setting = self.setting
        families = [{setting.family(s) for s in main_symbols(side)} for side in (start, goal)]
        apart = families[0] ^ families[1] or families[0] | families[1]
        own = [f for f in sorted(apart) if f in setting.model.definitions]
        called = [f"${f}$" + (f" (line {setting.lines[f]})" if setting.lines.get(f) else "") for f in own]
        by = f"By the definition of {', '.join(called)}. " if called else ""
        return Line("definitions put in", by + SUMMED, goal)

    def _verified(self, left: Node, lines: list[Line]) -> bool:
        """Whether each line equals the one before it at all points tried."""
        before = left
        for line in lines:
            if line.tree != before and not self._equal(before, line.tree):
                return False
            before = line.tree
        return True


def _otherwise(conditions: list[Node | None]) -> Node | None:
    """What holds where a single other condition, on which indices are the same, does not."""
    known = [c for c in conditions if c is not None]
    if len(known) != 1 or not isinstance(known[0], Relation) or known[0].operator not in ("=", r"\ne"):
        return None
    return replace(known[0], operator=r"\ne" if known[0].operator == "=" else "=")


def _turned(lines: list[Line], start: Node) -> list[Line]:
    """Lines that lead from a formula to another, as they lead back."""
    trees = [start, *(line.tree for line in lines)][: len(lines)]
    return [replace(line, tree=tree) for line, tree in zip(reversed(lines), reversed(trees), strict=True)]


def _is_number(node: Node) -> bool:
    """Whether a formula is made of numbers alone, with nothing to be integrated or differentiated."""
    return is_literal(node) and not any(isinstance(n, Integral | Derivative | Fold) for n in walk(node))
