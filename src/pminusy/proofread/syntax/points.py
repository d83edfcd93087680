r"""Points that are signs: `a . b` as a product, `x_{0 \dots n}` and `x_{1, \dots, n}` as `x_{0:n}`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from pminusy.proofread.syntax import names
from pminusy.proofread.syntax.ellipses import ELLIPSES
from pminusy.proofread.syntax.token_ranges import matching
from pminusy.proofread.syntax.tokens import Token

_CLOSING = frozenset([")", "]", "}", r"\}", "'"])
_OPENING = frozenset(["(", "[", r"\{"])


def with_products(tokens: Sequence[Token]) -> list[Token]:
    r"""A point between two factors as `\cdot`: with blanks on both sides or on none."""
    return [replace(t, text=r"\cdot") if _multiplies(tokens, n) else t for n, t in enumerate(tokens)]


def with_slices(tokens: Sequence[Token]) -> list[Token]:
    r"""Dots between the ends of a subscript as the colon of `x_{1:n}`."""
    result = list(tokens)
    for n in range(len(tokens) - 2, -1, -1):
        if result[n].text != "_" or result[n + 1].text != "{":
            continue
        close = matching(result, n + 1)
        inner = [token for token in result[n + 2 : close] if token.text != ","]
        if len(inner) == 3 and inner[1].text in ELLIPSES and all(_is_end(inner[k]) for k in (0, 2)):
            result[n + 2 : close] = [inner[0], replace(inner[1], kind="sign", text=":"), inner[2]]
    return result


def _multiplies(tokens: Sequence[Token], at: int) -> bool:
    if tokens[at].text != "." or tokens[at].kind != "sign" or not 0 < at < len(tokens) - 1:
        return False
    before, after = tokens[at - 1], tokens[at + 1]
    operands = _ends_operand(before) and _begins_operand(after)
    return operands and tokens[at].spaced == after.spaced and not _abbreviates(tokens, at)


def _ends_operand(token: Token) -> bool:
    return token.kind == "name" or (token.kind == "sign" and token.text in _CLOSING)


def _begins_operand(token: Token) -> bool:
    opens = token.kind == "sign" and token.text in _OPENING
    return opens or (token.kind == "name" and token.text.lower() not in names.CONDITION_WORDS)


def _abbreviates(tokens: Sequence[Token], at: int) -> bool:
    """Whether a point stands in something like `s.t.` or `i.i.d.`, of letters each with a point."""
    near = [tokens[n].text for n in (at - 2, at + 2) if 0 <= n < len(tokens)]
    return "." in near


def _is_end(token: Token) -> bool:
    return token.kind in ("number", "name")
