"""Gradients by whole vectors and matrices on the left side of a step, worked out."""

from __future__ import annotations

from dataclasses import replace

from pminusy.proofread.deriving.gradients import Gradients
from pminusy.proofread.rules.build import without_groups
from pminusy.proofread.rules.places import places
from pminusy.proofread.rules.setting import Setting
from pminusy.proofread.rules.tidy import Tidy
from pminusy.proofread.syntax.tree import (
    Call,
    Derivative,
    Node,
    Power,
    Symbol,
    Transpose,
    has_derivative,
    map_children,
)


def with_gradients(tree: Node, setting: Setting) -> list[Node]:
    """A formula with its gradient read off from the differential: as it comes, and with common factors taken out.

    None where it has no gradient by a whole vector or matrix, or has further derivatives.
    """
    for node, put in places(without_groups(tree)):
        if not isinstance(node, Derivative) or len(node.variables) != 1:
            continue
        variable = _variable(node, setting)
        if variable is None or setting.is_number(variable):
            continue
        found = [put(form) for form in _gradient(node.body, variable, setting)]
        return [form for form in found if not has_derivative(form)]
    return []


def _variable(node: Derivative, setting: Setting) -> Symbol | None:
    r"""What is differentiated by: of `\nabla f(x)`, the argument of f."""
    (variable,) = node.variables
    if not isinstance(variable, Symbol):
        return None
    if variable.name:
        return variable
    if isinstance(node.body, Call) and len(node.body.arguments) == 1:
        only = node.body.arguments[0]
        return only if isinstance(only, Symbol) else None
    meaning = (
        setting.model.definitions.get(setting.family(node.body)) if isinstance(node.body, Symbol) else None
    )
    return meaning.arguments[0] if meaning is not None and len(meaning.arguments) == 1 else None


def _gradient(body: Node, variable: Symbol, setting: Setting) -> list[Node]:
    own, tidy = setting.family(variable), Tidy()
    others = {name: meaning for name, meaning in setting.model.definitions.items() if name != own}
    model = replace(
        setting.model, moving=frozenset({own}), definitions=others
    )  # it varies, whatever defines it
    gradients = Gradients(replace(setting, model=model), tidy, variable)
    trail = gradients.differential(tidy(body))
    if not trail or gradients.collected(trail[-1].tree) is None:
        return []
    return [_symmetric(line.tree, setting) for line in gradients.gradient()]


def _symmetric(node: Node, setting: Setting) -> Node:
    """A formula without transposes of what is symmetric, or the inverse of something that is."""
    node = map_children(node, lambda child: _symmetric(child, setting))
    if not isinstance(node, Transpose):
        return node
    inner = node.body.base if isinstance(node.body, Power) else node.body
    known = {a.family for a in setting.assumptions if a.kind == "symmetric"}
    return node.body if isinstance(inner, Symbol) and setting.family(inner) in known else node
