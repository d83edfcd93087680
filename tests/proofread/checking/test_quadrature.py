"""Double exponential quadrature in float64 and in many digits."""

import math

import mpmath
import numpy as np
import pytest

from pminusy.proofread.checking.axes import axis
from pminusy.proofread.checking.dual import multiply
from pminusy.proofread.checking.quadrature import Range, Rule

FINE, DIGITS = Rule(1 / 64), Rule(1 / 64, 40)
ZERO, ONE = np.zeros((1, 1, 1)), np.ones((1, 1, 1))


def integrated(function, over, rule=FINE):
    places, weights = rule.places(over, 0)
    with np.errstate(all="ignore"):
        return rule.total(multiply(function(places), weights), 0)


KNOWN = [
    (np.exp, Range(ZERO, ONE), math.e - 1),
    (np.log, Range(ZERO, ONE), -1.0),
    (lambda x: np.exp(-x), Range(ZERO, None), 1.0),
    (lambda x: np.exp(x), Range(None, ZERO), 1.0),
    (lambda x: 1 / (1 + x**2), Range(None, None), math.pi),
    (lambda x: np.exp(3 * x) * np.exp(-4 * x), Range(ZERO, None), 1.0),  # infinity times 0 far out
]


@pytest.mark.parametrize(("function", "over", "value"), KNOWN)
def test_known_integrals(function, over, value):
    assert integrated(function, over).item() == pytest.approx(value, rel=1e-13)


@pytest.mark.parametrize("function", [lambda x: 1 / x, np.cos, lambda x: 1 / np.sqrt(x)])
def test_what_does_not_settle_has_no_value(function):
    assert np.isnan(integrated(function, Range(ONE, None))).all()


def test_many_digits():
    with mpmath.workdps(40):
        places, weights = DIGITS.places(Range(ZERO, ONE), 0)
        values = np.frompyfunc(mpmath.exp, 1, 1)(places)
        error = DIGITS.total(multiply(values, weights), 0).item() - (mpmath.e - 1)
    assert abs(error) < 1e-25


def test_a_ray_can_be_scaled_to_where_its_integrand_counts():
    rate = axis(np.array([1e-9]), 0)[0]
    over = Range(ZERO, None)
    places, weights = FINE.places(over, 0)
    terms = multiply(rate * np.exp(-rate * places), weights)
    assert np.isnan(FINE.total(terms, 0)).all()
    scaled = FINE.scaled(over, terms, 0)
    assert integrated(lambda x: rate * np.exp(-rate * x), scaled).item() == pytest.approx(1, rel=1e-13)


def test_a_rough_rule_integrates_up_to_a_singularity():
    def function(x):
        return 1 / np.sqrt(1 - x**2)

    assert np.isnan(integrated(function, Range(ZERO, ONE))).all()
    assert integrated(function, Range(ZERO, ONE), Rule(1 / 64, rough=True)).item() == pytest.approx(
        math.pi / 2, rel=1e-5
    )
