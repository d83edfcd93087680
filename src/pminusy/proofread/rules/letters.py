"""Index letters put in for others in a formula, without capturing those that sums bind."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from pminusy.proofread.meaning.names.letters import free_letters
from pminusy.proofread.rules.setting import Setting
from pminusy.proofread.syntax.tree import Fold, Integral, Node, Relation, Symbol, map_children, walk

_SPARE = "kjlmnqrstuvab"


def put_in(node: Node, values: dict[str, Node], setting: Setting) -> Node:
    """The formula with a value in place of each letter or name without indices; bound letters give way."""
    if not values:
        return node
    if isinstance(node, Symbol) and not node.indices and node.name in values:
        return values[node.name]
    if isinstance(node, Fold):
        node = _renamed_fold(node, values, setting)
        values = {k: v for k, v in values.items() if k not in {b.index.name for b in node.bindings}}
    if isinstance(node, Integral):
        inner = {k: v for k, v in values.items() if k != node.variable.name}
        limits = [limit and put_in(limit, values, setting) for limit in (node.low, node.high)]
        return Integral(node.variable, limits[0], limits[1], put_in(node.body, inner, setting))
    return map_children(node, lambda child: put_in(child, values, setting))


def _renamed_fold(node: Fold, values: dict[str, Node], setting: Setting) -> Fold:
    taken = {s.name for v in values.values() for s in walk(v) if isinstance(s, Symbol)}
    clash = [b.index.name for b in node.bindings if b.index.name in taken]
    if not clash:
        return node
    used = taken | {s.name for s in walk(node) if isinstance(s, Symbol)} | set(values)
    return rename_bound(node, {name: spare(used | set(clash[:n])) for n, name in enumerate(clash)}, setting)


def rename_bound(node: Fold, names: dict[str, str], setting: Setting) -> Fold:
    """A sum with other names for its letters."""
    letters: dict[str, Node] = {old: Symbol(new) for old, new in names.items()}
    bindings = tuple(
        replace(b, index=Symbol(names[b.index.name])) if b.index.name in names else b for b in node.bindings
    )
    return replace(
        node,
        bindings=bindings,
        body=put_in(node.body, letters, setting),
        condition=None if node.condition is None else put_in(node.condition, letters, setting),
    )


def spare(used: Iterable[str]) -> str:
    """A letter for an index that is not in use."""
    used = set(used)
    return next((letter for letter in _SPARE if letter not in used), "k'")


def free(node: Node, setting: Setting) -> frozenset[str]:
    """Index letters that a formula leaves free."""
    return free_letters(node, setting.model.families)


def bound_by(node: Fold) -> set[str]:
    """The letters that a sum binds."""
    return {b.index.name for b in node.bindings}


def mentions(node: Node, names: set[str]) -> bool:
    """Whether some letters stand anywhere in a formula."""
    return any(isinstance(s, Symbol) and s.name in names for s in walk(node))


def left_out(node: Fold) -> tuple[str, Node] | None:
    """For Σ_{k ≠ i}, k and i."""
    condition = node.condition
    if isinstance(condition, Relation) and condition.operator == r"\ne" and len(node.bindings) == 1:
        name = node.bindings[0].index.name
        if condition.left == Symbol(name):
            return name, condition.right
        if condition.right == Symbol(name):
            return name, condition.left
    return None
