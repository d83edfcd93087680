r"""Brackets with primes, `(uv)'` and `(f + g)'(x)`: what they differentiate by."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from pminusy.proofread.syntax import names
from pminusy.proofread.syntax.compositions import applied_in_turn, composed
from pminusy.proofread.syntax.token_ranges import script
from pminusy.proofread.syntax.tree import Call, Derivative, Node, Number, Symbol, Transpose, transform, walk

if TYPE_CHECKING:
    from pminusy.proofread.syntax.parser import Parser


def _applied(parser: Parser, node: Node) -> tuple[Node, Symbol] | None:
    r"""`(cf + g)'(x)`: the functions in a bracket applied to what follows it, which is taken; None for no name."""
    inner, after = script(parser.tokens, parser.at)
    if len(inner) != 3 or inner[1].kind != "name":
        return None
    argument = Symbol(inner[1].text, span=inner[1].span)

    def apply(each: Node) -> Node:
        called = isinstance(each, Symbol) and not each.indices and each.name in parser.vocabulary.functions
        return Call(each, (argument,), span=each.span) if called and isinstance(each, Symbol) else each

    functions = composed(parser, node)
    body = applied_in_turn(functions, (argument,)) if functions else transform(node, apply)
    if body == node:
        return None
    parser.at = after
    return body, argument


def primed(parser: Parser, node: Node, start: int, primes: int = 0) -> Node:
    """A bracket with primes: transposed, or differentiated by the one symbol in it."""
    if parser.vocabulary.prime_transposes:
        parser.accept("'")
        return Transpose(node, "'", span=parser.since(start))
    while parser.accept("'"):
        primes += 1
    if parser.peek().text == "(" and (applied := _applied(parser, node)) is not None:
        body, argument = applied
        return Derivative(body, (argument,) * primes, "operator", "d", span=parser.since(start))
    inside = {
        n for n in walk(node) if isinstance(n, Symbol) and not n.indices and n.name not in names.CONSTANTS
    }
    functions = {n.function for n in walk(node) if isinstance(n, Call)}
    variables = sorted(inside - functions, key=lambda symbol: symbol.name)
    chosen = [v for v in variables if v.name == "x"] or variables
    if not chosen:
        return (
            Number("0", span=parser.since(start))
            if isinstance(node, Number)
            else parser.fail("a prime on a bracket")
        )
    if len(chosen) > 1 and not _are_functions(parser, chosen):
        parser.fail("a prime on a bracket with several symbols in it")
    if len(chosen) > 1:
        chosen = [Symbol("x")]
    return Derivative(node, (chosen[0],) * primes, "operator", "d", span=parser.since(start))


def _are_functions(parser: Parser, symbols: Sequence[Symbol]) -> bool:
    """Whether all but one of some symbols, a constant factor, have primes themselves, as in `(uv)' = u'v + uv'`."""
    primed = [symbol for symbol in symbols if symbol.name in parser.vocabulary.primed]
    return bool(primed) and len(primed) >= len(symbols) - 1
