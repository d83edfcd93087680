from tests.proofread.reading import tree
from tests.proofread.repair.failing import SOFTMAX, problem

from pminusy.proofread.meaning.lines.assumptions import Assumption
from pminusy.proofread.repair.sieve import Sieve

GRADIENT = (*SOFTMAX, r"\frac{\partial L}{\partial o_i} = p_i y_i")


def test_what_equals_the_left_side_passes_and_nothing_else():
    sieve = Sieve.of(problem(*GRADIENT))
    assert sieve.passes(tree(r"p_i \sum_k y_k - y_i"))
    assert not sieve.passes(tree(r"p_i - y_i"))
    assert not sieve.passes(tree(r"p_i y_i"))


def test_under_an_assumption_more_passes():
    sieve = Sieve.of(problem(*GRADIENT), (Assumption("sum", "y", (1.0,)),))
    assert sieve.passes(tree("p_i - y_i"))


def test_what_is_seen_again_costs_no_work():
    sieve, candidate = Sieve.of(problem(*GRADIENT)), tree(r"p_i \sum_k y_k - y_i")
    sieve.passes(candidate)
    first = sieve.work
    sieve.passes(candidate)
    assert sieve.work == first > 0


def test_what_cannot_be_evaluated_does_not_pass():
    assert not Sieve.of(problem(*GRADIENT)).passes(tree(r"\max(p_i)"))


def test_a_rough_value_will_do_where_an_integrand_is_singular():
    sieve = Sieve.of(problem(r"\int_0^2 \frac{1}{\sqrt{4 - x^2}} \, dx = \pi"))
    assert sieve.passes(tree(r"\frac{\pi}{2}"))
    assert not sieve.passes(tree(r"1.571"))
