"""One rule applied anywhere in a formula."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pminusy.proofread.checking.compare import INTERNAL
from pminusy.proofread.rules.places import places
from pminusy.proofread.rules.rule import Rule
from pminusy.proofread.rules.setting import Setting
from pminusy.proofread.rules.tidy import Tidy
from pminusy.proofread.syntax.tree import Node


@dataclass(frozen=True)
class Applied:
    """A rule applied: the place before and after, the sentence, and the whole formula afterwards."""

    rule: Rule
    before: Node
    after: Node
    sentence: str
    tree: Node


def applications(tree: Node, rules: Sequence[Rule], setting: Setting, tidy: Tidy) -> Iterator[Applied]:
    """Every way to apply one of some rules once."""
    for node, put in places(tree):
        for rule in rules:
            try:
                moves = list(rule.apply(node, setting))
            except INTERNAL:
                continue
            for move in moves:
                if move.new != node:
                    yield Applied(rule, node, move.new, move.sentence, tidy(put(move.new)))
