r"""Numbers with decimal commas, `0,75`, with their digits in groups, `13\,983\,816`, and with exponents, `4.5e-3`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from pminusy.proofread.syntax.token_ranges import in_scripts, matching, split
from pminusy.proofread.syntax.tokens import Token

_GAP = re.compile(r"\\[,;: ]|~|[ \u2009\u202f]")
_SPACED = re.compile(r"\d(?: \d)*")
_COUNTERS = frozenset("ijklmnt")


def with_whole_numbers(formulas: Sequence[Sequence[Token]], text: str) -> list[list[Token]]:
    """The formulas of a page with the parts of such numbers joined.

    A comma is decimal where the page has no decimal points, but numbers such as 0,5 or 1,25 outside of lists.
    """
    points = any(t.kind == "number" and "." in t.text for tokens in formulas for t in tokens)
    pairs = [pair for tokens in formulas for pair in _around_commas(tokens)]
    decimal = not points and any(_is_decimal(whole.text, part.text) for _, whole, part in pairs)
    return [_with_exponents(_joined(tokens, text, decimal, points)) for tokens in formulas]


def _around_commas(tokens: Sequence[Token]) -> Iterator[tuple[int, Token, Token]]:
    """The numbers on both sides of a comma without blanks, outside of lists and indices, and where they begin."""
    scripted, listed = in_scripts(tokens), _in_lists(tokens)
    for n in range(len(tokens) - 2):
        whole, comma, part = tokens[n : n + 3]
        if comma.text != "," or whole.kind != "number" or part.kind != "number" or scripted[n] or listed[n]:
            continue
        if whole.span.end != comma.span.start or comma.span.end != part.span.start:
            continue
        goes_on = n + 3 < len(tokens) and tokens[n + 3].text == ","
        counts = n > 1 and tokens[n - 1].text == "=" and tokens[n - 2].text in _COUNTERS
        if not counts and not (goes_on and len(part.text) != 3):
            yield n, whole, part


def _in_lists(tokens: Sequence[Token]) -> list[bool]:
    """For each token whether it stands in a bracket with nothing but numbers and commas."""
    inside = [False] * len(tokens)
    for n, token in enumerate(tokens):
        if token.kind == "sign" and token.text in ("(", "[", r"\{"):
            close = matching(tokens, n)
            if all(map(_is_entry, split(tokens[n + 1 : close], ","))):
                inside[n:close] = [True] * (close - n)
    return inside


def _is_entry(part: Sequence[Token]) -> bool:
    """Whether tokens are a number, maybe with a sign."""
    return bool(part) and part[-1].kind == "number" and all(t.text in ("-", "+") for t in part[:-1])


def _is_decimal(whole: str, part: str) -> bool:
    """Whether two numbers with a comma between them can hardly be a list."""
    if not (whole.isdigit() and part.isdigit()):
        return False
    return (whole == "0" and part not in ("0", "1")) or len(part) == 2 or len(part) > 3


def _joined(tokens: Sequence[Token], text: str, decimal: bool, points: bool) -> list[Token]:
    commas = {n: part for n, _, part in _around_commas(tokens)}
    result: list[Token] = []
    n = 0
    while n < len(tokens):
        token = tokens[n]
        if result and n + 1 < len(tokens) and token.text == "," and n - 1 in commas:
            part = commas[n - 1]
            grouped = points and len(part.text.split(".")[0]) == 3 and _is_group(result[-1].text)
            if decimal or grouped:
                middle = "." if decimal else ""
                result[-1] = _one(result[-1], part, middle)
                n += 2
                continue
        if result and (_goes_on(result[-1], token, text) or _is_spaced(result, token, text)):
            result[-1] = _one(result[-1], token, "")
        else:
            result.append(token)
        n += 1
    return result


def _with_exponents(tokens: Sequence[Token]) -> list[Token]:
    """Numbers with decimals, or a 1, with an e and an exponent right behind them as one."""
    result = list(tokens)
    for n in range(len(tokens) - 2, -1, -1):
        number, letter = result[n : n + 2]
        if number.kind != "number" or not ("." in number.text or number.text == "1") or letter.text != "e":
            continue
        signed = result[n + 2 : n + 3] and result[n + 2].text in ("-", "+")
        parts = result[n : n + (4 if signed else 3)]
        close = all(a.span.end == b.span.start for a, b in pairwise(parts))
        if len(parts) > 2 and parts[-1].kind == "number" and parts[-1].text.isdigit() and close:
            whole = "".join(part.text for part in parts)
            result[n : n + len(parts)] = [replace(number, text=whole, span=number.span | parts[-1].span)]
    return result


def _is_group(digits: str) -> bool:
    return digits.isdigit() and (len(digits) <= 3 or len(digits) % 3 == 0)


def _goes_on(before: Token, token: Token, text: str) -> bool:
    """Whether a number is a group of three digits that belongs to the number before it."""
    if before.kind != "number" or token.kind != "number" or not before.text.isdigit() or before.text == "0":
        return False
    gap = text[before.span.end : token.span.start]
    return bool(_GAP.fullmatch(gap)) and len(token.text.split(".")[0]) == 3


def _is_spaced(result: Sequence[Token], token: Token, text: str) -> bool:
    r"""Whether a digit stands a blank behind others of a number, as texts from recognition have it: `1 2 6 \int`."""
    before = result[-1]
    digits = before.kind == token.kind == "number" and token.text.isdigit() and before.text.isdigit()
    if not digits or len(token.text) > 1 or text[before.span.end : token.span.start] != " ":
        return False
    if not _SPACED.fullmatch(text[before.span.start : before.span.end]):
        return False
    opener = result[-2].text if len(result) > 1 else ""
    return opener not in ("_", "^") and not opener.startswith("\\")


def _one(first: Token, last: Token, middle: str) -> Token:
    return replace(first, text=first.text + middle + last.text, span=first.span | last.span)
