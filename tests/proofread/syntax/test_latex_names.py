"""Names in LaTeX."""

from __future__ import annotations

import pytest

from pminusy.proofread.syntax.latex_names import latex_name


@pytest.mark.parametrize(
    ("name", "latex"), [("x", "x"), ("log", r"\log"), ("MSE'", r"\mathrm{MSE}'"), (r"\hat{y}", r"\hat{y}")]
)
def test_words_are_roman_and_functions_are_commands(name: str, latex: str) -> None:
    assert latex_name(name) == latex
