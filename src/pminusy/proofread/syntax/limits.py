r"""Limits: `\lim_{x \to 0^+} x \ln x`, `\lim_{n \to \infty} a_n`, `\lim_n a_n`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from pminusy.proofread.syntax.token_ranges import script, split
from pminusy.proofread.syntax.tokens import Token
from pminusy.proofread.syntax.tree import Limit, Negative, Node, Symbol

if TYPE_CHECKING:
    from pminusy.proofread.syntax.parser import Parser

_ENDLESS = Symbol(r"\infty")
_STEPS = frozenset([r"\Delta", r"\delta"])
_SIDES = {"+": "+", "-": "-"}


def limit(parser: Parser) -> Node:
    """The limit whose sign comes next, of the product behind it."""
    start = parser.at
    sign = parser.take()
    braced = parser.peek().text == "{" and parser.peek().kind == "sign"  # `\lim{x \to 0}`, a `_` left out
    if parser.peek().text != "_" and not braced:
        parser.fail("a limit of which nothing says where", sign)
    inner, parser.at = script(parser.tokens, parser.at + (not braced))
    if braced and r"\to" not in [token.text for token in inner]:
        parser.fail("a limit of which nothing says where", sign)
    if [token.kind for token in inner[:2]] == ["name", "name"] and inner[0].text in _STEPS:
        step, of = inner[:2]
        parser.tokens[parser.at :] = _joined(parser.tokens[parser.at :], step, of)
        inner = _joined(inner, step, of)
    variable, target, side = _where(parser, inner)
    return Limit(variable, target, parser.product(), side, span=parser.since(start))


def _joined(tokens: Sequence[Token], step: Token, of: Token) -> list[Token]:
    r"""Tokens with `\Delta x` as one name, as it is in a limit where that vanishes."""
    kept: list[Token] = []
    for token in tokens:
        if kept and kept[-1].text == step.text and token.text == of.text and token.kind == "name":
            both = kept.pop()
            token = replace(both, text=f"{step.text} {of.text}", span=both.span | token.span)
        kept.append(token)
    return kept


def _where(parser: Parser, tokens: Sequence[Token]) -> tuple[Symbol, Node, str]:
    """The variable of a limit, what it goes to, and from which side."""
    before, *behind = split(tokens, r"\to")
    variable = parser.whole(before)
    if not isinstance(variable, Symbol) or len(behind) > 1:
        parser.fail("a limit in something other than one variable", tokens[0])
    if not behind:
        return variable, _ENDLESS, ""
    place, side = list(behind[0]), ""
    if len(place) > 2 and place[-1].text in _SIDES and place[-2].text == "^":
        side, place = _SIDES[place[-1].text], place[:-2]
    elif len(place) > 4 and place[-1].text == "}" and place[-2].text in _SIDES and place[-4].text == "^":
        side, place = _SIDES[place[-2].text], place[:-4]
    elif len(place) > 1 and place[-1].text in _SIDES:
        side, place = _SIDES[place[-1].text], place[:-1]
    if place[0].text == "+":
        place = place[1:]
    target = parser.whole(place)
    return variable, target, "" if target in (_ENDLESS, Negative(_ENDLESS)) else side
