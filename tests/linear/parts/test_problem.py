import numpy as np
import scipy.sparse as sp
from tests.linear.parts.local import clouds, in_parts

from pminusy import SoftmaxRegression

X, Y = clouds(40, 3, 3)
BORDERS = [0, 9, 10, 33, 40]


def test_rows_are_fetched_in_the_order_asked_for():
    problem = in_parts(SoftmaxRegression(), X, Y, BORDERS)
    for rows in (np.array([39, 0, 10, 9, 11]), np.array([], int), slice(5, 35), np.arange(40) % 3 == 0):
        np.testing.assert_array_equal(problem.X[rows], X[rows])
    sparse = in_parts(SoftmaxRegression(), sp.csr_matrix(X), Y, BORDERS)
    np.testing.assert_array_equal(sparse.X[np.array([12, 3])].toarray(), X[[12, 3]])


def test_what_is_known_of_it():
    problem = in_parts(SoftmaxRegression(C=0.5), X.astype(np.float32), Y, BORDERS)
    assert (problem.X.shape, problem.n_numbers, problem.total_weight) == ((40, 3), 120, 40.0)
    assert (problem.penalty, problem.total_scale, problem.dtype) == (1 / 20, 20.0, np.float32)
    assert problem.rules_out()
    mass = in_parts(SoftmaxRegression(), X, np.full((40, 3), 0.5), BORDERS, classes=range(3))
    assert not mass.rules_out()
