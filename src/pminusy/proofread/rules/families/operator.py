"""A derivative as an operator: applied to something else, under others, and what moves with its variable."""

from __future__ import annotations

from pminusy.proofread.rules.setting import Setting
from pminusy.proofread.rules.words import tex
from pminusy.proofread.syntax.tree import (
    Add,
    Derivative,
    Fold,
    Node,
    Power,
    Symbol,
    walk,
)


def by(body: Node, node: Derivative) -> Node:
    """The derivative of something else by the same variable, written as people do."""
    form = "operator" if isinstance(body, Add | Fold) and node.form == "fraction" else node.form
    return Derivative(body, node.variables[-1:], form if form != "slash" else "fraction", node.mark)


def wrapped(new: Node, node: Derivative) -> Node:
    """What the innermost derivative of several became, under the others."""
    rest = node.variables[:-1]
    return new if not rest else Derivative(new, rest, "operator", node.mark)


def moves_with(node: Node, derivative: Derivative, setting: Setting) -> bool:
    """Whether an expression depends on what a derivative is by."""
    variable = derivative.variables[-1]
    base = variable.base if isinstance(variable, Power) else variable
    if not isinstance(base, Symbol) or not base.name:
        return True
    family = setting.family(base) + ("²" if isinstance(variable, Power) else "")
    if not setting.indices(base) and base.name in setting.model.families.letters:
        return any(each == base for each in walk(node)) or any(
            isinstance(each, Symbol) and setting.family(each) in setting.model.definitions
            for each in walk(node)
        )
    return setting.depends(node, family)


def inner_slope(argument: Node, node: Derivative) -> list[Node]:
    """The derivative of an argument as a factor of the chain rule; no factor where it is the variable itself."""
    return [] if argument == node.variables[-1] else [by(argument, node)]


def and_chain(argument: Node, node: Derivative) -> str:
    """What the chain rule adds to a sentence; nothing where the argument is the variable itself."""
    if argument == node.variables[-1]:
        return ""
    return f"; by the chain rule, times the derivative of the inside {tex(argument)}"
