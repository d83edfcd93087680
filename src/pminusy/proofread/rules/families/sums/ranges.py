"""Sums over neighbouring ranges."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import permutations

from pminusy.proofread.rules.build import add, neg
from pminusy.proofread.rules.letters import put_in
from pminusy.proofread.rules.rule import Example, Move, Rule
from pminusy.proofread.rules.setting import Setting
from pminusy.proofread.rules.values import Values
from pminusy.proofread.rules.words import tex
from pminusy.proofread.syntax.tree import Add, Fold, Node


def _neighbours(node: Node, setting: Setting) -> Iterator[Move]:
    if not isinstance(node, Add):
        return
    sums = [term for term in node.terms if isinstance(term, Fold) and _is_plain(term)]
    for one, other in permutations(sums, 2):
        (first,), (second,) = one.bindings, other.bindings
        assert first.high is not None
        assert second.low is not None
        if Values(setting)(add([second.low, neg(first.high)])) != (1,):
            continue
        if put_in(other.body, {second.index.name: first.index}, setting) != one.body:
            continue
        whole = replace(one, bindings=(replace(first, high=second.high),))
        rest = [term for term in node.terms if term is not one and term is not other]
        yield Move(add([whole, *rest]), f"One range ends before {tex(second.low)}, where the other begins")


def _is_plain(fold: Fold) -> bool:
    """Whether it is a sum over one index from a lower to an upper limit."""
    if fold.kind != "sum" or fold.condition is not None or len(fold.bindings) != 1:
        return False
    return fold.bindings[0].low is not None and fold.bindings[0].high is not None


RULES = (
    Rule(
        "neighbouring ranges put together",
        "sum cut in two",
        _neighbours,
        Example(r"\sum_{i=1}^{3} a_i + \sum_{i=4}^{8} a_i", r"\sum_{i=1}^{8} a_i"),
    ),
)
