import pytest
from tests.proofread.deriving.settings import formula

from pminusy.proofread.deriving.recognising import RECOGNISE, TOTAL
from pminusy.proofread.rules.tidy import Tidy
from pminusy.proofread.syntax.latex import to_latex

SOFTMAX = r"p_j = \frac{e^{z_j}}{\sum_k e^{z_k}}"


@pytest.mark.parametrize(
    ("given", "definition", "new"),
    [
        (r"\frac{e^{z_i}}{\sum_j e^{z_j}}", SOFTMAX, "p_i"),
        (r"\frac{a e^{z_i} e^{z_m}}{(\sum_j e^{z_j})^2}", SOFTMAX, r"\frac{a p_i e^{z_m}}{\sum_j e^{z_j}}"),
        ("a - r", "u = r - a", "-u"),
        ("r - a + c", "u = r - a", "u + c"),
        (r"\frac{1}{2 \sqrt{v + c}}", r"s = \sqrt{v + c}", r"\frac{1}{2 s}"),
        ("(v + c)^2", r"s = \sqrt{v + c}", "s^4"),
        (r"\sum_k a_k", r"m = \frac{1}{n} \sum_k a_k", "m n"),
        (r"\frac{a \sum_k r_k c_k}{b}", r"u = -\sum_k r_k c_k", r"-\frac{a u}{b}"),
    ],
)
def test_a_definition_is_recognised(given, definition, new):
    tree, setting = formula(given, definition)
    assert new in [to_latex(Tidy()(move.new)) for move in RECOGNISE.apply(tree, setting)]


def test_a_sum_of_entries_is_written_out():
    tree, setting = formula(r"\sum_k r_k", "r_k = a_k - m")
    assert [to_latex(move.new) for move in TOTAL.apply(tree, setting)] == [r"\sum_k \left(a_k - m\right)"]
