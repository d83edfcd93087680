r"""Logarithms whose base a page does not say: `\log 8 = 3` is of base 2, `\log 100 = 2` of base 10."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from pminusy.proofread.checking.compare import compare
from pminusy.proofread.checking.views import View
from pminusy.proofread.syntax.tree import Call, Divide, Group, Node, Number, Symbol, transform, walk

_BASES = ("2", "10")


def questions(left: Node, right: Node, view: View) -> Iterator[str]:
    """What to ask about a step that fails, but holds for logarithms of another base."""
    if not any(_is_open(node) for side in (left, right) for node in walk(side)):
        return
    model, claim = view.model.given(view.claim.given), view.claim
    for base in _BASES:
        sides = [transform(side, partial(_of_base, base)) for side in (left, right)]
        outcome = compare(model, sides[0], sides[1], claim.condition, (), view.layout, 1)
        witness = outcome.witness
        rounded = witness is not None and not witness.values and abs(witness.left - witness.right) < 0.02
        if outcome or rounded:
            yield f"Is {base} the base of the logarithm?"


def _is_open(node: Node) -> bool:
    return isinstance(node, Call) and node.function == Symbol("log") and len(node.arguments) == 1


def _of_base(base: str, node: Node) -> Node:
    if not _is_open(node):
        return node
    return Group(Divide(node, Call(Symbol("ln"), (Number(base),))))
