"""Parentheses where a formula needs them."""

import pytest
from tests.proofread.reading import tree

from pminusy.proofread.rules.build import without_groups
from pminusy.proofread.rules.tidying.parentheses import written


@pytest.mark.parametrize(
    "latex", ["a (b - c)", "-(a + b)", "(a + b)^2", r"(A B)^T", "a - (b - c)", r"\frac{a + b}{c} (1 - d)"]
)
def test_what_is_needed_is_put_back(latex):
    assert written(without_groups(tree(latex))) == tree(latex)


def test_what_is_not_needed_is_not():
    assert written(without_groups(tree("(a b) + (c)"))) == tree("a b + c")
