"""Derivatives of what a page does not say: of a quantity that depends on another in no way that is known."""

from __future__ import annotations

from collections.abc import Callable

from pminusy.proofread.checking.ladder import reached_families, with_definitions
from pminusy.proofread.meaning.lines.chance import distribution_letter
from pminusy.proofread.meaning.model.model import Model
from pminusy.proofread.syntax.tree import (
    Call,
    Derivative,
    Fold,
    Integral,
    Node,
    Power,
    Symbol,
    is_literal,
    walk,
)

NO_DEPENDENCE = "the text does not say how"


def why_only_seeming(model: Model, left: Node, right: Node, vanishes: Callable[[Node], bool]) -> str:
    """Why two sides may only seem to be equal, since something in them vanishes that may not; "" where nothing does."""
    if (
        any(_is_of_two(n) and vanishes(n) for side in (left, right) for n in walk(side))
        and not model.independent
    ):
        return "the text does not say that what has a covariance here is independent"
    derived = any(isinstance(n, Derivative) for n in walk(left)) or model.opaque
    if not derived or not vanishes(left):
        return ""
    if gap := missing_dependence(model, *with_definitions(model, (left, right))):
        return gap
    plain = [n for side in (left, right) for n in walk(side) if _is_of_the_unknown(n, model)]
    return "all derivatives vanish under this interpretation" if plain and all(map(vanishes, plain)) else ""


def _is_of_the_unknown(node: Node, model: Model) -> bool:
    """Whether a node is the derivative of what the page does not define, and of no integral or sum of it.

    These may well be constants.
    """
    if not isinstance(node, Derivative) or is_literal(node.body):
        return False
    if any(isinstance(n, Integral | Fold) for n in walk(node.body)):
        return False
    return bool(reached_families(model, (node.body,)) & model.opaque)


def _is_of_two(node: Node) -> bool:
    """Whether a node is the covariance of two different names."""
    if not isinstance(node, Call) or node.function.name != "Cov" or len(node.arguments) != 2:
        return False
    one, other = node.arguments
    return isinstance(one, Symbol) and isinstance(other, Symbol) and one.name != other.name


def missing_dependence(model: Model, *sides: Node) -> str:
    """Why a derivative may only seem to vanish: the text does not say how one quantity depends on the other."""
    for side in sides:
        for node in walk(side):
            if isinstance(node, Derivative) and not is_literal(node.body):
                for variable in node.variables:
                    base = variable.base if isinstance(variable, Power) else variable
                    if not isinstance(base, Symbol) or not base.name:
                        continue
                    family = model.families.resolve(base)[0]
                    body = _without_idle_arguments(node.body, model)
                    reached = reached_families(model.seen_through(body, family), (body,))
                    if family in reached or reached & model.opaque or reached <= model.beside(family):
                        continue
                    if family not in reached:
                        return f"{NO_DEPENDENCE} {_name(node.body, model)} depends on {family}"
    return ""


def _without_idle_arguments(body: Node, model: Model) -> Node:
    """A name in place of its call where its definition has no arguments, so that it depends on none of them."""
    if not isinstance(body, Call):
        return body
    meaning = model.definitions.get(model.families.resolve(body.function)[0])
    return body if meaning is None or meaning.arguments else body.function


def _name(node: Node, model: Model) -> str:
    return model.families.resolve(node)[0] if isinstance(node, Symbol) else "it"


def unknown_derivative(model: Model, *sides: Node) -> str:
    """Why two sides cannot be compared: only one of them differentiates something that the text does not define."""
    a, b = (_opaque_derivatives(model, side) for side in sides)
    unknown = sorted(a ^ b)
    return f"the text does not define {unknown[0]}, so its derivative is unknown" if unknown else ""


def _opaque_derivatives(model: Model, side: Node) -> frozenset[str]:
    """Undefined quantities whose derivative a side contains, also by way of definitions."""
    found: set[str] = set()
    for tree in with_definitions(model, (side,)):
        for node in walk(tree):
            if isinstance(node, Derivative):
                found |= reached_families(model, (node.body,)) & model.sinks.keys()
    return frozenset(name for name in found if distribution_letter(name) not in model.distributions)
