r"""Indicator functions: `1\{i = j\}`, `\mathbb{1}_{i = j}`, Iverson's `[i = j]`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pminusy.proofread.syntax import names, relations
from pminusy.proofread.syntax.scripts import dressed
from pminusy.proofread.syntax.token_ranges import matching, script
from pminusy.proofread.syntax.tree import Indicator, Node

if TYPE_CHECKING:
    from pminusy.proofread.syntax.parser import Parser

INDICATORS = frozenset([r"\mathbf{1}", r"\mathbb{1}", r"\mathbb{I}", r"\mathcal{I}", r"\mathds{1}", "I"])


def holds_condition(parser: Parser, ahead: int = 0) -> bool:
    """Whether a bracket (or a subscript) this far ahead holds a relation, as in `[i = j]`."""
    at = parser.at + ahead
    if at < len(parser.tokens) and parser.tokens[at].text == "_":
        inner, _ = script(parser.tokens, at + 1)
    elif at < len(parser.tokens) and parser.tokens[at].text in ("(", "[", r"\{"):
        inner = parser.tokens[at + 1 : matching(parser.tokens, at)]
    else:
        return False
    if inner and inner[0].text.startswith(r"\begin"):
        return False
    wrapped = bool(inner) and inner[0].text in names.CLOSERS and matching(inner, 0) == len(inner) - 1
    depth = 0
    for token in inner:
        if token.kind == "sign":
            depth += (token.text in names.CLOSERS) - (token.text in names.CLOSERS.values())
            if token.text in names.RELATIONS and depth == (1 if wrapped else 0):
                return True
    return False


def indicator(parser: Parser, mark: str) -> Node:
    """The indicator of a condition, which comes next; `mark` is how it was written."""
    start = parser.at
    if parser.peek().kind in ("name", "number"):
        parser.take()
    if parser.accept("_"):
        inner, after = script(parser.tokens, parser.at)
        if inner and inner[0].text in names.CLOSERS and matching(inner, 0) == len(inner) - 1:
            inner = inner[1:-1]
        inside = parser.sub_parser(inner)
        condition = relations.condition(inside)
        inside.expect_end()
        parser.at = after
    else:
        condition = parser.bracketed(parser.peek().text, relations.condition)
    return dressed(parser, Indicator(condition, mark, span=parser.since(start)), start)
