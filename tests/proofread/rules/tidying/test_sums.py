"""Sums."""

import pytest
from tests.proofread.reading import tree

from pminusy.proofread.rules.tidying.sums import tidy_sum
from pminusy.proofread.syntax.latex import to_latex


@pytest.mark.parametrize(
    ("latex", "tidy_form"),
    [
        ("3 + a + 4", "7 + a"),
        ("a - a + b", "b"),
        ("2 a + b - 3 a", "-a + b"),
        (r"\frac{a}{2} + 0", r"\frac{a}{2}"),
        ("a - (b + a)", "-b"),
        ("a - (b + c)", r"a - \left(b + c\right)"),
    ],
)
def test_sums(latex, tidy_form):
    assert to_latex(tidy_sum(tree(latex), lambda _: True)) == tidy_form
