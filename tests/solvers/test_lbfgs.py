import numpy as np
import pytest

from pminusy.solvers.lbfgs import minimize_lbfgs
from pminusy.solvers.progress import listening
from pminusy.solvers.result import Reason


class Rosenbrock:
    """The usual curved valley; its minimum is 0 at (1, …, 1)."""

    total_scale = 10.0
    rounding = 2.0**-52

    def __init__(self):
        self.passes = 0

    def value_and_gradient(self, x):
        self.passes += 1
        step = x[1:] - x[:-1] ** 2
        gradient = np.zeros_like(x)
        gradient[:-1] = -400 * step * x[:-1] - 2 * (1 - x[:-1])
        gradient[1:] += 200 * step
        return float(np.sum(100 * step**2 + (1 - x[:-1]) ** 2)), gradient


def test_reaches_the_minimum_and_says_how():
    objective = Rosenbrock()
    solution = minimize_lbfgs(objective, np.zeros(6), tol=1e-8, max_iter=500)
    result = solution.result
    np.testing.assert_allclose(solution.parameters, 1, atol=1e-7)
    assert result.reason is Reason.GRADIENT_TOLERANCE
    assert result.converged
    assert result.gradient_norm <= 1e-8
    assert result.passes == objective.passes
    assert [record.iteration for record in result.history] == list(range(result.n_iter + 1))
    assert result.history[-1].objective == result.objective
    assert np.diff([record.objective for record in result.history]).max() <= 0
    assert np.diff([record.passes for record in result.history]).min() >= 0


def test_objective_is_reported_in_the_callers_scale():
    result = minimize_lbfgs(Rosenbrock(), np.zeros(2), tol=1e-8, max_iter=0).result
    assert result.objective == 10.0 * Rosenbrock().value_and_gradient(np.zeros(2))[0]


@pytest.mark.parametrize("max_iter", [0, 1, 5])
def test_too_few_iterations(max_iter):
    result = minimize_lbfgs(Rosenbrock(), np.zeros(6), tol=1e-8, max_iter=max_iter).result
    assert result.reason is Reason.MAX_ITERATIONS
    assert not result.converged
    assert result.n_iter == max_iter


def test_a_start_that_is_optimal_already_costs_one_pass():
    result = minimize_lbfgs(Rosenbrock(), np.ones(4), tol=1e-8, max_iter=50).result
    assert (result.reason, result.n_iter, result.passes) == (Reason.GRADIENT_TOLERANCE, 0, 1)


def test_the_limit_of_precision_is_named():
    result = minimize_lbfgs(Rosenbrock(), np.zeros(6), tol=0.0, max_iter=10_000).result
    assert result.reason in (Reason.PRECISION, Reason.GRADIENT_TOLERANCE)
    assert result.gradient_norm < 1e-6


def test_a_gradient_that_belongs_to_another_function_is_not_called_convergence():
    class Uphill(Rosenbrock):
        def value_and_gradient(self, x):
            value, gradient = super().value_and_gradient(x)
            return value, -gradient

    result = minimize_lbfgs(Uphill(), np.zeros(3), tol=1e-8, max_iter=100).result
    assert result.reason is Reason.LINE_SEARCH
    assert not result.converged


def test_overflow_is_named():
    with np.errstate(over="ignore", invalid="ignore"):
        result = minimize_lbfgs(Rosenbrock(), np.full(3, 1e200), tol=1e-8, max_iter=10).result
    assert result.reason is Reason.NOT_FINITE


def test_listeners_hear_every_iteration():
    heard = []
    with listening(heard.append):
        result = minimize_lbfgs(Rosenbrock(), np.zeros(4), tol=1e-6, max_iter=100).result
    minimize_lbfgs(Rosenbrock(), np.zeros(4), tol=1e-6, max_iter=100)
    assert tuple(heard) == result.history


@pytest.mark.parametrize("reason", list(Reason))
def test_every_reason_has_its_sentence_and_all_but_success_a_remedy(reason):
    assert reason.sentence.endswith(".")
    assert bool(reason.remedy) is (reason is not Reason.GRADIENT_TOLERANCE)
