r"""Which clauses are conditions (`i \ne j`, `n = 0`, "if $y = 1$") and no claims."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

from pminusy.proofread.source.clauses import Clause
from pminusy.proofread.syntax.parser import parse_condition
from pminusy.proofread.syntax.token_ranges import matching, split
from pminusy.proofread.syntax.tokens import Token, Unreadable
from pminusy.proofread.syntax.tree import Node
from pminusy.proofread.syntax.vocabulary import Vocabulary

_ELLIPSES = (r"\dots", r"\ldots", r"\cdots")


def is_condition(clause: Clause, vocabulary: Vocabulary, conditional: bool) -> bool:
    """Whether a clause with a relation restricts what is said beside it.

    `conditional` is whether a word such as "if" stands before it.
    """
    if clause.relation in (r"\approx", r"\sim", r"\propto", r"\to"):
        return False
    if clause.relation != "=":
        return "=" not in clause.others
    if len(clause.parts) != 2:
        return False
    left, right = clause.parts
    if all(_is_index(part, vocabulary) for part in (left, right)) and any(t.kind == "name" for t in left):
        return True
    return conditional and _is_quantity(left) and _is_constant(right)


def is_range(clause: Clause, following: Sequence[Clause]) -> bool:
    r"""Whether a clause is part of `i = 1, \dots, n` or `x = 0, 1, 2, \dots`, which restricts nothing."""
    if clause.relation in ("", r"\in", r"\notin"):
        return bool(clause.parts) and clause.parts[0][0].text in _ELLIPSES
    if len(clause.parts) == 2 and any(token.text in _ELLIPSES for token in clause.parts[1][:2]):
        return True
    listed = itertools.takewhile(_is_listed, following)
    return any(each.parts[0][0].text in _ELLIPSES for each in listed)


def _is_listed(clause: Clause) -> bool:
    """Whether a clause is dots, or one of the first values of a list."""
    if clause.relation or not clause.parts:
        return False
    first = clause.parts[0]
    if first[0].text in _ELLIPSES or (len(first) == 1 and first[0].kind == "number"):
        return True
    return len(first) == 3 and first[1].text in ("+", "-") and first[2].kind == "number"


def condition_of(clause: Clause, vocabulary: Vocabulary) -> Node | None:
    """The tree of a condition; None where it cannot be read."""
    tokens: list[Token] = []
    for number, part in enumerate(clause.parts):
        if number:
            place = part[0].span
            tokens.append(Token("sign", clause.others[number - 1], place))
        tokens += part
    try:
        return parse_condition(tokens, vocabulary, tokens[-1].span.end)
    except Unreadable:
        return None


def inner_rows(clause: Clause) -> list[list[Token]]:
    """The rows of cases that are themselves equalities, as `value, condition`; empty for anything else."""
    tokens = [token for part in clause.parts for token in part]
    if clause.relation or not tokens:
        return []
    if tokens[0].text == r"\{":
        tokens = tokens[1:-1] if tokens[-1].text == r"\}" else tokens[1:]
    if not tokens or not tokens[0].text.startswith(r"\begin") or not tokens[-1].text.startswith(r"\end"):
        return []
    inner = tokens[1:-1]
    if inner and inner[0].text == "{":
        inner = inner[matching(inner, 0) + 1 :]
    rows = [
        row for row in split(inner, "row") if any(token.kind == "sign" and token.text == "=" for token in row)
    ]
    gap = Token("gap", r"\quad", tokens[0].span)
    return [
        [gap if token.kind == "cell" and _after_equals(row, n) else token for n, token in enumerate(row)]
        for row in rows
    ]


def _after_equals(row: list[Token], at: int) -> bool:
    following = row[at + 1].text if at + 1 < len(row) else ""
    return any(token.text == "=" for token in row[:at]) and following != "="


def _is_index(part: list[Token], vocabulary: Vocabulary) -> bool:
    if len(part) == 1:
        return part[0].kind == "number" or (part[0].kind == "name" and part[0].text in vocabulary.indices)
    return (
        len(part) == 3
        and part[1].text in "+-"
        and part[0].text in vocabulary.indices
        and part[2].kind == "number"
    )


def _is_quantity(part: list[Token]) -> bool:
    """A symbol, with or without indices."""
    return part[0].kind == "name" and all(t.kind in ("name", "number") or t.text in "_{}," for t in part)


def _is_constant(part: list[Token]) -> bool:
    return part[-1].kind == "number" and (len(part) == 1 or (len(part) == 2 and part[0].text == "-"))
