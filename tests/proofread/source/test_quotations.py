"""Quotations."""

from __future__ import annotations

from pminusy.proofread.source.quotations import without_quotes


def test_the_signs_of_a_quotation_become_blanks() -> None:
    text = "> so\n> $$a\n> = b$$\n"
    assert without_quotes(text) == text.replace("> ", "  ")


def test_a_comparison_is_no_quotation() -> None:
    assert without_quotes("$a\n> b$ here") == "$a\n> b$ here"
