import pytest

from pminusy.proofread.syntax.lexer import tokenize


def tokens(latex):
    return [(token.kind, token.text) for token in tokenize(latex)]


@pytest.mark.parametrize(
    ("latex", "expected"),
    [
        (r"\alpha", [("name", r"\alpha")]),
        (r"\widehat{y}", [("name", r"\hat{y}")]),
        (r"\mathcal{L}", [("name", r"\mathcal{L}")]),
        (r"\mathbf{1}", [("name", r"\mathbf{1}")]),
        (r"\text{softmax}", [("name", "softmax")]),
        (r"\text{ for all }", [("words", "for all")]),
        (r"\text{if $i$}", [("words", "if"), ("name", "i")]),
        (r"\textcolor{red}{x}", [("name", "x")]),
        (r"\color{red}{x}", [("name", "x")]),
        (r"\underbrace{x}_{\text{note}} y", [("name", "x"), ("name", "y")]),
        (r"\overset{!}{=}", [("sign", "=")]),
        (r"\not=", [("sign", r"\ne")]),
        (r"\quad", [("gap", r"\quad")]),
        (r"\begin{align*}", [("command", r"\begin{align}")]),
        (r"\label{eq:1} x", [("name", "x")]),
        (r"\vx", [("name", "x")]),
        (r"\cr", [("row", r"\cr")]),
    ],
)
def test_what_becomes_of_a_macro(latex, expected):
    assert tokens(latex) == expected


def test_an_unknown_macro_around_a_name_is_taken_for_a_font_and_remembered():
    (token,) = tokenize(r"\fancy{x}")
    assert (token.text, token.bold, token.guessed) == ("x", True, r"\fancy")
