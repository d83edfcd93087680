import numpy as np
import pytest
from tests.linear.sparse.problems import random_data

from pminusy import Reason
from pminusy.linear.sparse.options import NetOptions
from pminusy.linear.sparse.solve import fit_sparse


@pytest.mark.parametrize("n_classes", [2, 3])
def test_from_a_start_and_by_way_of_larger_strengths_alike(n_classes):
    problem = random_data(0, n_classes, C=0.3).problem
    options, ends = NetOptions(0.8), {"tol": 1e-9, "max_iter": 500}
    cold = fit_sparse(problem, options, None, **ends)
    start = np.ones_like(cold.coefficients), np.zeros_like(cold.intercepts)
    warm = fit_sparse(problem, options, start, **ends)
    for solution in (cold, warm):
        assert solution.result.reason is Reason.DUALITY_GAP
        assert solution.result.gap <= 1e-9 * solution.result.null_objective
    np.testing.assert_allclose(warm.coefficients, cold.coefficients, atol=1e-4)
    assert n_classes == 2 or cold.intercepts.sum() == pytest.approx(0, abs=1e-12)


def test_the_history_has_a_record_for_each_step():
    result = fit_sparse(random_data(1).problem, NetOptions(1.0), None, tol=1e-6, max_iter=500).result
    assert [record.iteration for record in result.history] == list(range(result.n_iter + 1))
    assert result.history[-1].objective == pytest.approx(result.objective, rel=1e-6)
    assert {"gaps", "Newton steps"} <= result.phases.keys()
    assert "duality gap" in str(result)


def test_numbers_that_overflow_are_told():
    data = random_data(2)
    data.problem.X[:] *= 1e200
    result = fit_sparse(data.problem, NetOptions(1.0), None, tol=1e-6, max_iter=50).result
    assert not result.converged
