"""How long a formula is to a reader: what derivations make as small as they can."""

from __future__ import annotations

from pminusy.proofread.syntax.tree import (
    Add,
    Branch,
    Call,
    Cases,
    Component,
    Conjunction,
    Delta,
    Derivative,
    Differential,
    Divide,
    Fold,
    Group,
    Indicator,
    Integral,
    Multiply,
    Negative,
    Node,
    Norm,
    Number,
    Power,
    Relation,
    Symbol,
    Transpose,
    children,
)

UNEVALUATED = 20.0  # a derivative that is still to be taken
NUMBER = 0.75
_OWN: dict[type[Node], float] = {
    Divide: 0.75,
    Power: 0.25,
    Call: 1.0,
    Fold: 1.5,
    Integral: 3.0,
    Norm: 1.0,
    Transpose: 0.25,
    Component: 1.0,
    Indicator: 1.0,
    Cases: 1.0,
    Relation: 0.5,
    Derivative: UNEVALUATED,
    Differential: UNEVALUATED,
}


def length(node: Node) -> float:
    """The number of names, numbers and signs in a formula; what is under a sum counts for a little more.

    Indices do not count, nor do parentheses or the functions' names.

    Examples
    --------
    >>> from pminusy.proofread.syntax.tree import Symbol
    >>> length(Add((Symbol("p"), Negative(Symbol("y")))))
    2.5
    """
    match node:
        case Number():
            return NUMBER
        case Symbol() | Delta():
            return 1.0
        case Group():
            return length(node.body)
        case Add():
            leading = 0.6 if isinstance(node.terms[0], Negative) else 0.0
            bodies = [term.body if isinstance(term, Negative) else term for term in node.terms]
            return leading + sum(map(length, bodies)) + 0.5 * (len(bodies) - 1)
        case Negative():
            return 0.5 + length(node.body)
        case Multiply():
            return sum(map(length, node.factors)) + 0.25 * sum(isinstance(f, Divide) for f in node.factors)
        case Fold():
            return 1.5 + 1.125 * length(node.body)
        case Call():
            return 1.0 + sum(map(length, node.arguments))
        case Cases():
            return 1.0 + sum(_branch(branch) for branch in node.branches)
        case Conjunction():
            return sum(map(length, node.parts))
        case Derivative():
            return UNEVALUATED + length(node.body)
        case _:
            return _OWN.get(type(node), 0.5) + sum(map(length, children(node)))


def _branch(branch: Branch) -> float:
    return length(branch.value) + (0.0 if branch.condition is None else length(branch.condition))
