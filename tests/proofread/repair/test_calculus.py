"""Derivatives carried out by rules: in the form in which a textbook has them, and equal in value."""

import pytest
from tests.proofread.repair.failing import SOFTMAX, problem

from pminusy.proofread.repair.calculus import Calculus, NoRuleError
from pminusy.proofread.syntax.latex import to_latex
from pminusy.proofread.syntax.parentheses import bare

SIGMOID = r"\sigma(x) = \frac{1}{1 + e^{-x}}"


def carried_out(*formulas):
    """The left side of the last formula, and whether it is equal in value to what is made of it."""
    found = problem(*formulas)
    form = bare(Calculus(found.model).carried_out(found.left))
    assert found.equal(found.left, form)
    return to_latex(form)


@pytest.mark.parametrize(
    ("formulas", "form"),
    [
        ((r"g(t) = t^4", "g'(t) = 1"), "4 t^3"),
        (
            (r"g(t) = \sin(t) \cos(t)", "g'(t) = 1"),
            r"\cos\left(t\right) \cos\left(t\right) - \sin\left(t\right) \sin\left(t\right)",
        ),
        ((r"g(t) = \frac{1}{t}", "g'(t) = 1"), r"-\frac{1}{t^2}"),
        ((r"g(t) = e^{3 t}", "g'(t) = 1"), "3 e^{3 t}"),
        ((r"h = \log(1 - q)", r"\frac{d h}{d q} = 1"), r"-\frac{1}{1 - q}"),
    ],
)
def test_the_rules_of_calculus(formulas, form):
    assert carried_out(*formulas) == form


def test_the_gradient_of_cross_entropy_comes_out_in_its_usual_form():
    assert carried_out(*SOFTMAX, r"\frac{\partial L}{\partial o_i} = 2") == r"p_i \sum_j y_j - y_i"


def test_a_softmax_is_differentiated_as_a_whole():
    form = carried_out(*SOFTMAX, r"\frac{\partial p_i}{\partial o_m} = 2")
    assert form == r"p_i \left(\delta_{im} - p_m\right)"


def test_a_sigmoid_keeps_its_name():
    form = carried_out(SIGMOID, r"f(w) = \sigma(3 w)", "f'(w) = 1")
    assert r"\sigma\left(3 w\right) \left(1 - \sigma\left(3 w\right)\right)" in form


def test_a_delta_picks_its_term_of_a_sum():
    assert carried_out(r"E = \sum_k c_k u_k^2", r"\frac{\partial E}{\partial u_j} = 1") == "2 c_j u_j"


def test_what_has_no_rule_says_so():
    found = problem(r"g(t) = |t|", "g'(t) = 1")
    with pytest.raises(NoRuleError):
        Calculus(found.model).carried_out(found.left)


def test_definitions_are_put_in():
    found = problem(r"q = t^3", r"\frac{d q}{d t} = \frac{d}{d t} t^2")
    assert to_latex(Calculus(found.model).put_in(found.left)) == r"\frac{d}{d t} t^3"
