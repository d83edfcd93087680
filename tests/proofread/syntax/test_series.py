import numpy as np
import pytest
from tests.proofread.reading import number, tree

from pminusy.proofread.syntax.series import COUNTER, going_on
from pminusy.proofread.syntax.tree import Add, Fold


def terms(latex):
    node = tree(latex)
    assert isinstance(node, Add)
    return node.terms


@pytest.mark.parametrize(
    ("series", "value"),
    [
        (r"1 + \frac{2}{1!} + \frac{2^2}{2!} + \frac{2^3}{3!} + \cdots", "e^2"),
        (r"1 - \frac{1}{2^2} + \frac{1}{2^4} - \cdots", r"\frac{4}{5}"),
        (r"\frac12 - \frac{1}{2} \frac{1}{2^2} + \frac{1}{3} \frac{1}{2^3} - \dots", r"\ln \frac32"),
        (r"1 \cdot 0.5^0 + 2 \cdot 0.5^1 + 3 \cdot 0.5^2 + \dots", "4"),
    ],
)
def test_a_series_goes_on_as_its_last_terms_change(series, value):
    with np.errstate(over="ignore", invalid="ignore"):  # in the terms far out
        assert number(series) == pytest.approx(number(value), rel=1e-12)


def test_what_follows_is_one_sum_without_end():
    fold = going_on(terms(r"1 + x + x^2"))
    assert fold is None  # from x to x^2 nothing says how
    fold = going_on(terms(r"x^2 + x^3"))
    assert isinstance(fold, Fold)
    assert fold.bindings[0].index == COUNTER


@pytest.mark.parametrize(
    "latex", [r"x^2 + \frac{x^3}{2}", r"x^2 + x^3 + x^5", r"\frac{x^2}{2} + \frac{x^3}{6}", "a + b"]
)
def test_other_terms_do_not_say_how_they_go_on(latex):
    assert going_on(terms(latex)) is None
