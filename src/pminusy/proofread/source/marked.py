r"""Derivatives at a marked value: `\nabla_\theta \log p(x \mid \theta^*)` is by what stands in the place of θ."""

from __future__ import annotations

from dataclasses import replace

from pminusy.proofread.syntax import names
from pminusy.proofread.syntax.tree import Call, Derivative, Node, Symbol, transform, walk

_KNOWN = frozenset(names.FUNCTIONS.values())


def at_marked_values(tree: Node) -> Node:
    r"""A tree with each derivative by θ of what has only `\hat\theta` or the like as an argument taken by that."""
    return transform(tree, _by_marked_value)


def _by_marked_value(node: Node) -> Node:
    if not isinstance(node, Derivative) or len(set(node.variables)) != 1:
        return node
    variable = node.variables[0]
    if not isinstance(variable, Symbol) or not variable.name:
        return node
    calls = [n for n in walk(node.body) if isinstance(n, Call) and n.function.name not in _KNOWN]
    inside = {s for call in calls for a in call.arguments for s in walk(a) if isinstance(s, Symbol)}
    everywhere = {n for n in walk(node.body) if isinstance(n, Symbol)}
    marked = {s for s in everywhere if _is_marked(s, variable)}
    if len(marked) != 1 or not marked <= inside or any(s.name == variable.name for s in everywhere):
        return node
    return replace(node, variables=tuple(marked) * len(node.variables))


def _is_marked(symbol: Symbol, variable: Symbol) -> bool:
    """Whether a name is another with a hat, a tilde or a star."""
    name = variable.name
    marks = (rf"\hat{{{name}}}", rf"\tilde{{{name}}}", f"{name}^{{*}}")
    return symbol.name in marks and symbol.indices == variable.indices
