r"""Integrals: `\int_0^t h(r) dr`, `\int_0^1 dt f(t)`, `\int_\mathbb{R} e^{-x^2} \mathrm{d}x`, `\int x \, d(\sin x)`."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from pminusy.proofread.syntax import names
from pminusy.proofread.syntax.differentials import Differential, closing, without_signs
from pminusy.proofread.syntax.token_ranges import after_scripts, matching, script, split
from pminusy.proofread.syntax.tokens import Token
from pminusy.proofread.syntax.tree import (
    Call,
    Derivative,
    Integral,
    Multiply,
    Negative,
    Node,
    Number,
    Span,
    Symbol,
    is_literal,
    walk,
)

if TYPE_CHECKING:
    from pminusy.proofread.syntax.parser import Parser

_MULTIPLE = {r"\iint": 2, r"\iiint": 3}
_ENDLESS = Symbol(r"\infty")
_CAPITALS = frozenset([r"\Omega", r"\Theta", r"\Lambda", r"\Gamma", r"\Sigma", r"\Delta", r"\partial"])
# Sets of numbers by how they are written, without braces, and their limits.
_SETS: dict[str, tuple[Node, Node]] = {
    r"\mathbb{R}": (Negative(_ENDLESS), _ENDLESS),
    **dict.fromkeys(
        [r"\mathbb{R}_+", r"\mathbb{R}^+", r"\mathbb{R}_\ge0", r"\mathbb{R}_>0"], (Number("0"), _ENDLESS)
    ),
}


def integral(parser: Parser) -> Node:
    r"""The integral whose `\int` comes next, up to the `dx` that ends it."""
    start = parser.at
    sign = parser.take()
    if sign.text in _MULTIPLE:
        return _multiple(parser, sign, start)
    if (whole := _over_names(parser, start)) is not None:
        return whole
    named = _named_in_limit(parser)
    low, high, over = _limits(parser)
    parser.tokens, end = closing(parser.tokens, parser.at, parser.vocabulary.functions)
    if end is None and parser.vocabulary.reading.forgiving:
        variable = named or _supplied(parser, low is not None)
        parser.supplied.add(variable.name)
        return Integral(variable, low, high, parser.product(), span=parser.since(start))
    if end is None:
        parser.fail("an integral without a variable of integration", sign)
    variable, slope, after = _variable(parser, end)
    while after < len(parser.tokens) and parser.tokens[after].text == "'":
        variable, after = replace(variable, name=variable.name + "'"), after + 1
    if over and over != variable.name:
        parser.fail("an integral over a set is not evaluated", sign)
    if end.first == parser.at:
        parser.at = after
        body: Node = Number("1", span=variable.span) if parser.at_stop() else parser.product()
    else:
        body = parser.whole(without_signs(parser.tokens[parser.at : end.first]))
        parser.at = after
    if slope is not None:
        body = Multiply((body, slope), ("",), span=body.span | slope.span)
    return Integral(variable, low, high, body, span=parser.since(start))


def _multiple(parser: Parser, sign: Token, start: int) -> Node:
    r"""`\iint_a^b` as `\int_a^b \int_a^b`."""
    end = after_scripts(parser.tokens, parser.at)
    single = [replace(sign, text=r"\int"), *parser.tokens[parser.at : end]]
    parser.tokens[start:end] = single * _MULTIPLE[sign.text]
    parser.at = start
    return integral(parser)


def _over_names(parser: Parser, start: int) -> Node | None:
    r"""`\int_x p(x)` and `\int_{x,y} p(x, y)` without `dx`: over what stands below the sign; None for any other."""
    if parser.peek().text != "_":
        return None
    inner, after = script(parser.tokens, parser.at + 1)
    over = [piece[0] for piece in split(inner, ",") if len(piece) == 1 and piece[0].kind == "name"]
    behind = parser.tokens[after:]
    if not over or 2 * len(over) - 1 != len(inner) or (behind and behind[0].text == "^"):
        return None
    used = {token.text for token in behind if token.kind == "name"}
    tokens, end = closing(list(parser.tokens), after, parser.vocabulary.functions)
    if end is not None or len(tokens) != len(parser.tokens) or not {token.text for token in over} <= used:
        return None
    parser.at = after
    body = parser.product()
    for token in reversed(over):
        body = Integral(Symbol(token.text, span=token.span), None, None, body, span=parser.since(start))
    return body


def _limits(parser: Parser) -> tuple[Node | None, Node | None, str]:
    """Both limits, or None and None; and the name of the set that the integral is over, which may be its variable."""
    sign = parser.peek()
    found: dict[str, Node] = {}
    over = ""
    while parser.peek().kind == "sign" and parser.peek().text in ("_", "^"):
        mark = parser.take().text
        _split_number(parser)
        inner, parser.at = script(parser.tokens, parser.at)
        member = len(inner) > 2 and inner[1].text == r"\in"
        inner = _after_relation(inner)
        if not inner:
            continue
        limits = _of_a_set(parser, inner) if mark == "_" else None
        if limits is None and mark == "_" and _is_a_set(inner, member):
            limits = ends_of_set("".join(token.text for token in inner), inner[0].span | inner[-1].span)
        if limits is not None:
            found["_"], found["^"] = limits
        elif mark == "_" and len(inner) == 1 and inner[0].kind == "name":
            over = inner[0].text
            found[mark] = Symbol(over, span=inner[0].span)
        else:
            found[mark] = parser.whole(inner)
    if len(found) == 1 and not over:
        parser.fail("an integral over a set is not evaluated", sign)
    if len(found) == 1:
        return None, None, over
    return found.get("_"), found.get("^"), ""


def _named_in_limit(parser: Parser) -> Symbol | None:
    r"""The variable that a limit names, as in `\int_{x = 0}^1`; None where none does."""
    if parser.peek().text != "_":
        return None
    inner, _ = script(parser.tokens, parser.at + 1)
    named = len(inner) > 2 and inner[0].kind == "name" and inner[1].text == "="
    return Symbol(inner[0].text, span=inner[0].span) if named else None


def _supplied(parser: Parser, definite: bool) -> Symbol:
    r"""The one name behind an integral that the page integrates over, if no `dx` says so.

    Of several integrals with the same limits that follow each other, the first is over the first of so many names.
    """
    alike = _integrals_with_same_limits(parser)
    behind = itertools.takewhile(lambda token: token.text not in names.RELATIONS, parser.tokens[parser.at :])
    found = [token for token in behind if token.kind == "name" and token.text in parser.vocabulary.integrated]
    known = sorted({token.text for token in found} - parser.supplied)
    if not definite or len(known) != max(len(alike), 1) or len(set(alike)) > 1:
        parser.fail("an integral without a variable of integration")
    place = next(token.span for token in found if token.text == known[-1])
    return Symbol(known[-1], span=place)


def _integrals_with_same_limits(parser: Parser) -> list[str]:
    """The limits of the integral that was just read and of those that stand right behind it."""
    start = max(n for n in range(parser.at) if parser.tokens[n].text == r"\int")
    found = []
    while start < len(parser.tokens) and parser.tokens[start].text == r"\int":
        end = after_scripts(parser.tokens, start + 1)
        found.append("".join(token.text for token in parser.tokens[start + 1 : end]))
        start = end
    return found


def _split_number(parser: Parser) -> None:
    r"""Part a limit without braces from the number behind it: `\int_x^16u du` is the integral of 6u up to 1."""
    token = parser.peek()
    joined = token.kind == "number" and len(token.text) > 1 and token.text.isdigit() and token.text[1] != "0"
    if joined and not parser.peek(1).spaced:
        parser.tokens[parser.at : parser.at + 1] = [
            replace(token, text=token.text[0]),
            replace(token, text=token.text[1:], spaced=False),
        ]


def _of_a_set(parser: Parser, tokens: Sequence[Token]) -> tuple[Node, Node] | None:
    r"""The limits that a set such as `\mathbb{R}_+` or `[0, 1]` stands for; None for any other."""
    if tokens[0].text == "[" and matching(tokens, 0) == len(tokens) - 1:
        comma = next((n for n, token in enumerate(tokens) if token.text == ","), 0)
        return (parser.whole(tokens[1:comma]), parser.whole(tokens[comma + 1 : -1])) if comma else None
    return _SETS.get("".join(token.text for token in tokens if token.text not in ("{", "}")))


def _is_a_set(tokens: Sequence[Token], member: bool) -> bool:
    r"""Whether tokens name a set: a capital with its scripts, or what a variable is said to be in."""
    name = tokens[0].text
    capital = tokens[0].kind == "name" and (
        name in _CAPITALS or name.startswith(r"\math") or name[-1:].isupper()
    )
    plain = all(t.kind in ("name", "number") or t.text in "_^{},+*-" for t in tokens)
    return plain and (member or capital) and tokens[0].kind == "name"


def ends_of_set(name: str, span: Span) -> tuple[Node, Node]:
    """The ends of a set of numbers that nothing is said of, for which an interval stands."""
    return Symbol(rf"\inf {name}", span=span), Symbol(rf"\sup {name}", span=span)


def _after_relation(tokens: Sequence[Token]) -> Sequence[Token]:
    r"""A limit without the variable before it, as in `x = 0` or `x \in \mathbb{R}`."""
    at = next((n for n, token in enumerate(tokens) if token.text in ("=", r"\in")), -1)
    return tokens[at + 1 :]


def _variable(parser: Parser, end: Differential) -> tuple[Symbol, Node | None, int]:
    r"""What is integrated over, for `d(\sin x)` that and the derivative of the sine; and where these end."""
    token = parser.tokens[end.first]
    if token.text != "d":
        return Symbol(token.text[1:], span=token.span), None, end.after
    stop = end.after if end.after >= 0 else len(parser.tokens)
    inside = parser.sub_parser(parser.tokens[end.first + 1 : stop])
    node = inside.factor()
    after = end.first + 1 + inside.at
    if isinstance(node, Symbol):
        return node, None, after
    variable = _only_variable(parser, node)
    return variable, Derivative(node, (variable,), "differential", "d", span=token.span | node.span), after


def _only_variable(parser: Parser, node: Node) -> Symbol:
    """The symbol in an expression that the page integrates over, or the only one there is."""
    functions = {n.function for n in walk(node) if isinstance(n, Call)}
    symbols = {
        replace(n, span=node.span)
        for n in walk(node)
        if isinstance(n, Symbol) and n not in functions and not is_literal(n)
    }
    for candidates in ({s for s in symbols if s.name in parser.vocabulary.integrated}, symbols):
        if len(candidates) == 1:
            return candidates.pop()
    return parser.fail("an integral without a variable of integration")
