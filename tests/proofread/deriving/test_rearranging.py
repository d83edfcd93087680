import pytest
from tests.proofread.deriving.settings import formula

from pminusy.proofread.deriving import rearranging
from pminusy.proofread.rules.tidy import Tidy
from pminusy.proofread.syntax.latex import to_latex


def made(rule, latex):
    tree, setting = formula(latex)
    return [to_latex(Tidy()(move.new)) for move in rule.apply(tree, setting)]


@pytest.mark.parametrize(
    ("rule", "given", "new"),
    [
        (rearranging.TOGETHER, r"\frac{a b}{a c}", r"\frac{b}{c}"),
        (rearranging.LIKE_TERMS, "a + b + a", "2 a + b"),
        (rearranging.FACTOR_OUT, "a b + a c", r"a \left(b + c\right)"),
        (rearranging.FACTOR_OUT, r"\frac{a}{c} - \frac{b}{c}", r"\frac{a - b}{c}"),
        (rearranging.FACTOR_OUT, "a + b - b c", r"a + b \left(1 - c\right)"),
        (rearranging.FACTOR_OUT, "-a b - a c", r"-a \left(b + c\right)"),
        (rearranging.SIGNS, "-(a - b)", "b - a"),
        (rearranging.SIGNS, r"-\frac{a - b}{c}", r"\frac{b - a}{c}"),
        (rearranging.SIGNS, r"-\sum_j c_j (a_j - b_j)", r"\sum_j c_j \left(b_j - a_j\right)"),
        (rearranging.CONTRACT, r"\sum_j \frac{a_j \delta_{ji}}{b_j}", r"\frac{a_i}{b_i}"),
        (rearranging.CONTRACT, r"-\sum_j a_j \delta_{ij}", None),
    ],
)
def test_a_move_makes_what_it_says(rule, given, new):
    found = made(rule, given)
    assert new in found if new is not None else not found


def test_no_factor_is_taken_out_where_terms_would_then_cancel():
    assert made(rearranging.FACTOR_OUT, "a b - a (b - c)") == []
