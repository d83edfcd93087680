import pytest
from tests.proofread.deriving.settings import formula

from pminusy.proofread.deriving.ordering import written
from pminusy.proofread.syntax.latex import to_latex


@pytest.mark.parametrize(
    ("given", "usual"),
    [
        (r"\cos(a) b", r"b \cos\left(a\right)"),
        ("(1 - a) b", r"b \left(1 - a\right)"),
        (r"\left(\sum_k c_k\right) a", r"a \sum_k c_k"),
        ("y_j y_i", "y_i y_j"),
        ("c b a", "c b a"),
        ("e^a b", "b e^a"),
    ],
)
def test_factors_are_written_in_their_usual_order(given, usual):
    tree, setting = formula(given)
    assert to_latex(written(tree, setting)) == usual
