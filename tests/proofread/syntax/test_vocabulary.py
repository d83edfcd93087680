import pytest

from pminusy.proofread.syntax.lexer import tokenize
from pminusy.proofread.syntax.vocabulary import read_vocabulary


def words(*formulas):
    return read_vocabulary([tokenize(formula) for formula in formulas])


def test_indices_are_summed_over_or_stand_as_subscripts():
    assert {"k", "i"} <= words(r"\sum_k a_k", "b_i").indices


def test_a_superscript_that_is_summed_over_or_followed_by_indices_is_no_power():
    assert "w" in words(r"z^l_j = \sum_k w^l_{jk} a^{l-1}_k").labelled
    assert words("x^n + y^2").labelled == frozenset()


def test_delta_is_kroneckers_until_the_page_defines_it():
    assert words(r"\delta_{ij}").kronecker
    assert not words(r"\delta^l_j = a_j").kronecker


@pytest.mark.parametrize(
    ("formula", "attribute"),
    [
        ("X'X b = X'y", "prime_transposes"),
        (r"\Sigma_d a_d", "sigma_sums"),
        ("dy = 2 x dx", "differentials"),
        ("E[X] = a", "expectations"),
        ("V[X] = E[X^2] - E[X]^2", "variances"),
    ],
)
def test_usage_settles_what_signs_mean(formula, attribute):
    assert getattr(words(formula), attribute)
    assert not getattr(words("a = b"), attribute)


def test_a_number_d_of_something_is_no_operator():
    assert not words("d(d - 1) = a", r"\sum_{i=1}^{d} x_i").differentials


def test_a_value_is_no_variance():
    assert not words(r"V(S_t) = \mathbb{E}[G]", "V[X] = a").variances
    assert not words("V[X] = a").variances


def test_operators_and_coordinates_that_the_page_defines():
    assert words(r"D_j S = \frac{\partial S}{\partial a_j}").operators == (("D", "a"),)
    assert words(r"\partial_i = \frac{\partial}{\partial z_i}").coordinates == "z"


@pytest.mark.parametrize(
    ("formulas", "small"),
    [
        (["B = X^t X", "|v|^2 = v^t v"], True),
        (["B = (X + Y)^{t} Z"], True),
        (["B = X^t X", "y = 2 t"], False),
        (["b = x^t y"], False),
        (["s = A^t"], False),
    ],
)
def test_a_small_t_above_may_be_a_transpose(formulas, small):
    assert read_vocabulary([tokenize(each) for each in formulas]).small_transposes is small
