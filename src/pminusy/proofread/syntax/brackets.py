r"""What stands in brackets: one thing, a list such as `(x, y)`, an inner product, a norm."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pminusy.proofread.syntax import names
from pminusy.proofread.syntax.ellipses import listed
from pminusy.proofread.syntax.token_ranges import script
from pminusy.proofread.syntax.tree import (
    TUPLE,
    Add,
    Group,
    Inner,
    Matrix,
    Multiply,
    Negative,
    Node,
    Norm,
    is_literal,
)

if TYPE_CHECKING:
    from pminusy.proofread.syntax.parser import Parser

_TRANSPOSES = frozenset(["T", r"\top", r"\intercal", "t", r"\mathsf{T}", "'"])


def group(parser: Parser) -> Node:
    """What stands in brackets, as a group; several things in round or square ones as a column."""
    start, opening = parser.at, parser.peek().text
    body = parser.bracketed(opening, _one_or_several)
    if isinstance(body, Matrix) and body.fence == TUPLE:
        if opening not in ("(", "[") or parser.tokens[parser.at - 1].text != names.CLOSERS[opening]:
            parser.fail("a set, which is no quantity", parser.tokens[start])
        if _has_decimal_commas(body):
            parser.fail("commas that may be decimal", parser.tokens[start])
        _drop_transpose(parser)
        return listed(Matrix(body.rows, TUPLE, span=parser.since(start)))
    if opening == "{" and not isinstance(body, Add | Negative | Multiply):
        return body
    return Group(body, opening, names.CLOSERS[opening], span=parser.since(start))


def _one_or_several(parser: Parser) -> Node:
    first = parser.expression()
    if parser.peek().text != "," or parser.peek().kind != "sign":
        return first
    entries = [first]
    while parser.accept(","):
        entries.append(parser.expression())
    return Matrix(tuple((entry,) for entry in entries), TUPLE)


def _has_decimal_commas(node: Matrix) -> bool:
    """Whether a list is made of numbers that are calculated with, as in `(1,7 - 0,9)`."""
    entries = [row[0].body if isinstance(row[0], Negative) else row[0] for row in node.rows]
    return all(map(is_literal, entries)) and any(isinstance(entry, Add | Multiply) for entry in entries)


def _drop_transpose(parser: Parser) -> None:
    """Take the transpose behind a list, which is a column whether it is written with or without."""
    if parser.peek().text == "^":
        inner, after = script(parser.tokens, parser.at + 1)
        if len(inner) == 1 and inner[0].text in _TRANSPOSES:
            parser.at = after


def angle(parser: Parser) -> Node:
    r"""What stands in `\langle … \rangle`: an inner product, or one thing as in brackets."""
    start = parser.at

    def read(inside: Parser) -> Node:
        first = inside.expression()
        return Inner(first, inside.expression()) if inside.accept(",", "|") else Group(first)

    inside = parser.bracketed(r"\langle", read)
    if isinstance(inside, Inner):
        return Inner(inside.left, inside.right, span=parser.since(start))
    assert isinstance(inside, Group)
    return Group(inside.body, r"\langle", r"\rangle", span=parser.since(start))


def barred(parser: Parser) -> Norm:
    """What stands between bars; two bars side by side are one double bar."""
    start, bar = parser.at, parser.take().text
    twice = bar == "|" and parser.peek().text == "|" and parser.accept("|") is not None
    parser.bars.append(bar)
    body = parser.expression()
    parser.bars.pop()
    parser.expect(bar)
    if twice:
        parser.expect(bar)
    return Norm(body, None, r"\|" if twice else bar, span=parser.since(start))
