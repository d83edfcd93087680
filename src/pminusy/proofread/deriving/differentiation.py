"""Derivatives carried out in the steps that a textbook shows: all of one kind at once, level by level."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pminusy.proofread.rules.chains import first_moves
from pminusy.proofread.rules.families import derivatives, names, piecewise, ranges
from pminusy.proofread.rules.letters import put_in
from pminusy.proofread.rules.matching import matched
from pminusy.proofread.rules.moves import Applied
from pminusy.proofread.rules.places import places
from pminusy.proofread.rules.rule import Example, Move, Rule
from pminusy.proofread.rules.setting import Setting
from pminusy.proofread.rules.tidy import Tidy
from pminusy.proofread.syntax.tree import Derivative, Node

MOST = 60
_LINEAR_NAMES = (
    "derivative of a constant",
    "derivative of the variable",
    "derivative of a sum",
    "constant factor out of a derivative",
    "derivative by cases",
)
_ALL: tuple[Rule, ...] = (*derivatives.RULES, *piecewise.DERIVATIVES, *ranges.RULES)
LINEAR = tuple(rule for name in _LINEAR_NAMES for rule in _ALL if rule.name == name)
OTHERS = tuple(rule for rule in _ALL if rule not in LINEAR)


def _derived(node: Node, setting: Setting) -> Iterator[Move]:
    for known in setting.known:
        values = matched(known.left, node, setting)
        if values is not None:
            yield Move(put_in(known.right, values, setting), "As derived above")


DERIVED = Rule(
    "earlier result put in",
    "earlier result recognised",
    _derived,
    Example(r"\frac{df}{dx}", "2 x", ("f = x^2", r"\frac{df}{dx} = 2 x")),
)
KNOWN = (DERIVED, names.GIVEN)
LEVELS = (LINEAR, OTHERS, KNOWN)


@dataclass(frozen=True)
class Differentiation:
    """Carries out the derivatives in a formula."""

    setting: Setting
    tidy: Tidy

    def steps(self, tree: Node) -> Iterator[Applied]:
        """The applications, one after the other, until no rule is for what is left."""
        for _ in range(MOST):
            level = next(filter(None, (self._level(tree, rules) for rules in LEVELS)), None)
            if level is None:
                applied = self._put_in(tree)
                level = [] if applied is None else [applied]
            if not level:
                return
            yield from level
            tree = level[-1].tree

    def _level(self, tree: Node, rules: Sequence[Rule]) -> list[Applied]:
        """Some rules applied to each of the derivatives in a formula, but not to those that arise."""
        found: list[Applied] = []
        waiting = {id(node) for node, _ in places(tree) if isinstance(node, Derivative)}
        while waiting:
            applied = self._apply(tree, rules, waiting)
            if applied is None:
                break
            found.append(applied)
            waiting.discard(id(applied.before))
            tree = applied.tree
        return found

    def _apply(self, tree: Node, rules: Sequence[Rule], waiting: set[int]) -> Applied | None:
        for node, put in places(tree):
            if (
                id(node) not in waiting
                or not isinstance(node, Derivative)
                or isinstance(node.body, Derivative)
            ):
                continue
            for rule, move in first_moves(rules, node, self.setting):
                return Applied(rule, node, move.new, move.sentence, self.tidy(put(move.new)))
        return None

    def _put_in(self, tree: Node) -> Applied | None:
        """What is differentiated, as it is defined."""
        for node, put in places(tree):
            if isinstance(node, Derivative) and not isinstance(node.body, Derivative):
                for rule, move in first_moves((names.DEFINITION,), node.body, self.setting):
                    new = Derivative(move.new, node.variables, "operator", node.mark)
                    return Applied(rule, node, new, move.sentence, self.tidy(put(new)))
        return None


def is_left(node: Node) -> bool:
    """Whether a formula still has a derivative in it."""
    return any(isinstance(inner, Derivative) for inner, _ in places(node))
