r"""Braces that group nothing that is seen: around names before their scripts, around signs, crossed by brackets."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from pminusy.proofread.syntax.token_ranges import argument_braces, list_end, matching
from pminusy.proofread.syntax.tokens import Token

_OPERATORS = frozenset(["+", "-", "=", "<", ">", r"\cdot", r"\times", r"\le", r"\ge"])


def with_bare_names(tokens: Sequence[Token]) -> list[Token]:
    r"""Names out of the braces before their scripts, signs out of theirs: `{ w }_{ i }{-}x` as `w_{ i }-x`."""
    arguments = argument_braces(tokens)
    drop: set[int] = set()
    for n, token in enumerate(tokens[:-3]):
        if token.text != "{" or n in arguments:
            continue
        close = matching(tokens, n)
        if (
            list_end(tokens, n + 1) == close
            and tokens[close + 1 : close + 2]
            and tokens[close + 1].text in "_^'"
        ):
            drop |= {n, close}
        if tokens[n + 2].text != "}":
            continue
        inside, following = tokens[n + 1], tokens[n + 3]
        name = inside.kind == "name" and following.text in ("_", "^", "'")
        if name or (inside.kind == "sign" and inside.text in _OPERATORS):
            drop |= {n, n + 2}
    return [
        _widened(tokens[n - 1], token, tokens[n + 1]) if {n - 1, n + 1} <= drop else token
        for n, token in enumerate(tokens)
        if n not in drop
    ]


def _widened(opening: Token, token: Token, closing: Token) -> Token:
    """A token with the place of the braces around it."""
    return replace(token, spaced=opening.spaced, span=opening.span | closing.span)


def without_crossing_braces(tokens: Sequence[Token]) -> list[Token]:
    r"""Braces that are crossed by brackets, as in `{(a} + b)`, dropped: they group nothing that is seen."""
    arguments = argument_braces(tokens)
    drop: set[int] = set()
    opened: list[int] = []  # of braces and brackets
    for n, token in enumerate(tokens):
        if token.kind != "sign":
            continue
        if token.text in ("{", "(", "["):
            opened.append(n)
        elif token.text in ("}", ")", "]"):
            own = "{" if token.text == "}" else "(["
            place = next((k for k in reversed(range(len(opened))) if tokens[opened[k]].text in own), -1)
            if place < 0:
                continue
            crossed = [k for k in opened[place + 1 :] if (tokens[k].text == "{") != (own == "{")]
            start = opened.pop(place)
            if own == "{" and crossed and start not in arguments:
                drop |= {start, n}
            elif own != "{" and any(k not in arguments for k in crossed):
                drop |= {k for k in crossed if k not in arguments}
                drop |= {m for k in crossed if k not in arguments for m in [_closing_brace(tokens, k)] if m}
                opened = [k for k in opened if k not in drop]
    return [token for n, token in enumerate(tokens) if n not in drop]


def _closing_brace(tokens: Sequence[Token], at: int) -> int:
    """Where braces are closed, whatever brackets stand in them; 0 where they are not."""
    depth = 0
    for n in range(at, len(tokens)):
        if tokens[n].kind == "sign":
            depth += (tokens[n].text == "{") - (tokens[n].text == "}")
            if depth == 0:
                return n
    return 0


def without_braced_words(tokens: Sequence[Token]) -> list[Token]:
    r"""Remarks without the braces that set them small, or formulas in them: `\scriptstyle{\text{; as } p > 0}`."""
    arguments = argument_braces(tokens)
    drop: set[int] = set()
    for n, token in enumerate(tokens[:-2]):
        if (
            token.text == "{"
            and token.kind == "sign"
            and tokens[n + 1].kind == "words"
            and n not in arguments
        ):
            close = matching(tokens, n)
            behind = tokens[close + 1 : close + 2]
            ends = not behind or behind[0].kind == "row" or behind[0].text.startswith(r"\end")
            if close == n + 2 or ends:
                drop |= {n, *range(n + 2, close + 1)}
    return [token for n, token in enumerate(tokens) if n not in drop]
