r"""Dots between terms or factors: `x_1 + x_2 + \cdots + x_n` is a sum, `x_1 x_2 \cdots x_n` a product."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from pminusy.proofread.syntax.tree import (
    Add,
    Binding,
    Fold,
    Node,
    Number,
    Symbol,
    children,
    map_children,
    walk,
)

ELLIPSES = frozenset([r"\dots", r"\cdots", r"\ldots", r"\vdots", r"\ddots"])
ELLIPSIS = "…"
_LETTER = Symbol("·n")


def without_ellipsis(parts: Sequence[Node], kind: str, fail: Callable[[str], Node]) -> list[Node]:
    """The parts of a sum or product, what dots stand for written as a fold over its place in the sequence."""
    at = next((n for n, part in enumerate(parts) if part == Symbol(ELLIPSIS)), -1)
    if at < 0:
        return list(parts)
    if at < 1 or at + 1 >= len(parts):
        fail("an ellipsis leaves open what it stands for")
    before, last = parts[at - 1], parts[at + 1]
    place = _place(before, last)
    if place is None:
        fail("an ellipsis leaves open what it stands for")
        return list(parts)
    number, end = place
    general = _with(last, end, _LETTER)
    low = Number(str(number + 1))
    dots = Fold(kind, (Binding(_LETTER, low, end),), general, span=parts[at].span | last.span)
    return without_ellipsis([*parts[:at], dots, *parts[at + 2 :]], kind, fail)


def _place(before: Node, last: Node) -> tuple[int, Node] | None:
    """The number in the term before the dots and what stands at its place in the last one; None where they differ."""
    found = list(dict.fromkeys(_differences(before, last)))
    if len(found) != 1 or not isinstance(found[0][0], Number) or not found[0][0].text.isdigit():
        return None
    return int(found[0][0].text), found[0][1]


def _differences(a: Node, b: Node) -> list[tuple[Node, Node]]:
    if a == b:
        return []
    below = list(children(a)), list(children(b))
    same_kind = type(a) is type(b) and len(below[0]) == len(below[1]) and below[0]
    if not same_kind or isinstance(a, Add) or _head(a) != _head(b):
        return [(a, b)]
    return [pair for x, y in zip(*below, strict=True) for pair in _differences(x, y)]


def _head(node: Node) -> str:
    return node.name if isinstance(node, Symbol) else ""


def _with(node: Node, old: Node, new: Node) -> Node:
    """The tree with every part equal to `old` replaced."""
    return new if node == old else map_children(node, lambda child: _with(child, old, new))


def has_ellipsis(tree: Node) -> bool:
    """Whether dots are left somewhere in a tree."""
    return any(node == Symbol(ELLIPSIS) for node in walk(tree))
