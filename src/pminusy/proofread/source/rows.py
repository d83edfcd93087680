r"""The rows of a formula, without what only lays it out, and without the numbers that its lines were given."""

from __future__ import annotations

from collections.abc import Sequence

from pminusy.proofread.source.displays import ENVIRONMENTS
from pminusy.proofread.syntax import names
from pminusy.proofread.syntax.token_ranges import argument_braces, matching, split
from pminusy.proofread.syntax.tokens import Token

_APART = 3  # characters of white space before a number in brackets that is no factor


def _without_layout(tokens: Sequence[Token]) -> list[Token]:
    r"""Without `\begin{align}` and the like, and without braces that only wrap something around an equals sign."""
    kept: list[Token] = []
    layout: list[bool] = []
    skip_until = -1
    for n, token in enumerate(tokens):
        if n < skip_until:
            continue
        if token.kind == "command" and token.text.startswith(r"\begin{"):
            name = token.text[7:-1]
            outer = name in ENVIRONMENTS and all(layout) and not _is_fenced(kept)
            layout.append(outer)
            if outer:
                following = tokens[n + 1] if n + 1 < len(tokens) else None
                if name in ("array", "alignat", "alignedat") and following and following.text == "{":
                    skip_until = matching(tokens, n + 1) + 1
                continue
        elif token.kind == "command" and token.text.startswith(r"\end{") and layout and layout.pop():
            continue
        kept.append(token)
    return _unwrapped(kept)


def _without_line_numbers(tokens: Sequence[Token]) -> list[Token]:
    r"""Without the numbers that lines were given by hand, as in `a = b~~~~(3)` or `a &= b & (3) \\\\`."""
    kept: list[Token] = []
    at = 0
    while at < len(tokens):
        number = tokens[at + 1 : at + 2]
        if (
            kept
            and number
            and tokens[at].text == "("
            and (number[0].kind == "number" or number[0].text == "*")
        ):
            apart = kept[-1].kind == "cell" or tokens[at].span.start - kept[-1].span.end >= _APART
            after = tokens[at + 3 : at + 4]
            closed = tokens[at + 2 : at + 3] and tokens[at + 2].text == ")"
            if (
                apart
                and closed
                and (not after or after[0].kind == "row" or after[0].text.startswith(r"\end{"))
            ):
                at += 3
                continue
        kept.append(tokens[at])
        at += 1
    return kept


def _is_fenced(kept: Sequence[Token]) -> bool:
    return bool(kept) and kept[-1].kind == "sign" and kept[-1].text in ("(", "[", r"\{", "|", "{")


def _unwrapped(tokens: list[Token]) -> list[Token]:
    """Braces around `= …` or around an equation dropped: they come from colouring."""
    arguments = argument_braces(tokens)
    drop: set[int] = set()
    for n, token in enumerate(tokens):
        if token.text != "{" or token.kind != "sign" or n in arguments:
            continue
        close = matching(tokens, n)
        if len(list(split(tokens[n + 1 : close], "="))) > 1:
            drop |= {n, close}
    return [token for n, token in enumerate(tokens) if n not in drop]


def rows_of(tokens: Sequence[Token]) -> list[list[Token]]:
    """The rows of a formula, in order."""
    tokens = _without_layout(_without_line_numbers(tokens))
    rows: list[list[Token]] = [[]]
    depth = 0
    for n, token in enumerate(tokens):
        depth += deeper(token)
        if token.kind == "row" and depth <= 0:
            rows.append([])
        elif not (token.kind == "cell" and depth <= 0):
            rows[-1].append(token)
        elif n and (tokens[n - 1].kind == "cell" or _begins_equation(tokens, n, rows[-1])):
            rows[-1].append(Token("gap", "&&", token.span))
    return [_without_gaps(row) for row in rows if row]


def _begins_equation(tokens: Sequence[Token], at: int, row: Sequence[Token]) -> bool:
    """Whether behind a cell of a row with an equation another one begins: `a &= b & c &= d`."""
    if not any(token.kind == "sign" and token.text == "=" for token in row):
        return False
    depth = 0
    for n in range(at + 1, len(tokens)):
        depth += deeper(tokens[n])
        if tokens[n].kind == "row" or (
            tokens[n].kind == "sign" and tokens[n].text in names.RELATIONS and depth <= 0
        ):
            return False
        if tokens[n].kind == "cell" and depth <= 0:
            return n > at + 1 and [t.text for t in tokens[n + 1 : n + 2]] == ["="]
    return False


def _without_gaps(row: list[Token]) -> list[Token]:
    """A row that goes on from the one before, without the gaps that indent it."""
    start = next((n for n, token in enumerate(row) if token.kind != "gap"), 0)
    return row[start:] if row[start].text in ("+", "-", "=", r"\cdot", r"\times") else row


def deeper(token: Token) -> int:
    """By how much a token leads deeper into environments and braces."""
    if token.kind == "command":
        return token.text.startswith(r"\begin{") - token.text.startswith(r"\end{")
    if token.kind == "sign":
        return (token.text == "{") - (token.text == "}")
    return 0
