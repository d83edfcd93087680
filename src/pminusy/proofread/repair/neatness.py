"""A repaired line, tidied where the repair has touched it, as far as its author is tidy."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from pminusy.proofread.repair.places import Repair
from pminusy.proofread.repair.tidying import tidy
from pminusy.proofread.syntax.tree import Node, children, map_children, walk


def neat(right: Node, repair: Repair, is_scalar: Callable[[Node], bool]) -> Repair:
    r"""The repair with its tree tidied; what the author wrote stays as it is.

    What the edits put in is tidied, and so is what it stands in, unless the author left such a thing untidy:
    in `1 + 6 + 3 + 4` a number is replaced, but the sum is not worked out.
    """
    written = frozenset(id(node) for node in walk(right))
    replaced = {id(edit.old) for edit in repair.edits}
    return replace(repair, tree=_follow(right, repair.tree, replaced, written, is_scalar))


def _follow(
    old: Node, new: Node, replaced: set[int], written: frozenset[int], is_scalar: Callable[[Node], bool]
) -> Node:
    if new is old:
        return new
    if id(old) in replaced:
        return tidy(new, is_scalar, keep=written)
    before: Iterator[Node] = iter(list(children(old)))
    new = map_children(new, lambda child: _follow(next(before), child, replaced, written, is_scalar))
    below = frozenset(id(child) for child in children(new))
    if tidy(old, is_scalar, keep=frozenset(id(child) for child in children(old))) is old:
        return tidy(new, is_scalar, keep=written if _is_tidy(old, is_scalar) else below)
    return new


def _is_tidy(node: Node, is_scalar: Callable[[Node], bool]) -> bool:
    return tidy(node, is_scalar) is node
