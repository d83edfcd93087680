r"""Integrals: `\int_0^t h(r) dr`, `\int_0^1 dt f(t)`, `\int_{-\infty}^\infty e^{-x^2} \mathrm{d}x`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from pminusy.proofread.syntax import names
from pminusy.proofread.syntax.token_ranges import script
from pminusy.proofread.syntax.tokens import Token
from pminusy.proofread.syntax.tree import Integral, Node, Number, Symbol

if TYPE_CHECKING:
    from pminusy.proofread.syntax.parser import Parser


def integral(parser: Parser) -> Node:
    r"""The integral whose `\int` comes next, up to the `dx` that ends it."""
    start = parser.at
    sign = parser.take()
    limits: dict[str, Node] = {}
    while parser.peek().kind == "sign" and parser.peek().text in ("_", "^"):
        mark = parser.take().text
        inner, parser.at = script(parser.tokens, parser.at)
        limits[mark] = parser.whole(_after_equals(inner))
    if len(limits) == 1:
        parser.fail("an integral over a set is not evaluated", sign)
    first, after = _differential(parser.tokens, parser.at)
    if first < 0:
        parser.fail("an integral without a variable of integration", sign)
    variable = _variable(parser, first, after)
    if first == parser.at:
        parser.at = after
        body: Node = Number("1", span=variable.span) if parser.at_stop() else parser.product()
    else:
        body = parser.whole(parser.tokens[parser.at : first])
        parser.at = after
    return Integral(variable, limits.get("_"), limits.get("^"), body, span=parser.since(start))


def _after_equals(tokens: Sequence[Token]) -> Sequence[Token]:
    """A limit without the variable before it, as in `x = 0`."""
    at = next((n for n, token in enumerate(tokens) if token.text == "="), -1)
    return tokens[at + 1 :]


def _differential(tokens: Sequence[Token], at: int) -> tuple[int, int]:
    """Where the `dx` outside of brackets begins and ends that closes the integral; -1 where there is none.

    Further integrals before it are closed first.
    """
    depth, inner = 0, 0
    for n in range(at, len(tokens)):
        token = tokens[n]
        if token.kind == "sign":
            depth += (token.text in names.CLOSERS) - (token.text in names.CLOSERS.values())
        if depth < 0:
            break
        inner += depth == 0 and token.text == r"\int"
        if depth == 0 and token.kind == "name" and (after := _after_variable(tokens, at, n)):
            if not inner:
                return n, after
            inner -= 1
    return -1, -1


def _after_variable(tokens: Sequence[Token], at: int, n: int) -> int:
    """Where a differential that begins at a token ends; 0 where none begins."""
    token = tokens[n]
    if token.text == "d" and n + 1 < len(tokens) and tokens[n + 1].kind == "name":
        after = n + 2
        if after < len(tokens) and tokens[after].text == "_":
            after = script(tokens, after + 1)[1]
        return after
    joined = token.text[1:] if token.text[0] == "d" else ""
    return n + 1 if joined and any(other.text == joined for other in tokens[at:n]) else 0


def _variable(parser: Parser, first: int, after: int) -> Symbol:
    token = parser.tokens[first]
    if token.text != "d":
        return Symbol(token.text[1:], span=token.span)
    inside = parser.sub_parser(parser.tokens[first + 1 : after])
    node = inside.factor()
    if not isinstance(node, Symbol):
        parser.fail("an integral without a variable of integration", token)
    return node
