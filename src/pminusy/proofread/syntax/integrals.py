r"""Integrals: `\int_0^t h(r) dr`, `\int_0^1 dt f(t)`, `\int_{-\infty}^\infty e^{-x^2} \mathrm{d}x`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from pminusy.proofread.syntax import names
from pminusy.proofread.syntax.tokens import Token
from pminusy.proofread.syntax.tree import Integral, Node, Number, Symbol
from pminusy.proofread.syntax.vocabulary import script

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
        limits[mark] = _whole(parser, inner)
    if len(limits) == 1:
        parser.fail("an integral over a set is not evaluated", sign)
    first, after = _differential(parser.tokens, parser.at)
    if first < 0:
        parser.fail("an integral that does not say over what", sign)
    variable = _variable(parser, first, after)
    if first == parser.at:
        parser.at = after
        body: Node = Number("1", span=variable.span) if parser.at_stop() else parser.product()
    else:
        body = _whole(parser, parser.tokens[parser.at : first])
        parser.at = after
    return Integral(variable, limits.get("_"), limits.get("^"), body, span=parser.since(start))


def _whole(parser: Parser, tokens: Sequence[Token]) -> Node:
    inside = parser.sub_parser(tokens)
    node = inside.expression()
    inside.expect_end()
    return node


def _differential(tokens: Sequence[Token], at: int) -> tuple[int, int]:
    """Where the first `dx` outside of brackets begins and ends; −1 where there is none."""
    depth = 0
    for n in range(at, len(tokens)):
        token = tokens[n]
        if token.kind == "sign":
            depth += (token.text in names.CLOSERS) - (token.text in names.CLOSERS.values())
        if depth < 0:
            break
        if depth == 0 and token.kind == "name":
            following = tokens[n + 1] if n + 1 < len(tokens) else None
            if token.text == "d" and following is not None and following.kind == "name":
                return n, n + 2
            joined = token.text[1:] if token.text[0] == "d" else ""
            if joined and any(other.text == joined for other in tokens[at:n]):
                return n, n + 1
    return -1, -1


def _variable(parser: Parser, first: int, after: int) -> Symbol:
    token = parser.tokens[after - 1]
    return Symbol(token.text if after - first == 2 else token.text[1:], span=token.span)
