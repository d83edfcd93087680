"""What all solvers have in common, on small convex functions."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from tests.solvers.problems import (
    Convex,
    half_square,
    lbfgs,
    log_sum_exp,
    newton,
    newton_cg,
    quadratic,
    smooth,
    softplus_mean,
)

from pminusy.gradcheck import assert_gradient, check_hvp
from pminusy.solvers.progress import listening
from pminusy.solvers.result import Reason, Solution

SOLVERS = {"newton": newton, "newton-cg": newton_cg, "lbfgs": lbfgs}
PROBLEMS = {
    "round quadratic": lambda: quadratic(1.0),
    "quadratic of condition 1e8": lambda: quadratic(1e8),
    "softplus": lambda: smooth(softplus_mean),
    "badly scaled softplus": lambda: smooth(softplus_mean, spread=1e3),
    "log-sum-exp": lambda: smooth(log_sum_exp),
    "badly scaled log-sum-exp": lambda: smooth(log_sum_exp, spread=1e3),
}
each_solver = pytest.mark.parametrize("minimize", SOLVERS.values(), ids=SOLVERS)
each_problem = pytest.mark.parametrize("problem", PROBLEMS.values(), ids=PROBLEMS)


@each_problem
def test_the_problems_have_the_derivatives_they_state(problem: Callable[[], Convex]) -> None:
    objective = problem()
    x = 0.9 * objective.m

    def product(at: Any, v: Any) -> Any:
        result = np.empty_like(v)
        objective.value_and_gradient(at, np.empty_like(at))
        objective.hessian_product(v, result)
        return result

    assert_gradient(objective.value, objective.gradient, x)
    assert check_hvp(objective.gradient, product, x).ok


@each_solver
@each_problem
def test_reaches_the_minimum(problem: Callable[[], Convex], minimize: Callable[..., Solution]) -> None:
    objective = problem()
    solution = minimize(objective, tol=1e-8, max_iter=2000)
    assert solution.result.reason is Reason.GRADIENT_TOLERANCE
    assert solution.result.converged
    objective.value_and_gradient(solution.parameters, np.empty_like(solution.parameters))
    gradient = objective.gradient(solution.parameters)
    assert np.abs(gradient).max() <= 1e-8
    # Half the Newton decrement squared is what is left to gain; the Hessian hardly changes that near the minimum.
    assert 0.5 * gradient @ np.linalg.solve(objective.hessian(), gradient) <= 1e-8
    if objective.h is half_square:
        assert objective.value(solution.parameters) - 1 <= 1e-8


@each_solver
@each_problem
def test_the_result_tells_the_whole_story(
    problem: Callable[[], Convex], minimize: Callable[..., Solution]
) -> None:
    objective, heard = problem(), []
    with listening(heard.append):
        solution = minimize(objective, tol=1e-6, max_iter=500)
    result, history = solution.result, solution.result.history
    assert SOLVERS[result.method] is minimize
    assert tuple(heard) == history
    assert result.passes == objective.passes
    assert [record.iteration for record in history] == list(range(result.n_iter + 1))
    assert history[0].passes == 1
    assert history[0].objective == 10.0 * objective.value(objective.zeros)
    assert (history[-1].objective, history[-1].gradient_norm) == (result.objective, result.gradient_norm)
    assert result.objective == 10.0 * objective.value(solution.parameters)
    for field in ("passes", "seconds"):
        assert np.diff([getattr(record, field) for record in history]).min() >= 0
    assert np.diff([record.objective for record in history]).max() <= 1e-12 * history[0].objective
    assert sum(result.phases.values()) == pytest.approx(result.seconds)
    assert result.phases["gradients"] > 0
    assert all(seconds >= 0 for seconds in result.phases.values())
    np.testing.assert_array_equal(solution.gradient, objective.gradient(solution.parameters))
    assert np.any(solution.last_step)


@each_solver
def test_an_earlier_run_on_the_same_objective_is_not_counted(minimize: Callable[..., Solution]) -> None:
    objective = smooth(softplus_mean)
    first = minimize(objective, tol=1e-6, max_iter=100)
    second = minimize(objective, tol=1e-6, max_iter=100)
    assert first.result.passes == second.result.passes
    np.testing.assert_array_equal(first.parameters, second.parameters)


@each_solver
def test_the_start_is_left_as_it_is(minimize: Callable[..., Solution]) -> None:
    objective = smooth(softplus_mean)
    start = np.ones_like(objective.zeros)
    start.flags.writeable = False
    solution = minimize(objective, start, tol=1e-6, max_iter=100)
    assert solution.result.converged
    assert (start == 1).all()


@each_solver
@pytest.mark.parametrize("max_iter", [0, 1, 2])
def test_too_few_iterations(minimize: Callable[..., Solution], max_iter: int) -> None:
    objective = smooth(log_sum_exp, spread=30)
    solution = minimize(objective, objective.zeros + 1, tol=1e-10, max_iter=max_iter)
    assert solution.result.reason is Reason.MAX_ITERATIONS
    assert not solution.result.converged
    assert solution.result.n_iter == max_iter
    if max_iter == 0:
        np.testing.assert_array_equal(solution.parameters, 1)
        assert not solution.last_step.any()
        assert solution.result.passes == 1


@each_solver
@pytest.mark.parametrize("max_iter", [0, 50])
def test_a_start_that_is_optimal_costs_one_pass(minimize: Callable[..., Solution], max_iter: int) -> None:
    objective = quadratic(100.0)
    result = minimize(objective, objective.m, tol=1e-8, max_iter=max_iter).result
    assert (result.reason, result.n_iter, result.passes) == (Reason.GRADIENT_TOLERANCE, 0, 1)


def _far_along_a_flat_valley() -> tuple[Convex, Any]:
    objective = Convex(half_square, np.diag([1.0, 1e-5]), np.zeros(2), np.zeros(2))
    start = np.array([0.0, 2e5])  # the gradient is 2e-5 here, the objective 3 and its minimum 1
    return objective, start


@each_solver
def test_a_small_gradient_far_along_a_flat_valley_is_not_the_end(minimize: Callable[..., Solution]) -> None:
    objective, start = _far_along_a_flat_valley()
    solution = minimize(objective, start, tol=1e-4, max_iter=100)
    assert solution.result.reason is Reason.GRADIENT_TOLERANCE
    assert objective.value(solution.parameters) <= 1 + 1e-4


@each_solver
def test_out_of_iterations_there_it_has_not_converged(minimize: Callable[..., Solution]) -> None:
    objective, start = _far_along_a_flat_valley()
    result = minimize(objective, start, tol=1e-4, max_iter=0).result
    assert (result.reason, result.converged) == (Reason.MAX_ITERATIONS, False)


@each_solver
def test_a_value_that_is_negligible_need_not_fall_further(minimize: Callable[..., Solution]) -> None:
    """Along −log p the value halves for ever; where 1e-3 counts as nothing the end comes long before."""
    n_iter = []
    for negligible in (1e-3, 0.0):
        objective = Convex(softplus_mean, np.array([[1.0]]), np.zeros(1), np.zeros(1), negligible=negligible)
        objective.offset = 0.0
        n_iter.append(minimize(objective, np.zeros(1), tol=1e-2, max_iter=200).result.n_iter)
    assert n_iter[0] < 30
    assert n_iter[0] < n_iter[1]


@each_solver
@each_problem
def test_the_limit_of_float32_is_named(
    problem: Callable[[], Convex], minimize: Callable[..., Solution]
) -> None:
    exact, objective = problem(), problem().in_float32()
    solution = minimize(objective, tol=1e-12, max_iter=10_000)
    assert solution.parameters.dtype == solution.gradient.dtype == np.float32
    if solution.result.reason is not Reason.GRADIENT_TOLERANCE:  # a round valley's floor can be hit exactly
        assert solution.result.reason is Reason.PRECISION
        assert not solution.result.converged
    assert solution.result.n_iter < 300
    best = newton(exact, tol=1e-10, max_iter=100).parameters
    assert exact.value(solution.parameters.astype(float)) - exact.value(best) <= 1e-5


@each_solver
def test_the_limit_of_float64_is_named(minimize: Callable[..., Solution]) -> None:
    objective = smooth(softplus_mean)
    result = minimize(objective, tol=0.0, max_iter=10_000).result
    assert result.reason is Reason.PRECISION
    assert result.gradient_norm < 1e-12
    assert result.n_iter < 200


class Kink(Convex):
    """1 + Σ|x|, whose derivative at 0 is called 1: nothing lies below 0, whatever that promises."""

    def value_and_gradient(self, parameters: Any, gradient: Any) -> float:
        self.passes += 1
        gradient[:] = np.where(parameters >= 0, 1.0, -1.0)
        return 1 + float(np.abs(parameters).sum())

    def hessian(self) -> Any:
        return np.eye(len(self.m))


@each_solver
def test_a_direction_that_leads_nowhere_is_named(minimize: Callable[..., Solution]) -> None:
    objective = Kink(half_square, np.eye(3), np.zeros(3), np.zeros(3))
    solution = minimize(objective, np.zeros(3), tol=1e-8, max_iter=100)
    assert solution.result.reason is Reason.LINE_SEARCH
    assert not solution.result.converged
    assert not solution.parameters.any()
    assert not solution.last_step.any()


@each_solver
def test_overflow_at_the_start_is_named(minimize: Callable[..., Solution]) -> None:
    objective = quadratic(1.0)
    with np.errstate(over="ignore", invalid="ignore"):
        result = minimize(objective, objective.zeros + 1e200, tol=1e-8, max_iter=10).result
    assert (result.reason, result.n_iter, result.converged) == (Reason.NOT_FINITE, 0, False)


def exponential_less_line(z: Any) -> tuple[float, Any, Any]:
    e = np.exp(z)
    return float(np.sum(e - z)), e - 1, np.diag(e)


@each_solver
def test_a_step_into_overflow_is_shortened(minimize: Callable[..., Solution]) -> None:
    objective = Convex(exponential_less_line, np.eye(2), np.zeros(2), np.zeros(2))
    start = np.array([-9.0, 0.5])  # Newton's step is e⁹ long, and e to that is infinite
    with np.errstate(over="ignore", invalid="ignore"):
        solution = minimize(objective, start, tol=1e-8, max_iter=500)
    assert solution.result.reason is Reason.GRADIENT_TOLERANCE
    np.testing.assert_allclose(solution.parameters, 0, atol=1e-7)
