"""A repair is written as the author writes."""

import pytest
from tests.proofread.reading import tree
from tests.proofread.repair.failing import problem

from pminusy.proofread.repair.style import Style
from pminusy.proofread.syntax.tree import Negative

BOLD = (r"\mathbf{a} = \mathbf{B} \mathbf{c}", r"\mathbf{a} = (\mathbf{c} + \mathbf{c}) \mathbf{B}")


def test_letters_keep_their_dress():
    found = problem(*BOLD)
    assert Style(found).latex(Negative(tree("B c"))) == r"-\mathbf{B} \mathbf{c}"


def test_parentheses_are_large_only_on_a_line_that_has_large_ones():
    small = problem(r"g(u) = \tanh(u)", r"g(u) = \cos(u)")
    large = problem(r"g(u) = \tanh(u)", r"g(u) = \cos\left(u\right)")
    assert Style(small).latex(tree(r"\sin(2)")) == r"\sin(2)"
    assert Style(large).latex(tree(r"\sin(2)")) == r"\sin\left(2\right)"


@pytest.mark.parametrize("latex", [r"\frac{1}{3} w", "w^3 v"])
def test_what_the_page_does_not_have_is_written_out(latex):
    found = problem("w = 2 v", "w = 3 v")
    assert Style(found).latex(tree(latex)) == latex


def test_numbers_side_by_side_are_told_apart():
    found = problem(r"u = \frac{3^5}{w}", "u = 3^5 w")
    assert Style(found).latex(tree(r"2 \cdot 3^5")) == r"2 \cdot 3^5"
