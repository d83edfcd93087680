import pytest
from tests.proofread.reading import tree

from pminusy.proofread.syntax.latex import to_latex
from pminusy.proofread.syntax.lexer import tokenize
from pminusy.proofread.syntax.tokens import Unreadable
from pminusy.proofread.syntax.tree import Derivative, Integral, Multiply, Number, Power, Symbol
from pminusy.proofread.syntax.vocabulary import read_vocabulary

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
        (r"\int_0 x \, dx", "over a set"),
        (r"\oint x \, dx", "closed path"),
    ],
)
def test_what_is_not_evaluated_is_said(latex, message):
    with pytest.raises(Unreadable, match=message):
        tree(latex)


def test_the_differential_may_stand_in_a_fraction_in_braces_or_brackets():
    plain = tree(r"\int_0^1 \frac{2}{1 + x} \, dx")
    assert tree(r"\int_0^1 \frac{2 \, dx}{1 + x}") == plain
    assert tree(r"\int_0^1 {\frac{2 dx}{1 + x}}") == plain
    assert tree(r"\int_0^1 \frac{dx}{x}") == tree(r"\int_0^1 \frac{1}{x} dx")
    assert tree(r"\int_0^1 x {dx}") == tree(r"\int_0^1 x (dx)") == tree(r"\int_0^1 x dx")
    assert isinstance(tree(r"\int_0^1 \frac{df}{dx} dx").body, Derivative)


def test_a_set_of_numbers_stands_for_its_limits():
    assert tree(r"\int_{\mathbb{R}} x \, dx") == tree(r"\int_{-\infty}^{\infty} x \, dx")
    assert tree(r"\int_{\mathbb{R}_+} x \, dx") == tree(r"\int_0^\infty x \, dx")
    assert tree(r"\int_{x \in [1, 3]} x \, dx") == tree(r"\int_1^3 x \, dx")
    assert tree(r"\int_x x \, dx") == tree(r"\int x \, dx")
    assert tree(r"\int_{}^{} x \, dx") == tree(r"\int x \, dx")


@pytest.mark.parametrize(
    "latex", [r"\int x \, d(\sin x)", r"\int x \cdot d\sin x", r"\int x \, d\left(\sin{x}\right)"]
)
def test_what_is_integrated_over_may_be_an_expression(latex):
    node = tree(latex)
    assert node.variable == X
    assert isinstance(node.body, Multiply)
    assert node.body.factors[0] == X
    assert isinstance(node.body.factors[1], Derivative)


def test_of_several_names_an_integral_is_over_the_one_that_others_on_the_page_are_over():
    vocabulary = read_vocabulary([tokenize(r"\int t^2 dt")])
    assert tree(r"\int t \, d(e^{-at})", vocabulary).variable == Symbol("t")
    with pytest.raises(Unreadable, match="without a variable"):
        tree(r"\int t \, d(e^{-at})")


def test_a_point_multiplies_in_an_integrand_and_a_letter_d_may_be_a_power():
    assert tree("∫x.f(x).dx") == tree(r"\int x \cdot f(x) dx")
    assert tree(r"\int x^d dx").body == Power(X, Symbol("d"))


def test_an_integral_over_a_named_set_has_its_ends_as_limits():
    node = tree(r"\int_S x \, dx")
    assert (node.low, node.high) == (Symbol(r"\inf S"), Symbol(r"\sup S"))
    assert to_latex(node) == r"\int_{S} x \, dx"
    inside = tree(r"\int_{x \in \mathcal{X}} x \, dx")
    assert inside.low == Symbol(r"\inf \mathcal{X}")


def test_a_limit_without_braces_is_one_digit():
    assert tree(r"\int_x^16(1-u)du") == tree(r"\int_x^{1} 6 (1 - u) du")
    assert tree(r"\int_0^{12}u du") == tree(r"\int_0^12 u du")
    assert tree(r"\int_0^10u du") == tree(r"\int_0^{10} u du")


def test_names_below_the_sign_are_what_an_integral_without_a_differential_is_over():
    assert tree(r"\int_t p(t) f(t)") == tree(r"\int p(t) f(t) dt")
    assert tree(r"\int_{s,t} p(s, t)") == tree(r"\int \int p(s, t) dt ds")
    with pytest.raises(Unreadable):
        tree(r"\int_t p(s)")
