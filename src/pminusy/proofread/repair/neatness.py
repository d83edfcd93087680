"""A repaired line, tidied where the repair has touched it, as far as its author is tidy."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from pminusy.proofread.repair.places import Repair
from pminusy.proofread.rules.tidying import tidy
from pminusy.proofread.syntax.parentheses import bare, without
from pminusy.proofread.syntax.tree import Multiply, Node, Number, children, map_children, walk


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
        if type(new) is type(old) and not _is_settled(old, is_scalar):
            return map_children(new, lambda child: tidy(child, is_scalar, keep=written))
        return tidy(new, is_scalar, keep=written)
    before: Iterator[Node] = iter(list(children(old)))
    new = map_children(new, lambda child: _follow(next(before), child, replaced, written, is_scalar))
    if _is_settled(old, is_scalar):
        below = frozenset(id(child) for child in children(new))
        return tidy(new, is_scalar, keep=written if tidy(old, is_scalar) is old else below)
    return _without_new_ones(old, new)


def _is_settled(node: Node, is_scalar: Callable[[Node], bool]) -> bool:
    """Whether there is nothing to tidy about a node itself, whatever its parts look like."""
    return tidy(node, is_scalar, keep=frozenset(id(child) for child in children(node))) is node


def _without_new_ones(old: Node, new: Node) -> Node:
    """A product without factors that the repair has made 1."""
    if isinstance(old, Multiply) and isinstance(new, Multiply):
        for n, factor in enumerate(new.factors):
            if bare(factor) == Number("1") and factor not in old.factors:
                return without(new, n)
    return new
