"""Whether a formula is another one with other indices or arguments."""

from __future__ import annotations

from dataclasses import fields

from pminusy.proofread.rules.setting import Setting
from pminusy.proofread.syntax.tree import Group, Node, Symbol

_LOOKS = frozenset(["span", "mark", "slash", "form", "opening", "closing", "signs", "applied"])


def matched(pattern: Node, node: Node, setting: Setting) -> dict[str, Node] | None:
    """The values of the pattern's index letters that make it the formula; None where there are none."""
    values: dict[str, Node] = {}
    if not _matches(pattern, node, setting, values):
        return None
    return {name: value for name, value in values.items() if value != Symbol(name)}


def _matches(pattern: object, node: object, setting: Setting, values: dict[str, Node]) -> bool:
    while isinstance(pattern, Group):
        pattern = pattern.body
    while isinstance(node, Group):
        node = node.body
    if isinstance(pattern, Symbol) and not pattern.indices and pattern.name in setting.model.families.letters:
        return isinstance(node, Node) and values.setdefault(pattern.name, node) == node
    if type(pattern) is not type(node):
        return False
    if isinstance(pattern, Node):
        return all(
            _matches(getattr(pattern, f.name), getattr(node, f.name), setting, values)
            for f in fields(pattern)
            if f.name not in _LOOKS
        )
    if isinstance(pattern, tuple):
        assert isinstance(node, tuple)
        return len(pattern) == len(node) and all(
            _matches(a, b, setting, values) for a, b in zip(pattern, node, strict=True)
        )
    return pattern == node
