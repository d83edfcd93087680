"""Superscripts that are indices."""

from __future__ import annotations

import pytest

from pminusy.proofread.syntax.lexer import tokenize
from pminusy.proofread.syntax.upper_indices import bracketed_groups, unwrapped


@pytest.mark.parametrize(
    ("latex", "groups"),
    [("(t)(l+1)", ["t", "l+1"]), ("[2](i)", ["2", "i"]), ("(i)", []), ("(a)b(c)", []), ("(-1)(2)", [])],
)
def test_brackets_in_a_row(latex: str, groups: list[str]) -> None:
    found = bracketed_groups(tokenize(latex))
    assert ["".join(token.text for token in group) for group in found] == groups


def test_a_bracket_around_an_index_is_taken_off() -> None:
    assert [token.text for token in unwrapped(tokenize("(i)"))] == ["i"]
    assert [token.text for token in unwrapped(tokenize("i"))] == ["i"]
