"""Points as signs of multiplication, and as what is left out between two indices."""

from __future__ import annotations

import pytest

from pminusy.proofread.syntax.lexer import tokenize
from pminusy.proofread.syntax.points import with_products, with_slices


def texts(latex: str) -> str:
    return " ".join(token.text for token in with_slices(with_products(tokenize(latex))))


@pytest.mark.parametrize(
    ("latex", "read"),
    [
        ("a.b", r"a \cdot b"),
        ("u . v", r"u \cdot v"),
        ("f(x).g(x)", r"f ( x ) \cdot g ( x )"),
        ("a = b. c = d", "a = b . c = d"),
        ("x^2.", "x ^ 2 ."),
        ("s.t.", "s . t ."),
        ("0.5 x", "0.5 x"),
    ],
)
def test_a_point_between_factors_multiplies(latex: str, read: str) -> None:
    assert texts(latex) == read


@pytest.mark.parametrize(
    ("latex", "read"),
    [
        (r"w_{0 \dots n}", "w _ { 0 : n }"),
        (r"w_{1, \ldots, m}", "w _ { 1 : m }"),
        ("w_{0...n}", "w _ { 0 : n }"),
        (r"w_{i_1 \dots i_n}", r"w _ { i _ 1 \dots i _ n }"),
    ],
)
def test_dots_between_two_indices_are_a_slice(latex: str, read: str) -> None:
    assert texts(latex) == read
