r"""`\sum`, `\prod`, `\max`, `\min` with what stands under and over them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from pminusy.proofread.syntax import names
from pminusy.proofread.syntax.relations import condition
from pminusy.proofread.syntax.token_ranges import script, split
from pminusy.proofread.syntax.tokens import Token
from pminusy.proofread.syntax.tree import (
    Binding,
    Conjunction,
    Fold,
    Matrix,
    Negative,
    Node,
    Number,
    Relation,
    Symbol,
    walk,
)

if TYPE_CHECKING:
    from pminusy.proofread.syntax.parser import Parser


def fold(parser: Parser, kind: str) -> Node:
    """A fold and the product that it ranges over."""
    start = parser.at
    parser.take()
    bindings: list[Binding] = []
    conditions: list[Node] = []
    high: Node | None = None
    while parser.peek().kind == "sign" and parser.peek().text in ("_", "^"):
        mark = parser.take().text
        inner, after = script(parser.tokens, parser.at)
        if not inner:
            pass
        elif mark == "_":
            _read_limits(parser, inner, bindings, conditions)
        else:
            high = parser.whole(inner)
        parser.at = after
    if high is not None and len(bindings) == 1:
        only = bindings[0]
        bindings = [Binding(only.index, only.low, high, span=only.span)]
    body = _body(parser)
    condition = (
        conditions[0] if len(conditions) == 1 else Conjunction(tuple(conditions)) if conditions else None
    )
    whole = Fold(kind, tuple(bindings), body, condition, span=parser.since(start))
    return _without_end(whole) or whole


def _without_end(node: Fold) -> Fold | None:
    r"""`\sum_{k \ge 1} q^k` as the series up to infinity; None for anything else, or where k is an index."""
    below = node.condition
    if len(node.bindings) != 1 or node.bindings[0].low or node.bindings[0].high or node.kind != "sum":
        return None
    index = node.bindings[0].index
    if not isinstance(below, Relation) or below.left != index or not isinstance(below.right, Number):
        return None
    if not below.right.text.isdigit():
        return None
    low = {r"\ge": int(below.right.text), ">": int(below.right.text) + 1}.get(below.operator)
    if low is None or any(isinstance(n, Symbol) and index in n.indices for n in walk(node.body)):
        return None
    binding = Binding(index, Number(str(low)), Symbol(r"\infty"), span=node.bindings[0].span)
    return replace(node, bindings=(binding,), condition=None)


def _body(parser: Parser) -> Node:
    start = parser.at
    if parser.accept("-"):
        body = _body(parser)
        return Negative(body, span=parser.since(start))
    narrow = parser.vocabulary.reading.narrow_sums and parser.peek().text in ("(", "[", r"\{")
    return parser.factor() if narrow else parser.product()


def _read_limits(
    parser: Parser, tokens: Sequence[Token], bindings: list[Binding], conditions: list[Node]
) -> None:
    tokens = [t for t in tokens if t.text not in (r"\substack",) and t.kind != "words"]
    if tokens and tokens[0].text == "{" and tokens[-1].text == "}":
        tokens = tokens[1:-1]
    for row in split(tokens, "row"):
        for colon in split(row, ":"):
            for piece in split(colon, ","):
                if piece:
                    _read_limit(parser, piece, bindings, conditions)
    if not bindings and conditions:
        first = conditions[0]
        if isinstance(first, Relation) and isinstance(first.left, Symbol):
            bindings.append(Binding(_plain(first.left), span=first.span))


def _read_limit(
    parser: Parser, tokens: Sequence[Token], bindings: list[Binding], conditions: list[Node]
) -> None:
    inside = parser.sub_parser(tokens)
    if not any(t.kind == "sign" and t.text in names.RELATIONS for t in tokens):
        while inside.peek().kind != "end":
            node = inside.factor()
            if not isinstance(node, Symbol):
                inside.fail("expected an index to sum over")
            bindings.append(Binding(_plain(node), span=node.span))
        return
    relation = condition(inside)
    inside.expect_end()
    if isinstance(relation, Relation) and isinstance(relation.left, Matrix):
        inside.fail("expected an index to sum over")
    bound = {binding.index.name for binding in bindings}
    if (
        isinstance(relation, Relation)
        and isinstance(relation.left, Symbol)
        and relation.left.name not in bound
    ):
        if relation.operator == "=" and not relation.left.indices:
            bindings.append(Binding(_plain(relation.left), relation.right, span=relation.span))
            return
        if (not bindings or relation.operator == r"\in") and not relation.left.indices:
            bindings.append(Binding(_plain(relation.left), span=relation.left.span))
    if isinstance(relation, Conjunction) and not bindings:
        first = relation.parts[0]
        if isinstance(first, Relation) and isinstance(first.left, Symbol):
            bindings.append(Binding(_plain(first.left), span=first.left.span))
    conditions.append(relation)


def _plain(symbol: Symbol) -> Symbol:
    return Symbol(symbol.name, span=symbol.span)
