r"""Conditions: relations, chains of them such as `i = j \ne k`, and membership in `\{0, 1\}` or `[0, 10]`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pminusy.proofread.syntax import names
from pminusy.proofread.syntax.ellipses import ELLIPSIS
from pminusy.proofread.syntax.token_ranges import list_end, split
from pminusy.proofread.syntax.tree import INTERVALS, SET, Conjunction, Matrix, Node, Relation, Symbol

if TYPE_CHECKING:
    from pminusy.proofread.syntax.parser import Parser


def condition(parser: Parser) -> Node:
    """Relations joined by commas or "and"."""
    start = parser.at
    parts = _relations(parser)
    while parser.accept(",", ";", "and", ":") or (parser.peek().kind == "words" and parser.take()):
        if parser.peek().kind == "end" or parser.at_stop():
            break
        parts += _relations(parser)
    return parts[0] if len(parts) == 1 else Conjunction(tuple(parts), span=parser.since(start))


def _relations(parser: Parser) -> list[Node]:
    r"""One relation, a chain such as `i = j \ne k`, or one for each name of a list: `x, y \ge 0`."""
    start = parser.at
    firsts, signs = [parser.expression()], []
    while isinstance(firsts[-1], Symbol) and parser.peek().text == "," and parser.peek(1).kind == "name":
        parser.take()
        firsts.append(parser.expression())
    sides = [firsts[-1]]
    while parser.peek().kind == "sign" and parser.peek().text in names.RELATIONS:
        signs.append(parser.take().text)
        sides.append(set_or_expression(parser, signs[-1]))
    if not signs:
        parser.fail("expected a condition such as i = j")
    return [
        Relation(sign, left, right, span=parser.since(start))
        for first in firsts
        for sign, left, right in zip(signs, [first, *sides[1:-1]], sides[1:], strict=True)
    ]


def set_or_expression(parser: Parser, sign: str) -> Node:
    r"""The right side of a relation; behind `\in`, `\{0, 1\}` is a set and `[0, 1)` an interval.

    Square brackets around more than two things list these. Dots between the first and the last stand for all whole
    numbers between them.
    """
    opening = parser.peek().text
    end = list_end(parser.tokens, parser.at) if sign in (r"\in", r"\notin") else 0
    if not end:
        return parser.expression()
    start = parser.at
    items = tuple(parser.whole(piece) for piece in split(parser.tokens[start + 1 : end - 1], ",") if piece)
    fence = SET if opening == r"\{" else opening + parser.tokens[end - 1].text
    if opening == "[" and len(items) > 2:
        fence = SET
    if Symbol(ELLIPSIS) in items[1:-1]:  # whole numbers from the first to the last
        items, fence = (items[0], items[-1]), "[]"
    if not items or (fence in INTERVALS and len(items) != 2) or (fence != SET and fence not in INTERVALS):
        return parser.expression()
    parser.at = end
    return Matrix((items,), fence, span=parser.since(start))
