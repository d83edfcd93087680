"""Derivatives carried out by rules: in the form in which a textbook has them, and equal in value."""

import pytest
from tests.proofread.repair.failing import SOFTMAX, problem

from pminusy.proofread.rules.carried_out import carried_out, spread_out, with_derivatives
from pminusy.proofread.rules.tidy import Tidy
from pminusy.proofread.rules.tidying import tidy
from pminusy.proofread.rules.tidying.parentheses import written
from pminusy.proofread.syntax.latex import to_latex

SIGMOID = r"\sigma(x) = \frac{1}{1 + e^{-x}}"


def result(*formulas):
    """The left side of the last formula, and whether it is equal in value to what is made of it."""
    found = problem(*formulas)
    form = tidy(written(carried_out(found.left, found.setting)))
    assert found.equal(found.left, form)
    return to_latex(form)


@pytest.mark.parametrize(
    ("formulas", "form"),
    [
        ((r"g(t) = t^4", "g'(t) = 1"), "4 t^3"),
        (
            (r"g(t) = \sin(t) \cos(t)", "g'(t) = 1"),
            r"\cos^{2}\left(t\right) - \sin^{2}\left(t\right)",
        ),
        ((r"g(t) = \frac{1}{t}", "g'(t) = 1"), r"-\frac{1}{t^2}"),
        ((r"g(t) = e^{3 t}", "g'(t) = 1"), "3 e^{3 t}"),
        ((r"h = \log(1 - q)", r"\frac{d h}{d q} = 1"), r"-\frac{1}{1 - q}"),
    ],
)
def test_the_rules_of_calculus(formulas, form):
    assert result(*formulas) == form


def test_the_gradient_of_cross_entropy_comes_out_in_its_usual_form():
    assert result(*SOFTMAX, r"\frac{\partial L}{\partial o_i} = 2") == r"p_i \sum_j y_j - y_i"


def test_a_softmax_is_differentiated_as_a_whole():
    form = result(*SOFTMAX, r"\frac{\partial p_i}{\partial o_m} = 2")
    assert form == r"p_i \left(\delta_{im} - p_m\right)"


def test_a_sigmoid_keeps_its_name():
    form = result(SIGMOID, r"f(w) = \sigma(3 w)", "f'(w) = 1")
    assert r"\sigma\left(3 w\right) \left(1 - \sigma\left(3 w\right)\right)" in form


def test_a_delta_picks_its_term_of_a_sum():
    assert result(r"E = \sum_k c_k u_k^2", r"\frac{\partial E}{\partial u_j} = 1") == "2 c_j u_j"


@pytest.mark.parametrize(
    ("formulas", "form"),
    [
        ((r"h(u) = u^3", r"g(t) = h(5 t)", "g'(t) = 1"), r"15 \left(5 t\right)^2"),
        ((r"z = \sum_k a_k x_k", r"E = z^2", r"\frac{\partial E}{\partial a_m} = 1"), "2 z x_m"),
        (
            (r"F = \log \sum_k e^{u_k / c}", r"\frac{\partial F}{\partial u_m} = 1"),
            r"\frac{e^{\frac{u_m}{c}}}{\left(\sum_k e^{\frac{u_k}{c}}\right) c}",
        ),
    ],
)
def test_through_definitions_and_sums(formulas, form):
    assert result(*formulas) == form


def test_what_has_no_rule_is_not_made_up():
    found = problem(r"g(t) = |t|", "g'(t) = 1")
    assert carried_out(found.left, found.setting) is None


def test_sums_are_spread_out_into_single_terms():
    found = problem(r"E(c) = \sum_{i=1}^m (u_i \log c - 3 c)", "E'(c) = 1")
    form = spread_out(carried_out(found.left, found.setting), found.setting)
    assert to_latex(tidy(written(form))) == r"\frac{\sum_{i = 1}^m u_i}{c} - 3 m"


def test_a_prime_is_written_as_a_derivative():
    found = problem(r"g(t) = t^4", "g'(t) = 1")
    assert to_latex(with_derivatives(found.left, found.setting, Tidy())) == r"\frac{d}{d t} t^4"
