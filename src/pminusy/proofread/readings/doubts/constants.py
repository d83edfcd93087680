r"""Constants that are called the same before and after: `e^{kx + C} = C e^{kx}`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pminusy.proofread.checking.compare import compare
from pminusy.proofread.checking.integrals import antiderivatives
from pminusy.proofread.checking.views import View
from pminusy.proofread.meaning.names.definitions import main_symbols
from pminusy.proofread.syntax.latex import to_latex
from pminusy.proofread.syntax.tree import (
    Add,
    Derivative,
    Differential,
    Integral,
    Multiply,
    Node,
    Symbol,
    walk,
)

CONSTANT = re.compile(r"C|c|K|const|C\'|C_\{?\d\}?|c_\{?\d\}?")


def questions(left: Node, right: Node, view: View) -> Iterator[str]:
    """What to ask about a step that fails, if its sides differ by a term or factor that a constant takes up."""
    if name := _indefinite(left, right, view):
        yield f"Which constant of integration does {to_latex(Symbol(name))} have here?"
        return
    names = {s.name for side in (left, right) for s in main_symbols(side)}
    constants = sorted(name for name in names if CONSTANT.fullmatch(name))
    if not constants or not antiderivatives(view.model.trees):
        return
    for variable in _variables(view):
        sides = [variable in walk(side) for side in (left, right)]
        if all(sides) and _differ_by_a_constant(left, right, variable, view):
            yield f"Is {to_latex(Symbol(constants[0]))} the same constant on both sides?"
            return


def _indefinite(left: Node, right: Node, view: View) -> str:
    """A name in a step that is defined as an integral without limits, so that it is known up to a constant only."""
    model = view.model
    ours, theirs = ({model.families.resolve(s)[0] for s in main_symbols(side)} for side in (left, right))
    known = {n for n, meaning in model.definitions.items() if _is_up_to_a_constant(meaning.body)}
    own = ours - theirs if isinstance(left, Symbol) else set()  # what the line itself says what it is
    return min((ours | theirs) & known - own, default="")


def _is_up_to_a_constant(body: Node) -> bool:
    """Whether an expression has an integral without limits in it, or ends in a constant of integration."""
    if isinstance(body, Add) and any(
        isinstance(t, Symbol) and CONSTANT.fullmatch(t.name) for t in body.terms
    ):
        return True
    return any(isinstance(n, Integral) and n.low is None for n in walk(body))


def differ_otherwise(left: Node, right: Node, constant: str, view: View) -> bool:
    r"""Whether sides with a constant as a term differ by more than that, as `x^2 + C` and `x^3 + C` do."""
    symbol = Symbol(constant)
    if not any(symbol in walk(side) for side in (left, right)):
        return False
    for side in (left, right):
        rest = [term for term in side.terms if term != symbol] if isinstance(side, Add) else [side]
        if any(symbol in walk(term) for term in rest):
            return False
    shared = [v for v in _variables(view) if all(v in walk(side) for side in (left, right))]
    model, claim = view.model.given(view.claim.given), view.claim
    moving = [(Derivative(left, (v,)), Derivative(right, (v,))) for v in shared]
    return any(
        compare(model, ours, theirs, claim.condition, (), view.layout, 1).equal is False
        for ours, theirs in moving
    )


def _variables(view: View) -> list[Symbol]:
    """What the page differentiates or integrates by."""
    nodes = [node for tree in view.model.trees for node in walk(tree)]
    found = {n.variable for n in nodes if isinstance(n, Integral)}
    found |= {v for n in nodes if isinstance(n, Derivative) for v in n.variables if isinstance(v, Symbol)}
    found |= {n.body for n in nodes if isinstance(n, Differential) if isinstance(n.body, Symbol)}
    return sorted(found, key=to_latex)


def _differ_by_a_constant(left: Node, right: Node, variable: Symbol, view: View) -> bool:
    """Whether two sides move alike with a variable, or are a constant multiple of one another."""
    model, claim = view.model.given(view.claim.given), view.claim
    moving = [Derivative(side, (variable,)) for side in (left, right)]
    if compare(model, moving[0], moving[1], claim.condition, (), view.layout, 1):
        return True
    crossed = [Multiply((moving[0], right), ("",)), Multiply((moving[1], left), ("",))]
    return bool(compare(model, crossed[0], crossed[1], claim.condition, (), view.layout, 1))
