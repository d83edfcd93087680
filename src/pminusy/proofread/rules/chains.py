"""Derivatives worked out to the end, one rule after the other."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pminusy.proofread.checking.compare import INTERNAL
from pminusy.proofread.rules.families import derivatives, names, softmax, sums
from pminusy.proofread.rules.moves import Applied
from pminusy.proofread.rules.places import places
from pminusy.proofread.rules.rule import Move, Rule
from pminusy.proofread.rules.setting import Setting
from pminusy.proofread.rules.tidy import Tidy
from pminusy.proofread.syntax.tree import Delta, Derivative, Fold, Node

MOST = 40
_DERIVATIVES = (softmax.DERIVATIVE, *derivatives.RULES, names.GIVEN)
_DELTAS = (sums.CONTRACT, sums.LEFT_OUT, sums.VALUE)


def worked_out(tree: Node, setting: Setting, tidy: Tidy) -> list[Applied]:
    """The applications that take a formula's derivatives, the outermost first, and use up the deltas that arise."""
    found: list[Applied] = []
    while len(found) < MOST and (applied := _next(tree, setting, tidy)) is not None:
        found.append(applied)
        tree = applied.tree
    return found


def _next(tree: Node, setting: Setting, tidy: Tidy) -> Applied | None:
    for node, put in places(tree):
        if isinstance(node, Derivative) and not isinstance(node.body, Derivative):
            for rule, move in first_moves(_DERIVATIVES, node, setting):
                return Applied(rule, node, move.new, move.sentence, tidy(put(move.new)))
            for rule, move in first_moves((names.DEFINITION,), node.body, setting):
                new = Derivative(move.new, node.variables, "operator", node.mark)
                return Applied(rule, node, new, move.sentence, tidy(put(new)))
        elif isinstance(node, Fold | Delta):
            for rule, move in first_moves(_DELTAS, node, setting):
                return Applied(rule, node, move.new, move.sentence, tidy(put(move.new)))
    return None


def first_moves(rules: Sequence[Rule], node: Node, setting: Setting) -> Iterator[tuple[Rule, Move]]:
    """For each rule that applies to a node, its first move."""
    for rule in rules:
        try:
            for move in rule.apply(node, setting):
                if move.new != node:
                    yield rule, move
                    break
        except INTERNAL:
            continue
