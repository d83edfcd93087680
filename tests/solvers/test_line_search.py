from types import SimpleNamespace

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from tests.solvers.problems import half_square, log_sum_exp, quadratic, smooth, softplus_mean

from pminusy.solvers import line_search
from pminusy.solvers.line_search import Point


def point(objective, parameters):
    gradient = np.empty_like(parameters)
    return Point(parameters, objective.value_and_gradient(parameters, gradient), gradient)


def search(objective, start, direction):
    """With arrays of its own to write into, filled with garbage."""
    garbage = np.full_like(start.parameters, np.nan)
    return line_search.search(objective, start, direction, Point(garbage, np.nan, garbage.copy()))


@given(
    h=st.sampled_from([half_square, softplus_mean, log_sum_exp]),
    length=st.sampled_from([1e-4, 1e-2, 1.0, 30.0, 1e4]),
    seed=st.integers(0, 999),
)
def test_finds_a_lower_point_on_the_line(h, length, seed):
    rng, objective = np.random.default_rng(seed), smooth(h)
    start = point(objective, rng.standard_normal(8))
    direction = -length * rng.uniform(0.1, 1, 8) * start.gradient
    found = search(objective, start, direction)
    t = (found.parameters - start.parameters) @ direction / (direction @ direction)
    assert 0 < t <= 1 + 1e-9
    np.testing.assert_allclose(found.parameters, start.parameters + t * direction, atol=1e-10)
    assert found.value <= start.value
    assert found.value < start.value or found.gradient @ direction <= 0
    np.testing.assert_array_equal(objective.at, found.parameters)  # where the objective was last asked
    np.testing.assert_array_equal(found.gradient, objective.gradient(found.parameters))
    assert found.value == objective.value(found.parameters)


def test_a_step_that_is_fine_is_taken_whole():
    objective = quadratic(10.0)
    start = point(objective, objective.zeros)
    found = search(objective, start, objective.m)
    np.testing.assert_array_equal(found.parameters, objective.m)
    assert objective.passes == 2


def test_on_a_parabola_the_secant_finds_the_minimum():
    objective = quadratic(1.0)
    start = point(objective, objective.zeros)
    found = search(objective, start, 5 * objective.m)
    np.testing.assert_allclose(found.parameters, objective.m, rtol=1e-12)
    assert objective.passes == 3


def test_the_slope_proves_a_decrease_that_rounded_values_hide():
    objective = smooth(softplus_mean).in_float32()
    exact = smooth(softplus_mean)
    start = point(objective, objective.zeros)
    hidden = Point(start.parameters, -np.inf, start.gradient)  # no value can lie below
    direction = np.linalg.solve(objective.hessian(), -start.gradient)
    found = search(objective, hidden, direction)
    assert found.gradient @ direction <= 0
    assert exact.value(found.parameters.astype(float)) < exact.value(start.parameters.astype(float))


def test_none_where_no_step_helps():
    objective = quadratic(1.0)
    start = point(objective, objective.m)
    uphill = Point(start.parameters, start.value, -np.ones(10))  # a gradient that isn't the objective's
    assert search(objective, uphill, np.ones(10)) is None


def test_none_where_the_line_leads_uphill_at_the_same_slope_everywhere():
    def linear(parameters, gradient):
        gradient[:] = 1.0
        return float(parameters.sum())

    objective = SimpleNamespace(value_and_gradient=linear)
    assert search(objective, point(objective, np.zeros(3)), np.ones(3)) is None
