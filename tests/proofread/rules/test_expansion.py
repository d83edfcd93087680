import pytest
from tests.proofread.reading import tree

from pminusy.proofread.rules.expansion import expanded
from pminusy.proofread.rules.tidy import Tidy
from pminusy.proofread.syntax.latex import to_latex


@pytest.mark.parametrize(
    ("formula", "wide"),
    [
        ("a (b + c)", "a b + a c"),
        ("-(a - b)", "-a + b"),
        (r"\frac{a + b}{c}", r"\frac{a}{c} + \frac{b}{c}"),
        (r"\sum_k z_k (a + b)", r"\sum_k \left(z_k a + z_k b\right)"),
        ("a b", "a b"),
    ],
)
def test_products_are_multiplied_out(formula, wide):
    tidy = Tidy()
    assert to_latex(tidy(expanded(tidy(tree(formula))))) == wide
