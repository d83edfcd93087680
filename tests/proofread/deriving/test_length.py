import pytest
from tests.proofread.deriving.settings import formula

from pminusy.proofread.deriving.length import UNEVALUATED, length


@pytest.mark.parametrize(
    ("shorter", "longer"),
    [
        ("x - y", "-(y - x)"),
        ("a (x + y)", "a x + a y"),
        (r"\frac{x - y}{a}", r"\frac{x}{a} - \frac{y}{a}"),
        (r"x \sum_j y_j", r"\sum_j x y_j"),
        ("y (1 - y)", "y - y^2"),
        ("-x (y + a)", "x (-y - a)"),
    ],
)
def test_what_is_shorter_to_a_reader_is_shorter(shorter, longer):
    assert length(formula(shorter)[0]) < length(formula(longer)[0])


def test_indices_do_not_count():
    assert length(formula("x_{jk}")[0]) == length(formula("y")[0])


def test_a_derivative_that_is_left_outweighs_what_it_stands_for():
    assert length(formula(r"\frac{\partial y}{\partial x}", "y = x^2")[0]) > UNEVALUATED
