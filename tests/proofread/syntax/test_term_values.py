"""Terms that are equal by arithmetic alone."""

from __future__ import annotations

from fractions import Fraction

import pytest
from tests.proofread.reading import tree

from pminusy.proofread.syntax.term_values import exact, same


@pytest.mark.parametrize(
    ("left", "right"),
    [
        (r"\frac{a_{1+1}}{1+1} x^{2 \cdot 1 + 1}", r"\frac{a_2}{2} x^3"),
        (r"(-1)^3 b", "-b"),
        (r"(a + b)(a - b)", "a^2 - b^2"),
        (r"\frac{1}{x^{0+1}}", "x^{-1}"),
        (r"(2 + 1)! f(c)", "6 f(c)"),
    ],
)
def test_equal_terms_are_the_same(left: str, right: str) -> None:
    assert same(tree(left), tree(right))


@pytest.mark.parametrize(("left", "right"), [("a_1", "a_2"), ("f(x)", "f(y)"), ("x^n", "x^m"), ("a", "b")])
def test_other_terms_are_not(left: str, right: str) -> None:
    assert not same(tree(left), tree(right))


def test_numbers_are_exact() -> None:
    assert exact(tree(r"-\frac{3}{4} + 2 \cdot 0.5")) == Fraction(1, 4)
    assert exact(tree("1 / 0")) is None
    assert exact(tree("2 x")) is None
