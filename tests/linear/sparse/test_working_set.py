import numpy as np
import pytest
from tests.linear.sparse.oracle import dense
from tests.linear.sparse.problems import random_data

from pminusy.linear.sparse.working_set import WorkingSet


def columns_of(data, features):
    X = dense(data.problem.X) - data.centre
    ones = np.ones((1, len(X)))[: int(data.problem.fit_intercept)]
    return np.concatenate([ones, X.T[features]]) * data.roots


@pytest.mark.parametrize("sparse", [False, True])
@pytest.mark.parametrize("fit_intercept", [True, False])
def test_features_come_in_the_order_in_which_they_were_added(sparse, fit_intercept):
    data = random_data(0, sparse=sparse, weighted=True, fit_intercept=fit_intercept)
    working = WorkingSet(data)
    for features in ([4, 7], [7], [1, 4]):
        working.add(np.array(features))
    assert working.features.tolist() == [4, 7, 1]
    assert len(working) == 3
    assert working.places[[4, 7, 1]].tolist() == [0, 1, 2]
    assert (working.places >= 0).sum() == 3
    expected, R = columns_of(data, [4, 7, 1]), np.random.default_rng(1).standard_normal((70, 2))
    R[data.masses == 0] = 0
    safe = np.where(data.roots > 0, data.roots, 1)[:, None]
    np.testing.assert_allclose(working.gradient(R), expected @ (R / safe), atol=1e-12)
    packed = working.columns()
    assert len(packed.dense) + len(packed.indptr) - 1 == len(expected)
    assert (packed.indices.dtype, packed.indptr.dtype) == (np.int32, np.int64)


@pytest.mark.parametrize("sparse", [False, True])
def test_products_and_rows_of_columns(sparse):
    data = random_data(3, sparse=sparse)
    working, rng = WorkingSet(data), np.random.default_rng(4)
    working.add(np.array([8, 2, 5]))
    columns, W = columns_of(data, [8, 2, 5]), rng.standard_normal((4, 3))
    np.testing.assert_allclose(working.product(W), W.T @ columns, atol=1e-12)
    np.testing.assert_allclose(working.rows_of(np.array([0, 2, 3]), slice(10, 30)), columns[[0, 2, 3], 10:30])
