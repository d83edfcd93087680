import numpy as np

from pminusy.formulas.elastic_net import ElasticNet
from pminusy.linear.sparse.extrapolation import extrapolated


def net(group):
    return ElasticNet(np.array([0.0, 1.0, 1.0]), np.zeros(3), group)


def test_weights_go_straight_on_and_end_at_zero():
    before = np.array([[1.0, 0.2], [1.0, 0.0], [0.0, -2.0]])
    W = np.array([[-1.0, 0.3], [0.4, 0.5], [0.0, -1.5]])
    expected = np.array([[-2.0, 0.35], [0.1, 0.75], [0.0, -1.25]])
    np.testing.assert_allclose(extrapolated(W, before, 0.5, net(False)), expected)
    far = extrapolated(W, before, 4.0, net(False))
    np.testing.assert_allclose(far, [[-9.0, 0.7], [0.0, 2.5], [0.0, 0.0]])  # two would have turned


def test_weights_that_have_just_become_zero_stay():
    before, W = np.full((3, 2), 0.5), np.zeros((3, 2))
    moved = extrapolated(W, before, 1.0, net(False))
    assert np.array_equal(moved, [[-0.5, -0.5], [0, 0], [0, 0]])


def test_groups_turn_as_a_whole():
    before = np.array([[0.0, 0.0], [2.0, 0.0], [2.0, 2.0]])
    W = np.array([[0.0, 0.0], [1.5, 0.1], [0.5, 0.5]])
    moved = extrapolated(W, before, 1.0, net(True))
    np.testing.assert_allclose(moved, [[0, 0], [1.0, 0.2], [0, 0]])
