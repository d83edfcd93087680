"""Functions, derivatives and operators that may be applied to something else than it seems."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

from pminusy.proofread.checking.ladder import reached_families, with_definitions
from pminusy.proofread.meaning.model.model import Model
from pminusy.proofread.meaning.names.definitions import FUNCTIONS, main_symbols
from pminusy.proofread.readings.doubts.asked import Asked
from pminusy.proofread.readings.doubts.free import free_names
from pminusy.proofread.readings.options import call_key
from pminusy.proofread.syntax.latex import to_latex
from pminusy.proofread.syntax.tree import (
    Add,
    Call,
    Derivative,
    Group,
    Integral,
    Multiply,
    Negative,
    Node,
    Number,
    Power,
    Symbol,
    has_derivative,
    is_literal,
    walk,
)


def questions(left: Node, right: Node, model: Model, called: frozenset[str] = frozenset()) -> Iterator[str]:
    """What to ask about what is applied to what in a step, if anything; `called` are names known to be functions."""
    nodes = [node for side in (left, right) for node in walk(side)]
    if function := _inverse_function(nodes):
        yield f"Is {function} the inverse function or the reciprocal?"
    if operator := _fraction_as_operator(nodes, model):
        yield f"Does {operator} multiply what follows, or differentiate it?"
    if any(_is_of_some_order(node) for node in nodes) and has_derivative(left, right):
        yield "Is the bracketed superscript of a function the order of a derivative?"
    if name := _of_something(nodes, model, called):
        yield f"Of what is {name} a function? Define it: {name}(…) = …"
    if name := _maybe_called(nodes, model):
        question = f"Is the bracket after {name} a factor, or does it say where {name} is taken?"
        yield Asked(question, (call_key(name),))
    if name := _given_by_others(nodes, model):
        yield f"Is {name} in the derivative a function of what defines it, or the other way round?"
    if any(_is_functional(node, model) for node in nodes):
        yield "Is the derivative with respect to a function the variational one?"
    if any(_is_maybe_operator(node) for node in nodes):
        yield "Is the bracket after the derivative a factor, or is it differentiated?"


def _inverse_function(nodes: list[Node]) -> str:
    """A function of the writer's own to the power −1."""
    for node in nodes:
        if not isinstance(node, Power) or node.exponent != Negative(Number("1")):
            continue
        call = node.base
        if isinstance(call, Call) and call.function.name not in FUNCTIONS and call.opening:
            return to_latex(call.function) + "^{-1}"
    return ""


def _maybe_called(nodes: list[Node], model: Model) -> str:
    r"""A defined name right before a bracket with names it is made of: for `x = 3t`, x in `x(t - 1)` or `x(0)`."""
    for node in nodes:
        if isinstance(node, Call) and node.opening == "(" and all(map(is_literal, node.arguments)):
            meaning = model.definitions.get(model.families.resolve(node.function)[0])
            if meaning is not None and not (meaning.arguments or meaning.written):
                return to_latex(node.function)
        if not isinstance(node, Multiply):
            continue
        for (first, second), sign in zip(pairwise(node.factors), node.signs, strict=True):
            if sign or not isinstance(first, Symbol) or first.indices or not isinstance(second, Group):
                continue
            meaning = model.definitions.get(model.families.resolve(first)[0])
            if meaning is None or second.opening != "(":
                continue
            inside = {s.name for s in main_symbols(second) if not is_literal(s)}
            if inside <= {s.name for s in main_symbols(meaning.body)}:
                return to_latex(first)
    return ""


def _of_something(nodes: list[Node], model: Model, called: frozenset[str]) -> str:
    """A function that is called and defined, but without its arguments."""
    for node in nodes:
        if isinstance(node, Call) and node.function.name in called:
            meaning = model.definitions.get(model.families.resolve(node.function)[0])
            if meaning is not None and not (meaning.arguments or meaning.written):
                return to_latex(node.function)
    return ""


def _given_by_others(nodes: list[Node], model: Model) -> str:
    r"""What a total derivative is by, if what defines it stands beside it: q of p, in `dR/dq` for R = pq."""
    for node in nodes:
        variable = (
            node.variables[0]
            if isinstance(node, Derivative) and node.mark == "d" and node.variables
            else None
        )
        meaning = model.definitions.get(variable.name) if isinstance(variable, Symbol) else None
        if meaning is None or meaning.arguments or not isinstance(node, Derivative):
            continue
        others = {k: v for k, v in model.definitions.items() if k != meaning.family}
        reached = reached_families(replace(model, definitions=others), (node.body,))
        if free_names(meaning.body, model) & reached:
            return to_latex(Symbol(meaning.family))
    return ""


def _is_functional(node: Node, model: Model) -> bool:
    r"""Whether what is made of an integral is differentiated by a function, as `\frac{\delta J}{\delta p(x)}`."""
    if not isinstance(node, Derivative) or not any(isinstance(v, Call) for v in node.variables):
        return False
    return any(isinstance(n, Integral) for tree in with_definitions(model, (node.body,)) for n in walk(tree))


def _is_maybe_operator(node: Node) -> bool:
    r"""Whether a derivative stands before a bracket with a derivative in it, as in `\frac{df}{dx}(\frac{df}{dx})`."""
    pairs = pairwise(node.factors) if isinstance(node, Multiply) else ()
    return any(
        isinstance(a, Derivative) and isinstance(b, Group) and any(isinstance(n, Derivative) for n in walk(b))
        for a, b in pairs
    )


def _fraction_as_operator(nodes: list[Node], model: Model) -> str:
    r"""A derivative with a factor behind it that stands elsewhere before the very thing that it is of.

    Where a page has `\frac{dJ}{dg} J(g)`, it may write `\frac{dJ}{dg}` for d/dg.
    """
    everywhere = [node for tree in model.trees for node in walk(tree)]
    operators = {
        first
        for first, second in _multiplied(everywhere)
        if isinstance(first.body, Symbol) and first.body == _called(second)
    }
    return min((to_latex(first) for first, _ in _multiplied(nodes) if first in operators), default="")


def _multiplied(nodes: list[Node]) -> Iterator[tuple[Derivative, Node]]:
    """The derivatives in products that have a factor right behind them, with that."""
    for node in nodes:
        pairs = zip(node.signs, pairwise(node.factors), strict=False) if isinstance(node, Multiply) else ()
        for sign, (first, second) in pairs:
            if not sign and isinstance(first, Derivative):
                yield first, second


def _called(node: Node) -> Symbol | None:
    """The function that a call, or a power of one, is of."""
    call = node.base if isinstance(node, Power) else node
    return call.function if isinstance(call, Call) else None


def _is_of_some_order(node: Node) -> bool:
    r"""Whether a function is called that has a sum in brackets above it, as in `g^{(n - i)}(t)`."""
    return isinstance(node, Call) and any(isinstance(each, Add) for each in node.function.upper)
