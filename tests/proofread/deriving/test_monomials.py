from fractions import Fraction

import pytest
from tests.proofread.deriving.settings import formula

from pminusy.proofread.deriving.monomials import collected, monomials, ordered
from pminusy.proofread.rules.build import terms_of
from pminusy.proofread.syntax.latex import to_latex


@pytest.mark.parametrize(
    ("given", "written"),
    [
        (r"\frac{a b x}{b c}", r"\frac{a x}{c}"),
        ("a b a", "a^2 b"),
        (r"\frac{1}{a} \frac{a^2}{b}", r"\frac{a}{b}"),
        (r"\frac{2 a}{4 b}", r"\frac{a}{2 b}"),
        (r"\frac{e^a}{e^a}", "1"),
        ("e^a e^{-a} b", "b"),
        (r"\frac{a}{\sqrt{b}} \frac{1}{\sqrt{b}}", r"\frac{a}{b}"),
        (r"a^c a", "a^{c + 1}"),
        (r"\frac{a - b}{b - a}", "-1"),
        (r"\log(b) \, a", r"a \log\left(b\right)"),
    ],
)
def test_factors_are_put_together(given, written):
    tree, setting = formula(given)
    assert to_latex(monomials(setting).read(tree).node()) == written


def test_one_product_is_divided_by_another():
    tree, setting = formula("6 a^2 b")
    other, _ = formula("2 a c")
    rest = monomials(setting).read(tree).over(monomials(setting).read(other))
    assert to_latex(rest.node()) == r"\frac{3 a b}{c}"
    assert rest.coefficient == Fraction(3)


def test_like_terms_are_collected_and_what_cancels_goes():
    tree, setting = formula("a b + c + b a - c + b")
    read = monomials(setting).read
    assert to_latex(ordered(m.node() for m in collected(map(read, terms_of(tree))))) == "2 a b + b"


def test_a_sum_does_not_begin_with_a_minus():
    tree, _ = formula("-a + b - c")
    assert to_latex(ordered(terms_of(tree))) == "b - a - c"
