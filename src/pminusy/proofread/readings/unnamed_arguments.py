r"""Rules about functions whose argument is left out: `(uv)' = u'v + uv'`, `\int u \, dv = uv - \int v \, du`."""

from __future__ import annotations

from dataclasses import replace

from pminusy.proofread.meaning.names.definitions import FUNCTIONS
from pminusy.proofread.readings.rewritten import Part, in_chain
from pminusy.proofread.source.page import Member
from pminusy.proofread.syntax import names
from pminusy.proofread.syntax.tree import (
    Call,
    Derivative,
    Integral,
    Multiply,
    Node,
    Symbol,
    map_children,
    walk,
)

_USUAL = Symbol("x")


def with_arguments(part: Part) -> Part | None:
    """A chain with names that have derivatives but no argument read as functions of one variable.

    None where there are none, or it is not plain of what they are functions.
    """
    nodes = [n for member in part[1].members if member.tree is not None for n in walk(member.tree)]
    functions = _functions(nodes) - FUNCTIONS - names.CONSTANTS - _own_variables(nodes)
    variables = {
        v
        for n in nodes
        for v in (
            n.variables if isinstance(n, Derivative) else (n.variable,) if isinstance(n, Integral) else ()
        )
        if not (isinstance(v, Symbol) and v.name in functions)
    }
    if not functions or len(variables) > 1:
        return None
    variable = variables.pop() if variables else _USUAL
    if not isinstance(variable, Symbol) or variable.indices:
        return None
    return in_chain(part, lambda member: _applied(member, functions, variable))


def _functions(nodes: list[Node]) -> frozenset[str]:
    """The names with primes, those that are differentiated, and those that integrals by parts are over."""
    found = {
        s.name.rstrip("'") for s in nodes if isinstance(s, Symbol) and s.name.endswith("'") and not s.indices
    }
    bodies = [n.body for n in nodes if isinstance(n, Derivative)]
    found |= {b.name for b in bodies if isinstance(b, Symbol) and not b.indices}
    pairs = {(n.variable, n.body) for n in nodes if isinstance(n, Integral)}
    found |= {v.name for v, body in pairs if (body, v) in pairs}
    return frozenset(found - {""})


def _own_variables(nodes: list[Node]) -> frozenset[str]:
    """The names that are differentiated by themselves, and so no functions of anything else."""
    return frozenset(
        n.body.name
        for n in nodes
        if isinstance(n, Derivative) and isinstance(n.body, Symbol) and n.body in n.variables
    )


def _applied(member: Member, functions: frozenset[str], variable: Symbol) -> Member:
    def called(name: str, primes: int, like: Node) -> Call:
        return Call(Symbol(name), (variable,), primes, span=like.span)

    def applied(node: Node) -> Node:
        if isinstance(node, Symbol):
            bare = node.name.rstrip("'")
            known = bare in functions and not node.indices
            return called(bare, len(node.name) - len(bare), node) if known else node
        if isinstance(node, Call):
            return replace(node, arguments=tuple(map(applied, node.arguments)))
        if isinstance(node, Derivative):
            return replace(node, body=applied(node.body))
        if isinstance(node, Integral) and node.variable.name in functions:
            slope = called(node.variable.name, 1, node.variable)
            body = Multiply((applied(node.body), slope), ("",), span=node.span)
            return replace(node, variable=variable, body=body)
        if isinstance(node, Integral):
            limits = (None if each is None else applied(each) for each in (node.low, node.high))
            low, high = limits
            return replace(node, low=low, high=high, body=applied(node.body))
        return map_children(node, applied)

    return member if member.tree is None else member.rewrite(applied(member.tree))
