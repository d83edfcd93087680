r"""Functions composed and applied: `(f \circ g)(x)` is f(g(x))."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pminusy.proofread.syntax.tree import Call, Group, Multiply, Node, Symbol

if TYPE_CHECKING:
    from pminusy.proofread.syntax.parser import Parser

CIRCLE = r"\odot"  # which stands for the sign of composition and for that of products entry by entry


def composed(parser: Parser, node: Node) -> tuple[Symbol, ...]:
    """The functions in a bracket that are composed, the outermost first; none where something else stands in it."""
    body = node.body if isinstance(node, Group) else node
    if not isinstance(body, Multiply) or set(body.signs) != {CIRCLE}:
        return ()
    names = [f for f in body.factors if isinstance(f, Symbol) and f.name in parser.vocabulary.functions]
    return tuple(names) if len(names) == len(body.factors) else ()


def applied_in_turn(functions: tuple[Symbol, ...], arguments: tuple[Node, ...]) -> Node:
    """The functions applied to the arguments, the last one first."""
    for function in reversed(functions):
        arguments = (Call(function, arguments, span=function.span),)
    return arguments[0]
