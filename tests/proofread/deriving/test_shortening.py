import pytest
from tests.proofread.deriving.settings import formula

from pminusy.proofread.checking.compare import compare
from pminusy.proofread.deriving.length import length
from pminusy.proofread.deriving.shortening import Shortening
from pminusy.proofread.rules.tidy import Tidy
from pminusy.proofread.syntax.latex import to_latex


@pytest.mark.parametrize(
    ("given", "short"),
    [
        (r"-\sum_j y_j (\delta_{ji} - p_i)", r"p_i \sum_j y_j - y_i"),
        (r"\frac{a + b}{b} - 1", r"\frac{a}{b}"),
        (r"\frac{a}{b} - \frac{a c}{b}", r"\frac{a \left(1 - c\right)}{b}"),
        (r"-\frac{b e^{-a b}}{1 + e^{-a b}}", r"-\frac{b}{e^{a b} + 1}"),
        (r"1 - \sigma(-a)", r"\sigma\left(a\right)"),
        ("(a + b)^2 - a^2 - b^2", "2 a b"),
    ],
)
def test_the_shortest_form_is_found_and_equal_on_every_line(given, short):
    tree, setting = formula(given)
    form = Shortening(setting, Tidy()).shortest(tree)
    assert to_latex(form.tree) == short
    before = tree
    for applied in form.trail():
        assert compare(setting.model, before, applied.tree)
        before = applied.tree


def test_a_formula_that_is_short_stays_as_it_is():
    tree, setting = formula("a (b - c)")
    form = Shortening(setting, Tidy()).shortest(tree)
    assert form.tree == tree
    assert form.trail() == []
    assert length(form.tree) == length(tree)
