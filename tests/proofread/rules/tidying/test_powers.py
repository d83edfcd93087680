"""Powers, and functions at 0 and 1."""

import pytest
from tests.proofread.reading import tree

from pminusy.proofread.rules.tidying.powers import tidy_call, tidy_power
from pminusy.proofread.syntax.latex import to_latex


@pytest.mark.parametrize(
    ("latex", "tidy_form"),
    [
        ("x^1", "x"),
        ("x^0", "1"),
        ("(x^2)^3", "x^6"),
        (r"(\sqrt{a})^2", "a"),
        ("2^{((a + b))}", "2^{a + b}"),
        ("x^5", "x^5"),
    ],
)
def test_powers(latex, tidy_form):
    assert to_latex(tidy_power(tree(latex), lambda _: True)) == tidy_form


def test_the_power_of_a_matrix_stays():
    node = tree("A^0")
    assert tidy_power(node, lambda _: False) is node


@pytest.mark.parametrize(
    ("latex", "value"), [(r"\log(1)", "0"), (r"\exp(0)", "1"), (r"\log(2)", r"\log\left(2\right)")]
)
def test_functions(latex, value):
    assert to_latex(tidy_call(tree(latex), lambda _: True)) == value
