from dataclasses import dataclass

import numpy as np
from tests.solvers.problems import Convex, newton_cg, quadratic, smooth, softplus_mean


@dataclass
class WithExactInverse(Convex):
    """One whose preconditioner is the inverse of its Hessian, and which counts how often it is made."""

    n_made: int = 0

    def preconditioner(self):
        self.n_made += 1
        inverse = np.linalg.inv(self.hessian())
        return lambda residual, out=None: np.matmul(inverse, residual, out=out)


def preconditioned(objective):
    return WithExactInverse(objective.h, objective.B, objective.m, objective.r)


def test_with_the_inverse_itself_one_product_makes_a_newton_step():
    objective = preconditioned(quadratic(1e8))
    solution = newton_cg(objective, tol=1e-8, max_iter=10)
    assert (solution.result.n_iter, solution.result.passes) == (1, 3)  # two gradients and a product
    np.testing.assert_allclose(solution.parameters, objective.m, rtol=1e-6)


def test_without_one_a_step_takes_as_many_products_as_there_are_eigenvalues():
    objective = quadratic(1e4, size=6)
    result = newton_cg(objective, tol=1e-8, max_iter=50).result
    assert result.passes - result.n_iter - 1 <= 6 * result.n_iter + 6
    assert {"preconditioners", "Hessian products", "gradients"} <= result.phases.keys()


def test_a_preconditioner_serves_for_several_passes():
    objective = preconditioned(smooth(softplus_mean, spread=100))
    result = newton_cg(objective, tol=1e-10, max_iter=100).result
    assert result.converged
    assert 1 <= objective.n_made <= 1 + result.passes // 10
