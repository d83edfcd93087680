"""Values by cases, and matrices written out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from pminusy.proofread.syntax import names
from pminusy.proofread.syntax.ellipses import listed
from pminusy.proofread.syntax.relations import condition
from pminusy.proofread.syntax.scripts import dressed
from pminusy.proofread.syntax.token_ranges import matching, split
from pminusy.proofread.syntax.tokens import Token
from pminusy.proofread.syntax.tree import Branch, Cases, Matrix, Node, Number

if TYPE_CHECKING:
    from pminusy.proofread.syntax.parser import Parser


_CASES = frozenset(["cases", "dcases", "rcases", "array", "aligned", "align", "split", "gathered"])


def cases_or_matrix(parser: Parser) -> Node:
    r"""What stands between `\begin` and `\end`: cases if its rows have conditions, otherwise a matrix."""
    start, name = parser.at, parser.peek().text[7:-1]
    depth, end = 0, parser.at
    while end < len(parser.tokens):
        depth += parser.tokens[end].text.startswith(r"\begin") - parser.tokens[end].text.startswith(r"\end")
        if depth == 0:
            break
        end += 1
    else:
        parser.fail(f"\\begin{{{name}}} is never closed")
    inner = parser.tokens[parser.at + 1 : end]
    if name == "array" and inner and inner[0].text == "{":
        inner = inner[matching(inner, 0) + 1 :]
    cases = name in _CASES and any(t.kind == "words" or t.text in names.RELATIONS for t in inner)
    rows = [row for row in split(inner, "row") if row]
    node: Node
    if cases:
        node = Cases(tuple(_branch(parser, row) for row in rows))
    else:
        node = listed(
            Matrix(tuple(tuple(_entry(parser, cell) for cell in split(row, "cell")) for row in rows), name)
        )
    parser.at = end + 1
    return dressed(parser, replace(node, span=parser.since(start)), start)


def _entry(parser: Parser, cell: Sequence[Token]) -> Node:
    """An entry of a matrix; one that is left out is 0."""
    return parser.whole(cell) if cell else Number("0")


def _branch(parser: Parser, row: Sequence[Token]) -> Branch:
    value, behind = _value_and_condition(row)
    inside = parser.sub_parser(value)
    tree = inside.expression()
    inside.accept(",", ";", ".")
    inside.expect_end()
    return Branch(tree, _condition(parser, behind))


def _value_and_condition(row: Sequence[Token]) -> tuple[list[Token], list[Token]]:
    cells = [cell for cell in split(row, "cell") if cell]
    if len(cells) > 1:
        return cells[0], [token for cell in cells[1:] for token in cell]
    row = cells[0] if cells else []
    for kind in ("words", ",", "gap"):
        parts = list(split(row, kind))
        if len(parts) > 1 and parts[0]:
            return parts[0], list(row[len(parts[0]) :])
    return list(row), []


def _condition(parser: Parser, tokens: Sequence[Token]) -> Node | None:
    kept = [
        t
        for t in tokens
        if t.kind != "words" and t.text.lower() not in names.CONDITION_WORDS | {"if", "for", "otherwise"}
    ]
    while kept and kept[-1].text in (",", ".", ";"):
        kept.pop()
    while kept and kept[0].text in (",", ":", ";"):
        kept.pop(0)
    if kept and kept[0].text == "(" and matching(kept, 0) == len(kept) - 1:
        kept = kept[1:-1]
    if not kept:
        return None
    inside = parser.sub_parser(kept)
    tree = condition(inside)
    inside.expect_end()
    return tree
