from functools import partial

import numpy as np
import pytest
from tests.solvers.problems import lbfgs, quadratic, smooth, softplus_mean
from tests.solvers.test_newton_cg import preconditioned


def test_with_the_inverse_itself_the_first_step_is_newtons():
    objective = preconditioned(quadratic(1e8))
    solution = lbfgs(objective, tol=1e-8, max_iter=10)
    assert (solution.result.n_iter, solution.result.passes) == (1, 2)
    np.testing.assert_allclose(solution.parameters, objective.m, rtol=1e-6)


def test_a_multiple_of_the_preconditioner_is_as_good():
    """The last step corrects its size, so that a weak estimate of the curvature's scale costs little."""
    counts = []
    for multiple in (1.0, 0.2):
        objective = smooth(softplus_mean)
        exact = objective.hessian
        objective.preconditioner = lambda make=exact, c=multiple: partial(np.multiply, c / make().diagonal())
        counts.append(lbfgs(objective, tol=1e-8, max_iter=200).result.passes)
    assert counts[1] <= 1.5 * counts[0] + 5


def test_pairs_of_steps_and_gradients_pay():
    """By steepest descent a condition of 1000 takes thousands of iterations."""
    objective = quadratic(1e3, size=15)
    result = lbfgs(objective, tol=1e-8, max_iter=1000).result
    assert result.converged
    assert result.n_iter < 100


@pytest.mark.parametrize("spread", [1.0, 1e3])
def test_one_pass_an_iteration_but_for_a_few(spread):
    objective = smooth(softplus_mean, spread)
    result = lbfgs(objective, tol=1e-8, max_iter=500).result
    assert result.passes <= 1.3 * result.n_iter + 5
    assert {"preconditioners", "directions", "gradients"} <= result.phases.keys()
