"""The tokens of a page's formulas, with its macros expanded and its own words kept whole."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from pminusy.proofread.source.displays import Formula
from pminusy.proofread.syntax import names
from pminusy.proofread.syntax.array_entries import with_entries
from pminusy.proofread.syntax.braces import (
    with_bare_names,
    without_braced_words,
    without_crossing_braces,
)
from pminusy.proofread.syntax.digit_groups import with_whole_numbers
from pminusy.proofread.syntax.imaginary import imaginary_units, with_imaginary_units
from pminusy.proofread.syntax.lexer import tokenize
from pminusy.proofread.syntax.macros import expand, find_macros, with_packages
from pminusy.proofread.syntax.parser import FROBENIUS
from pminusy.proofread.syntax.points import with_products, with_slices
from pminusy.proofread.syntax.rewrites import (
    find_prefixes,
    with_angles,
    with_calls,
    with_fractions,
    with_marks,
    with_prefixes,
    with_slashed_fractions,
)
from pminusy.proofread.syntax.tokens import Token, Unreadable
from pminusy.proofread.syntax.tree import Span
from pminusy.proofread.syntax.usage import differentials

MAX_NESTING = 100
_REWRITES = (
    without_crossing_braces,
    without_braced_words,
    with_marks,
    with_angles,
    with_fractions,
    with_slashed_fractions,
    with_bare_names,
    with_calls,
    with_products,
    with_slices,
)


def page_tokens(text: str, formulas: Sequence[Formula]) -> tuple[list[list[Token]], list[Unreadable]]:
    """The tokens of each formula, in the page's own words; none for those that cannot be read."""
    words = _page_words(text, formulas)
    macros, places = find_macros(text)
    macros = with_packages(macros, text)
    plain = text
    for start, end in places:
        plain = plain[:start] + " " * (end - start) + plain[end:]
    found: list[list[Token]] = []
    unreadable = []
    for formula in formulas:
        try:
            _check_nesting(text, formula)
            if macros:
                expanded = expand(plain, formula.start, formula.end, macros)
                inside = tokenize(expanded.text, words=words)
                found.append([replace(token, span=expanded.span(token.span)) for token in inside])
            else:
                found.append(tokenize(text, formula.start, formula.end, words))
        except Unreadable as error:
            found.append([])
            unreadable.append(error)
    for rewrite in _REWRITES:
        found = [rewrite(tokens) for tokens in found]
    found = with_entries(with_whole_numbers(found, text))
    if _FROBENIUS.search(text) or (_DIFFERENTIAL.search(text) and _INNER.search(text)):
        found = [
            [replace(t, text=FROBENIUS) if _multiplies(ts, n) else t for n, t in enumerate(ts)]
            for ts in found
        ]
    if units := imaginary_units(found, text):
        found = [with_imaginary_units(tokens, units) for tokens in found]
    prefixes = find_prefixes(found, any(differentials(tokens) for tokens in found))
    return [with_prefixes(tokens, prefixes) for tokens in found], unreadable


def without_macros(latex: str, text: str) -> str:
    """A formula as it would be read on a page: with the page's macros written out."""
    macros = with_packages(find_macros(text)[0], text + latex)
    return expand(latex, 0, len(latex), macros).text if macros else latex


# A page that uses colons for inner products of matrices: it says so, or writes `M:dM` or `X:X`.
_FROBENIUS = re.compile(
    r"double[- ]dot|Frobenius (?:inner )?product|colon (?:denotes|product|is|represents)"
    r"|(\b[A-Z])\s*:\s*d?\1\b|[A-Z)]\s*:\s*d[A-Z]"
)


_DIFFERENTIAL = re.compile(r"(?<![A-Za-z])d[A-Za-z]\s*&?\s*=")
_INNER = re.compile(r"[A-Za-z)}]\s*:\s*[^=,.;:$\s]{1,40}\s*d[A-Za-z](?![A-Za-z])")


def _multiplies(tokens: Sequence[Token], at: int) -> bool:
    """Whether a colon stands between two quantities."""
    if tokens[at].text != ":" or tokens[at].kind != "sign" or not 0 < at < len(tokens) - 1:
        return False
    before, after = tokens[at - 1], tokens[at + 1]
    ends = before.kind in ("name", "number") or before.text in (")", "]", "}")
    return ends and (after.kind in ("name", "number", "command") or after.text in ("(", "["))


def _check_nesting(text: str, formula: Formula) -> None:
    depth = 0
    for at in range(formula.start, formula.end):
        if text[at] in "{}" and text[at - 1 : at] != "\\":
            depth += 1 if text[at] == "{" else -1
            if depth > MAX_NESTING:
                raise Unreadable(f"cannot be read: braces nested deeper than {MAX_NESTING}", Span(at, at + 1))


_OPENING = r"(?:\\left\s*|\\[Bb]igg?l?\s*)?\("  # of the arguments of what is called


def _page_words(text: str, formulas: Iterable[Formula]) -> frozenset[str]:
    """Runs of capitals that stand where a definition begins, and whose letters are never used on their own."""
    maths = [text[f.start : f.end] for f in formulas]
    runs = {
        match
        for formula in maths
        for match in re.findall(
            rf"(?:^|\\\\|[\s&,])([A-Z]{{2,}}[a-z]*)(?=\s*(?:&?=|{_OPENING}|_|\^))", formula
        )
    }
    alone = {
        letter
        for formula in maths
        for letter in re.findall(r"(?<![A-Za-z\\])([A-Za-z])(?![A-Za-z])", formula)
    }
    capitals = {run for run in runs if not set(run) & alone}
    return frozenset(capitals | _small_words(maths) | _plain_words(maths))


def _plain_words(maths: Sequence[str]) -> set[str]:
    """In formulas typed without LaTeX, as in a program's comments, runs such as `scale`: three letters and a vowel."""
    if any("\\" in formula for formula in maths):
        return set()
    runs = {run for formula in maths for run in re.findall(r"(?<![A-Za-z_^])[a-z]{3,}(?![A-Za-z])", formula)}
    return {run for run in runs if set(run) & set("aeiou") and run not in names.FUNCTIONS}


def _small_words(maths: Sequence[str]) -> set[str]:
    """Runs of small letters such as `net` that stand where a definition begins and come again."""
    found = set()
    for formula in maths:
        for run in re.findall(rf"(?:^|\\\\|[\s&,;])([a-z]{{3,}})(?=\s*(?:&?=|_|{_OPENING}))", formula):
            times = sum(len(re.findall(rf"(?<![A-Za-z\\]){run}(?![A-Za-z])", other)) for other in maths)
            if times > 1:
                found.add(run)
    return found
