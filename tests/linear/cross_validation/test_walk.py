import numpy as np
import pytest
from tests.linear.sparse.problems import random_data

from pminusy import Reason, SoftmaxRegression
from pminusy.linear.cross_validation.walk import NetWalk, RidgeWalk, walk
from pminusy.linear.sparse.options import NetOptions

ENDS = {"tol": 1e-8, "max_iter": 500, "seed": None}


@pytest.mark.parametrize("n_classes", [2, 3])
@pytest.mark.parametrize("l1_ratio", [0.0, 0.5, 1.0])
def test_every_stop_is_the_solution_there(n_classes, l1_ratio):
    data = random_data(0, n_classes)
    path = walk(data.problem, NetOptions(l1_ratio), **ENDS)
    assert isinstance(path, NetWalk if l1_ratio else RidgeWalk)
    first = path.first_C()
    for C in (first, 10 * first, 100 * first):
        found = path.go_to(C)
        model = SoftmaxRegression(C=C, l1_ratio=l1_ratio, tol=1e-8, max_iter=500)
        model.fit(data.problem.X, data.targets.labels)
        assert found.result.converged
        assert found.result.objective == pytest.approx(model.result_.objective, rel=1e-7)
        np.testing.assert_allclose(found.coefficients, model.coef_, atol=1e-3)
    assert found.coefficients.any()


def test_a_net_begins_at_zero():
    path = walk(random_data(1).problem, NetOptions(0.7), **ENDS)
    first = path.first_C()
    assert not path.go_to(first).coefficients.any()
    assert path.go_to(1.05 * first).coefficients.any()


@pytest.mark.parametrize("l1_ratio", [0.0, 1.0])
def test_constant_columns_have_no_beginning(l1_ratio):
    data = random_data(2)
    data.problem.X[:] = 3.0
    assert walk(data.problem, NetOptions(l1_ratio), **ENDS).first_C() == np.inf


def test_an_overflow_is_told():
    data = random_data(3)
    path = walk(data.problem, NetOptions(1.0), **ENDS)
    first = path.first_C()
    data.problem.X[:] = 1e308
    assert path.go_to(50 * first).result.reason is not Reason.DUALITY_GAP
