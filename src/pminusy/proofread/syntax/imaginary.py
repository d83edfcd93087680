r"""The imaginary unit: i or j, where a page has it in exponents or squares it, and nowhere as an index."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from pminusy.proofread.syntax.names import IMAGINARY
from pminusy.proofread.syntax.token_ranges import after_scripts, matching, script, scripts
from pminusy.proofread.syntax.tokens import Token

_COMPLEX = re.compile(
    r"\b(complex (?:number|plane|conjugate|root|variable|valued|analysis)|imaginary|komplexe?[nrs]?\b|imagin[aä]r"
    r"|Realteil|n[úuo]mer[oi]s? complex[oi]s?|numeri complessi|nombres? complexes?|liczb\w* zespolon|комплексн|мним"
    r"|conjugu|conjugado|coniugat|konjugiert)|复数|複素|虚数",
    re.IGNORECASE,
)
_LETTERS = ("i", "j", r"\imath", r"\jmath")


def imaginary_units(formulas: Iterable[Sequence[Token]], text: str) -> frozenset[str]:
    r"""The letters that are the imaginary unit on a page.

    They are factors in a power of e, their square is -1, or the text speaks of complex numbers; and they are no index.
    """
    pages = [list(tokens) for tokens in formulas]
    said = bool(_COMPLEX.search(text))
    return frozenset(
        letter
        for letter in _LETTERS
        if any(
            _is_in_exponent(ts, letter) or _has_square(ts, letter) or (said and _has_factor(ts, letter))
            for ts in pages
        )
        and not any(_is_index(tokens, letter) for tokens in pages)
    )


def with_imaginary_units(tokens: Sequence[Token], letters: frozenset[str]) -> list[Token]:
    """A formula with the imaginary unit under its own name."""
    return [
        replace(token, text=IMAGINARY) if token.kind == "name" and token.text in letters else token
        for token in tokens
    ]


def _is_in_exponent(tokens: Sequence[Token], letter: str) -> bool:
    r"""Whether a letter multiplies something in `e^{ix}` or `\exp(ix)`."""
    for n, token in enumerate(tokens[:-2]):
        if token.kind != "name" or token.text not in ("e", "exp"):
            continue
        if token.text == "e" and tokens[n + 1].text == "^":
            inside, _ = script(tokens, n + 2)
        elif token.text == "exp" and tokens[n + 1].text in ("(", "[", r"\{", "{"):
            inside = tokens[n + 2 : matching(tokens, n + 1)]
        else:
            continue
        if _has_factor(inside, letter):
            return True
    return False


def _has_factor(tokens: Sequence[Token], letter: str) -> bool:
    """Whether a letter stands by itself among factors, and is neither raised nor an index."""
    for n, token in enumerate(tokens):
        if token.text != letter or token.kind != "name":
            continue
        before = tokens[n - 1].text if n else ""
        after = tokens[n + 1].text if n + 1 < len(tokens) else ""
        touches = (n and tokens[n - 1].kind in ("name", "number")) or tokens[n + 1 : n + 2]
        if before not in ("_", "^") and after not in ("_", "^", "=") and touches:
            return True
    return False


def _has_square(tokens: Sequence[Token], letter: str) -> bool:
    """Whether a formula says that the square of a letter is -1."""
    for n, token in enumerate(tokens):
        if token.text == letter and [t.text for t in tokens[n + 1 : n + 2]] == ["^"]:
            power, after = script(tokens, n + 2)
            behind = [t.text for t in tokens[after : after + 3]]
            if [t.text for t in power] == ["2"] and behind[:3] == ["=", "-", "1"]:
                return True
    return False


def _is_index(tokens: Sequence[Token], letter: str) -> bool:
    """Whether a letter is an index: in a subscript, or what a sum runs over."""
    for _, inner, _ in scripts(tokens, "_"):
        plain = all(token.text not in ("^", "=") for token in inner[1:])
        if any(t.text == letter and t.kind == "name" for t in (inner if plain else inner[:1])):
            return True
    for n, token in enumerate(tokens):
        if token.text == letter and token.kind == "name":
            after = after_scripts(tokens, n + 1)
            if after == n + 1 and [t.text for t in tokens[after : after + 2]] in (["=", "1"], ["=", "0"]):
                return True
    return False
