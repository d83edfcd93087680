import numpy as np
from tests.linear.sparse.problems import random_data

from pminusy.formulas.softmax import softmax
from pminusy.linear.sparse.point import Point


def test_a_point_has_its_loss_residual_and_probabilities():
    data = random_data(0, weighted=True)
    Z = np.random.default_rng(1).standard_normal((70, 3))
    point, R = Point.at(data, Z), np.empty((70, 3))
    assert point.loss == data.losses(Z, R)
    assert np.array_equal(point.R, R)
    np.testing.assert_allclose(point.probabilities, softmax(Z))
