"""Fractions."""

import pytest
from tests.proofread.reading import tree

from pminusy.proofread.rules.tidying.fractions import cancelled, tidy_fraction
from pminusy.proofread.syntax.latex import to_latex


@pytest.mark.parametrize(
    ("latex", "tidy_form"),
    [
        (r"\frac{6}{4}", r"\frac{3}{2}"),
        (r"\frac{3}{1}", "3"),
        (r"\frac{4 a}{6 b}", r"\frac{2 a}{3 b}"),
        (r"\frac{\frac{a}{b}}{c}", r"\frac{a}{b c}"),
        (r"\frac{a}{-b}", r"-\frac{a}{b}"),
        (r"\frac{0}{a}", "0"),
        (r"\frac{x^3}{x}", "x^2"),
        (r"\frac{(a + b)}{c}", r"\frac{a + b}{c}"),
    ],
)
def test_fractions(latex, tidy_form):
    assert to_latex(tidy_fraction(tree(latex), lambda _: True)) == tidy_form


def test_what_is_shared_is_taken_from_both_sides():
    above, below = cancelled([tree("a"), tree("b")], [tree("b^2")], lambda _: True)
    assert (list(map(to_latex, above)), list(map(to_latex, below))) == (["a"], ["b"])
