import pytest
from tests.proofread.reading import page

from pminusy.proofread import proofread
from pminusy.proofread.meaning.lines.densities import stated_densities


def stated(*formulas):
    return stated_densities(page(*formulas).chains)


def test_a_formula_for_a_density_is_one():
    (found,) = stated(r"f_X(x) = 2 x, \quad 0 \le x \le 1")
    assert "X" in found.names
    assert not found.discrete


def test_probabilities_of_values_are_stated_one_by_one():
    found = stated(r"P(X = 1) = q", r"P(X = 0) = 1 - q")
    assert any(each.discrete and "X" in each.names for each in found)


def test_a_formula_about_something_else_states_none():
    assert stated("y = a x + b") == []


@pytest.mark.parametrize(("mean", "holds"), [(r"\frac{2}{3}", True), (r"\frac{1}{3}", False)])
def test_a_mean_is_taken_with_the_density_that_is_stated(mean, holds):
    text = rf"X has the density $f_X(x) = 2x$ for $0 \le x \le 1$. $$\mathbb{{E}}[X] = \int_0^1 2 x^2 \, dx = {mean}$$"
    assert proofread(text).steps[-1].holds is holds
