import math

import numpy as np
import pytest

from pminusy.errors import InputError
from pminusy.gradcheck.along import LEAST_SLOPE, Along


def along(f, x, v=(1.0,)):
    return Along(f, np.array(x, float), np.array(v, float))


@pytest.mark.parametrize("x", [-3.0, 0.0, 0.25, 40.0])
def test_the_derivative_comes_with_its_error(x):
    found, error = along(lambda x: np.sin(x[0]) * np.exp(x[0] / 9), [x]).derivative()
    exact = (math.cos(x) + math.sin(x) / 9) * math.exp(x / 9)
    assert abs(found - exact) <= max(10 * error, 1e-13)
    assert error < 1e-8 * max(1, abs(exact))


def test_vectors_are_differentiated_elementwise():
    found, _ = along(lambda x: np.array([x[0] * x[1], x[1] ** 2]), [2.0, 3.0], [1.0, -1.0]).derivative()
    np.testing.assert_allclose(found, [3 - 2, -6], rtol=1e-9)


def test_the_taylor_slope_is_3_for_a_right_derivative_and_1_for_a_wrong_one():
    line = along(lambda x: math.exp(x[0]), [0.5])
    assert line.slope(np.asarray(math.exp(0.5)), 0.0) == pytest.approx(3, abs=0.2)
    assert line.slope(np.asarray(1.01 * math.exp(0.5)), 0.0) == pytest.approx(1, abs=0.2)
    assert 1 < LEAST_SLOPE < 3


def test_nothing_is_left_of_the_remainder_of_a_straight_line():
    assert along(lambda x: 3 * x[0], [2.0]).slope(np.asarray(3.0), 0.0) == math.inf


@pytest.mark.parametrize(
    ("f", "kink"), [(abs, True), (lambda t: max(t, 0.1 * t), True), (lambda t: t * abs(t), False)]
)
def test_a_kink_is_told_from_smooth_functions(f, kink):
    assert bool(along(lambda x: f(x[0]), [0.0]).kink) is kink
    assert not along(lambda x: f(x[0]), [0.7]).kink


def test_steps_that_leave_the_domain_are_left_out():
    with np.errstate(all="ignore"):
        found, _ = along(lambda x: np.log(x[0]), [0.125]).derivative()
    assert found == pytest.approx(8, rel=1e-7)


def test_a_function_that_is_nowhere_finite_nearby_is_refused():
    with pytest.raises(InputError, match="f: expected finite values near x, got NaN or infinity"):
        along(lambda x: math.nan, [1.0])


def test_more_noise_makes_errors_larger():
    f = lambda x: math.exp(x[0])  # noqa: E731
    assert along(f, [1.0]).with_noise(1e-6).derivative()[1] > along(f, [1.0]).derivative()[1]
