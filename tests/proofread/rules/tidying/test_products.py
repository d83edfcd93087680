"""Products."""

import pytest
from tests.proofread.reading import tree

from pminusy.proofread.rules.tidying.products import tidy_product
from pminusy.proofread.syntax.latex import to_latex


@pytest.mark.parametrize(
    ("latex", "tidy_form"),
    [
        ("3 a 4 b", r"12 a b"),
        (r"3 \frac{\pi}{6}", r"\frac{\pi}{2}"),
        (r"a \frac{b}{a c}", r"\frac{b}{c}"),
        (r"\frac{a}{b} \frac{b}{c}", r"a \frac{1}{c}"),
        ("a a b", "a^2 b"),
        (r"3 \cdot 3^4 a", "3^5 a"),
        (r"0 \cdot a", "0"),
        (r"a (-b)", "-a b"),
    ],
)
def test_products(latex, tidy_form):
    assert to_latex(tidy_product(tree(latex), lambda _: True)) == tidy_form


def test_a_product_entry_by_entry_stays():
    node = tree(r"2 \odot 3")
    assert tidy_product(node, lambda _: True) is node


def test_matrices_keep_their_order_and_are_not_squared():
    node = tree("A B B")
    assert tidy_product(node, lambda _: False) == node
