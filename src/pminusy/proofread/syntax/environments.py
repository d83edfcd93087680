"""Values by cases, and matrices written out."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from pminusy.proofread.syntax import names
from pminusy.proofread.syntax.ellipses import listed
from pminusy.proofread.syntax.relations import condition
from pminusy.proofread.syntax.rules_in_matrices import without_rules
from pminusy.proofread.syntax.scripts import dressed
from pminusy.proofread.syntax.token_ranges import matching, split
from pminusy.proofread.syntax.tokens import Token
from pminusy.proofread.syntax.tree import Branch, Cases, Matrix, Node, Number

if TYPE_CHECKING:
    from pminusy.proofread.syntax.parser import Parser


_EQUAL = frozenset(["is", "equals", "is equal to", "ist", "est", "es", "è", "é", "jest", "är", "er"])
_OTHER = re.compile(
    "|".join(names.OTHER_WORDS) + r"|ander\w*|autres?|otr[oa]s?|altr[ie]|in\w+ych|иначе|否则|其他|其它|その他"
)
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
        entries = without_rules([list(split(row, "cell")) for row in rows])
        node = listed(Matrix(tuple(tuple(_entry(parser, cell) for cell in row) for row in entries), name))
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
        replace(t, kind="sign", text="=") if _equates(tokens, n) else t
        for n, t in enumerate(tokens)
        if _equates(tokens, n) or not _says(t, names.CASE_WORDS)
    ]
    while kept and kept[-1].text in (",", ".", ";"):
        kept.pop()
    while kept and kept[0].text in (",", ":", ";"):
        kept.pop(0)
    if kept and kept[0].text == "(" and matching(kept, 0) == len(kept) - 1:
        kept = kept[1:-1]
    if not kept or (_has_no_relation(kept) and any(_says_other(t) for t in tokens)):
        return None
    inside = parser.sub_parser(kept)
    tree = condition(inside)
    inside.expect_end()
    return tree


def _says(token: Token, words: frozenset[str]) -> bool:
    return token.kind == "words" or token.text.lower() in words


def _equates(tokens: Sequence[Token], at: int) -> bool:
    """Whether words between two quantities say that they are equal: `$y$ is 1`, `y ist 1`."""
    between = 0 < at < len(tokens) - 1 and all(tokens[n].kind != "words" for n in (at - 1, at + 1))
    return between and tokens[at].kind == "words" and tokens[at].text.lower() in _EQUAL


def _says_other(token: Token) -> bool:
    """Whether words are about all cases that are left, as in "for other x"."""
    return token.kind == "words" and any(_OTHER.fullmatch(word) for word in token.text.lower().split())


def _has_no_relation(tokens: Sequence[Token]) -> bool:
    return not any(token.kind == "sign" and token.text in names.RELATIONS for token in tokens)
