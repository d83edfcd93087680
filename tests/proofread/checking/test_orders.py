import pytest
from tests.proofread.reading import read, tree

from pminusy.proofread.checking.orders import equal_up_to_order, order_of, without_orders
from pminusy.proofread.syntax.tree import Number


def test_terms_of_some_order_are_told_from_others():
    rest, orders = without_orders(tree("1 + x + O(x^2) + o(x^3)"))
    assert rest == tree("1 + x")
    assert [order.small for order in orders] == [False, True]
    assert without_orders(tree("O(h)"))[0] == Number("0")
    assert order_of(tree(r"-\mathcal{O}(h)")) is not None
    assert order_of(tree("O h")) is None


@pytest.mark.parametrize(
    ("left", "right", "equal"),
    [
        ("e^x", "1 + x + O(x^2)", True),
        ("e^x", "1 + x + O(x^3)", False),
        ("e^x", "1 + x + o(x)", True),
        ("e^x", "1 + x + o(x^2)", False),
        (r"\frac{1}{1 + n}", r"\frac{1}{n} + O(n^{-2})", True),
        (r"\frac{1}{1 + n}", r"\frac{2}{n} + O(n^{-2})", False),
        ("a + O(h)", "a + h b + O(h^2)", True),
        ("e^x", "1 + x + O(x y)", False),
    ],
)
def test_the_difference_is_compared_with_the_order(left, right, equal):
    of = read("a = c")
    assert equal_up_to_order(of.model, of.tree(left), of.tree(right)) is equal


def test_an_order_in_what_the_page_defines_is_not_looked_at():
    of = read("h = x^2")
    assert not equal_up_to_order(of.model, of.tree("e^h"), of.tree("1 + h + O(h^2)"))
