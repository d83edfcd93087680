import pytest
from tests.proofread.reading import compared, number

from pminusy.proofread import proofread
from pminusy.proofread.meaning.model.undecidable import Undecidable


@pytest.mark.parametrize(
    ("formula", "value"),
    [
        (r"\sum_{k=1}^{4} k", 10),
        (r"\sum_{k=0}^{3} 2", 8),
        (r"\prod_{k=1}^{4} k", 24),
        (r"\sum_{i=1}^{3} \sum_{j=1}^{i} 1", 6),
        (r"\sum_{k=1}^{4} k \mathbb{1}[k \ne 2]", 8),
        (r"\sum_{n=0}^\infty \frac{1}{2^n}", 2),
    ],
)
def test_limits_and_conditions(formula, value):
    assert number(formula) == pytest.approx(value)


def test_a_sum_with_a_condition_leaves_terms_out():
    assert compared(r"\sum_{k \ne i} a_k", r"\sum_k a_k - a_i")
    assert compared(r"\sum_i \sum_{j < i} a_i a_j", r"\frac{1}{2} (\sum_i \sum_j a_i a_j - \sum_i a_i^2)")


def test_a_bare_sum_runs_over_the_open_letters():
    assert compared(r"\sum a_i b_i", r"\sum_k a_k b_k")


@pytest.mark.parametrize("sign", ["max", "min"])
def test_a_constant_comes_out_of_an_extreme(sign):
    assert compared(rf"\{sign}_k (a_k + b)", rf"b + \{sign}_k a_k")


@pytest.mark.parametrize(
    ("formula", "reason"),
    [(r"\sum_{k=1}^{1000} k", "a sum of 1000 terms"), (r"\sum_{k=5}^{2} k", "a sum without terms")],
)
def test_what_cannot_be_summed_is_undecided(formula, reason):
    with pytest.raises(Undecidable, match=reason):
        number(formula)


def test_a_series_that_does_not_vanish_has_no_value():
    assert compared(r"\sum_{n=1}^\infty \frac{1}{n}", "3").equal is None


def test_a_series_whose_later_terms_overflow_has_a_value():
    assert compared(r"\sum_{n=0}^\infty \frac{3^n}{n!} x^n", r"e^{3 x}")
    assert compared(r"\sum_{n=0}^\infty n \frac{\lambda^n}{n!} e^{-\lambda}", r"\lambda")
    assert not compared(r"\sum_{n=0}^\infty \frac{3^n}{n!} x^n", r"e^{2 x}")


def test_terms_that_only_overflow_to_zero_end_no_series():
    page = r"$$\frac{\pi^2}{8} = 1 + \sum_{n=1}^\infty \frac{(2n - 1)!!}{(2n + 1) (2n)!!}"
    page += r" \int_0^{\pi/2} \sin^{2n + 1} t \, dt$$"
    assert proofread(page).verdict != "wrong"
