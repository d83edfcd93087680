from dataclasses import dataclass, replace

import numpy as np
import pytest
from tests.solvers.problems import Array, Convex, quadratic

from pminusy.solvers.descent import descend
from pminusy.solvers.log import Log
from pminusy.solvers.result import Reason


@dataclass
class SteepestDescent:
    """Along the negative gradient; `left` is what it says there is to gain."""

    left: float = 0.0
    sign: float = -1.0
    n_moves: int = 0

    def gain(self, gradient: Array) -> float:
        return self.left

    def direction(self, gradient: Array, norm: float) -> Array:
        return self.sign * gradient

    def moved(self, old, new) -> None:
        assert new.value <= old.value
        self.n_moves += 1


def run(objective: Convex, method, start=None, tol=1e-6, max_iter=500):
    log = Log(objective, "steepest", tol)
    start = objective.zeros if start is None else start
    return descend(objective, method, log, start, tol=tol, max_iter=max_iter)


def test_steps_along_descent_directions_reach_the_minimum_and_leave_the_start_alone():
    objective, method = quadratic(10.0), SteepestDescent()
    start = objective.zeros
    solution = run(objective, method, start)
    assert solution.result.reason is Reason.GRADIENT_TOLERANCE
    assert solution.result.n_iter == method.n_moves > 1
    np.testing.assert_allclose(solution.parameters, objective.m, atol=1e-4)
    assert not start.any()


def test_a_small_gradient_is_not_enough_where_much_is_left_to_gain():
    objective = quadratic(10.0)
    at_minimum = objective.m.copy()
    assert run(objective, SteepestDescent(), at_minimum).result.n_iter == 0
    solution = run(objective, SteepestDescent(left=0.5), at_minimum, max_iter=3)
    assert solution.result.n_iter > 0
    assert solution.result.reason is Reason.MAX_ITERATIONS


def test_the_last_step_leads_to_the_parameters_returned():
    objective = quadratic(10.0)
    one, two = (run(objective, SteepestDescent(), max_iter=n) for n in (1, 2))
    np.testing.assert_allclose(two.parameters - two.last_step, one.parameters, rtol=1e-12)
    np.testing.assert_array_equal(two.gradient, objective.gradient(two.parameters))
    assert two.result.reason is Reason.MAX_ITERATIONS


def test_a_direction_that_leads_uphill_ends_the_search_where_it_began():
    objective = quadratic(10.0)
    solution = run(objective, SteepestDescent(left=0.5, sign=1.0))
    assert solution.result.reason is Reason.LINE_SEARCH
    np.testing.assert_allclose(solution.parameters, 0, atol=1e-12)
    np.testing.assert_array_equal(objective.at, solution.parameters)


@pytest.mark.parametrize("left", [0.0, 1e-18])
def test_rounding_ends_it_where_no_gain_can_be_told(left):
    objective = replace(quadratic(1e3), total_scale=1.0).in_float32()
    solution = run(objective, SteepestDescent(left=left), tol=1e-12, max_iter=100_000)
    assert solution.result.reason is Reason.PRECISION


@np.errstate(all="ignore")
def test_overflow_ends_it_at_once():
    objective = quadratic(10.0)
    solution = run(objective, SteepestDescent(), np.full(10, 1e200))
    assert (solution.result.reason, solution.result.n_iter) == (Reason.NOT_FINITE, 0)
