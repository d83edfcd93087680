import pytest

from pminusy.proofread.syntax.labels import labelled
from pminusy.proofread.syntax.lexer import tokenize


def names(*formulas, bound=()):
    return labelled([tokenize(formula) for formula in formulas], frozenset(bound))


@pytest.mark.parametrize(
    "latex",
    [
        r"\frac{\partial E}{\partial w_{ij}^{l}}",
        r"\frac{dE}{d w^l_j}",
        r"\frac{\partial}{\partial w^1} E",
        r"\frac{\partial L}{\partial w^{c_i}}",
        r"\nabla_{w^l} E",
    ],
)
def test_what_is_above_a_name_that_a_derivative_is_by_is_a_label(latex):
    assert names(latex) == {"w"}


@pytest.mark.parametrize(
    "latex",
    [
        r"\frac{\partial^2 E}{\partial x^2}",
        r"\frac{\partial E}{\partial \sigma^2}",
        r"\frac{\partial E}{\partial x^T}",
        r"\frac{\partial E}{\partial A^{-1}}",
        r"\frac{d}{dx} x^n",
        r"\frac{a}{w^l}",
    ],
)
def test_orders_squares_transposes_and_inverses_are_none(latex):
    assert names(latex) == frozenset()


def test_other_names_have_the_label_too():
    assert names(r"\frac{\partial s^3}{\partial z^3}") == {"s", "z"}
    assert names(r"\frac{\partial E}{\partial h^t}", r"c^{t-1} + f^t g") == {"h", "c", "f"}


def test_a_letter_that_is_summed_over_is_a_label_but_not_in_a_series():
    assert names(r"\sum_l w^l", bound=["l"]) == {"w"}
    assert names(r"\sum_{n=0}^\infty x^n", bound=["n"]) == frozenset()


@pytest.mark.parametrize(
    "latex",
    [
        r"\sum_{m=0}^\infty \frac{c^m}{m!}",
        r"\sum^\infty_{m=0} c^m",
        r"\sum_{m=0}^n \binom{n}{m} c^m d",
        r"\sum_{m=0}^n c^m (1 - c)^{n - m}",
    ],
)
def test_above_a_name_a_number_is_an_exponent(latex):
    assert names(latex, bound="m") == frozenset()


def test_a_power_that_something_stands_before_is_not_defined_by_what_follows():
    assert names(r"\frac{d}{dx} x^3 = 3x^2") == frozenset()
    assert names(r"2 x^3 = x^3 + x^2") == frozenset()
    assert names(r"x^3 = 2 x^2 - 1") == {"x"}
