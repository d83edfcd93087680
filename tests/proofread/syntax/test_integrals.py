import pytest
from tests.proofread.reading import tree

from pminusy.proofread.syntax.tokens import Unreadable
from pminusy.proofread.syntax.tree import Integral, Multiply, Number, Power, Symbol

X = Symbol("x")


def test_an_integral_ends_at_its_differential():
    node = tree(r"\int_0^1 x^2 \, dx")
    assert node == Integral(X, Number("0"), Number("1"), Power(X, Number("2")))
    assert isinstance(tree(r"\int_0^1 x \, dx \, y"), Multiply)


def test_the_differential_may_come_first():
    assert tree(r"\int_0^1 dx \, x^2") == tree(r"\int_0^1 x^2 \, dx")
    assert tree(r"\int_0^1 dx").body == Number("1")


def test_integrals_within_integrals_close_from_inside():
    outer = tree(r"\int_0^1 \int_0^2 x y \, dx \, dy")
    assert outer.variable == Symbol("y")
    assert isinstance(outer.body, Integral)
    assert outer.body.variable == X


def test_limits_may_name_the_variable_or_be_missing():
    assert tree(r"\int_{x=0}^{x=1} x \, dx").low == Number("0")
    assert tree(r"\int x \, dx").low is None


@pytest.mark.parametrize(
    ("latex", "message"),
    [
        (r"\int_0^1 x", "without a variable of integration"),
        (r"\int_S x \, dx", "over a set"),
        (r"\oint x \, dx", "closed path"),
    ],
)
def test_what_is_not_evaluated_is_said(latex, message):
    with pytest.raises(Unreadable, match=message):
        tree(latex)
