r"""Formulas that cannot be read as they stand, as they were probably meant."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from pminusy.proofread.syntax.token_ranges import ENDS
from pminusy.proofread.syntax.tokens import Token


def forgiven(tokens: Sequence[Token]) -> Iterator[Sequence[Token]]:
    """The tokens as they are, then without what disturbs: a note behind a bar, points for products, stray signs."""
    yield tokens
    for changed in (_without_note(tokens), _with_products(tokens), _without_stray_signs(tokens)):
        if changed and len(changed) > 0 and list(changed) != list(tokens):
            yield changed


def _without_note(tokens: Sequence[Token]) -> Sequence[Token]:
    r"""What stands before a single bar: `x^2 - 1 = 0 \quad | +1` says what is done next."""
    bars = [n for n, token in enumerate(tokens) if token.kind == "sign" and token.text == "|"]
    return tokens[: bars[0]] if len(bars) == 1 else tokens


def _with_products(tokens: Sequence[Token]) -> Sequence[Token]:
    """Points between factors as signs of multiplication."""
    return [
        replace(token, text=r"\cdot") if token.text == "." and 0 < n < len(tokens) - 1 else token
        for n, token in enumerate(tokens)
    ]


def _without_stray_signs(tokens: Sequence[Token]) -> Sequence[Token]:
    """The tokens up to the last that can end an expression."""
    kept = list(tokens)
    closing = {")", "]", "}", r"\}", "|", r"\|", "'", "!"}
    while kept and kept[-1].kind == "sign" and kept[-1].text in ENDS - closing | {"<", ">", "^", "_"}:
        kept.pop()
    return kept
