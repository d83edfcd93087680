"""Integrals evaluated to the end, as far as antiderivatives are known."""

from __future__ import annotations

from pminusy.proofread.rules.chains import MOST, first_moves, worked_out
from pminusy.proofread.rules.families import definite, integrals, reversed_chain
from pminusy.proofread.rules.moves import Applied
from pminusy.proofread.rules.places import places
from pminusy.proofread.rules.setting import Setting
from pminusy.proofread.rules.tidy import Tidy
from pminusy.proofread.syntax.tree import Between, Integral, Node

_RULES = (
    *definite.RULES,
    integrals.TABLE,
    reversed_chain.REVERSED,
    integrals.LINEAR,
    integrals.LIMITS,
    integrals.PARTS,
)


def integrated(tree: Node, setting: Setting, tidy: Tidy) -> list[Applied]:
    """The applications that evaluate a formula's integrals, as far as antiderivatives are known."""
    found: list[Applied] = []
    while len(found) < MOST and (applied := _next_integral(tree, setting, tidy)) is not None:
        found.append(applied)
        tree = applied.tree
        if applied.rule is integrals.PARTS:
            slopes = worked_out(tree, setting, tidy)
            found += slopes
            tree = slopes[-1].tree if slopes else tree
    return found


def _next_integral(tree: Node, setting: Setting, tidy: Tidy) -> Applied | None:
    for node, put in places(tree):
        if isinstance(node, Integral | Between):
            for rule, move in first_moves(_RULES, node, setting):
                return Applied(rule, node, move.new, move.sentence, tidy(put(move.new)))
    return None
