"""Entries written as in programs, `y[k]` and `A[i, j]`, as the indices that they are."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from pminusy.proofread.syntax import names
from pminusy.proofread.syntax.chances import EXPECTATIONS, PROBABILITIES
from pminusy.proofread.syntax.token_ranges import after_scripts, matching, split
from pminusy.proofread.syntax.tokens import Token

_INDEX_LETTERS = frozenset("ijklmnpqrst")
_OPERATORS = EXPECTATIONS | PROBABILITIES | frozenset(["E", "V", "H", "I", "K", r"\delta"])


def with_entries(formulas: Sequence[Sequence[Token]]) -> list[list[Token]]:
    r"""The formulas of a page with `y[k]` written as `y_{k}`, for names whose brackets hold nothing but indices.

    The index is a letter at least once; beside it, numbers and neighbours such as `k - 1` may stand in the brackets.
    """
    found = [(token.text, inner) for tokens in formulas for token, _, inner in _bracketed(tokens)]
    lettered = {name for name, inner in found if all(len(part) == 1 for part in split(inner, ","))}
    lettered -= {name for name, inner in found if not all(map(_is_index, split(inner, ",")))}
    lettered &= {name for name, inner in found if any(token.kind == "name" for token in inner)}
    lettered -= {token.text for _, inner in found for token in inner} | _called(formulas)
    return [_rewritten(tokens, lettered) for tokens in formulas]


def _bracketed(tokens: Sequence[Token]) -> Iterator[tuple[Token, int, Sequence[Token]]]:
    """The names right before a square bracket, where that opens, and what stands in it."""
    for n, token in enumerate(tokens[:-2]):
        opening = tokens[n + 1]
        if token.kind != "name" or opening.text != "[" or opening.spaced or opening.kind != "sign":
            continue
        if token.text in names.FUNCTIONS or token.text in _OPERATORS:
            continue
        close = matching(tokens, n + 1)
        if close < len(tokens) and tokens[close].text == "]":
            yield token, n + 1, tokens[n + 2 : close]


def _is_index(part: Sequence[Token]) -> bool:
    """Whether tokens are a letter, a number, or a letter and a number with a sign between them."""
    if len(part) == 1:
        return part[0].kind == "number" or part[0].text in _INDEX_LETTERS
    near = len(part) == 3 and part[1].text in ("+", "-") and part[2].kind == "number"
    return near and part[0].text in _INDEX_LETTERS


def _called(formulas: Sequence[Sequence[Token]]) -> set[str]:
    """Names that stand right before a round bracket somewhere."""
    found = set()
    for tokens in formulas:
        for n, token in enumerate(tokens):
            behind = tokens[after_scripts(tokens, n + 1) :][:1] if token.kind == "name" else ()
            found |= {token.text for each in behind if each.text == "(" and not each.spaced}
    return found


def _rewritten(tokens: Sequence[Token], entries: set[str]) -> list[Token]:
    result = list(tokens)
    for token, at, inner in reversed([*_bracketed(tokens)]):
        if token.text in entries:
            opening, closing = tokens[at], tokens[at + len(inner) + 1]
            below = [
                replace(opening, text="_"),
                replace(opening, text="{"),
                *inner,
                replace(closing, text="}"),
            ]
            result[at : at + len(inner) + 2] = below
    return result
