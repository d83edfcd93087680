import numpy as np
import pytest
from tests.linear.sparse.problems import random_data

from pminusy.formulas.elastic_net import ElasticNet
from pminusy.linear.sparse.newton import newton_step
from pminusy.linear.sparse.point import Point
from pminusy.linear.sparse.working_set import WorkingSet


def start(data, bias=0.0):
    working = WorkingSet(data)
    working.add(np.arange(data.n_features))
    W = np.zeros((1 + data.n_features, data.n_free))
    W[0] = bias * np.arange(data.n_free)
    net = ElasticNet(np.full(len(W), 0.02), np.full(len(W), 0.01))
    net.alpha[0] = net.mu[0] = 0
    return working, W, Point.at(data, data.logits(W[1:], W[0])), net


@pytest.mark.parametrize("sparse", [False, True])
@pytest.mark.parametrize("n_classes", [2, 3])
@pytest.mark.parametrize("bias", [0.0, 12.0])  # far off, where full steps overshoot
def test_steps_lower_the_objective_to_the_optimum(sparse, n_classes, bias):
    data = random_data(0, n_classes, sparse=sparse, weighted=True)
    working, W, point, net = start(data, bias)
    live, value = np.ones(W.shape, bool), point.loss + net.value(W)
    for _ in range(300):
        G = working.gradient(point.R[:, data.n_held :])
        step = newton_step(data, working, point, W, G, live, net, 0.01, 50)
        if step is None or step.lost:
            break
        W, point = step.W, step.point
        assert point.loss + net.value(W) <= value * (1 + 1e-14)
        value = point.loss + net.value(W)
    G = working.gradient(point.R[:, data.n_held :]) + net.mu[:, None] * W
    off = np.where(W != 0, G + np.sign(W) * net.alpha[:, None], net.threshold(G))
    assert np.abs(off).max() < 1e-6
    moved = data.logits(W[1:], W[0] - data.centre @ W[1:])
    np.testing.assert_allclose(point.Z[data.masses > 0], moved[data.masses > 0], atol=1e-9)


def test_no_step_is_taken_from_an_optimum():
    data = random_data(1)
    working, W, point, net = start(data)
    G = working.gradient(point.R)
    net.alpha[:], live = 10, np.ones(W.shape, bool)
    live[0] = False
    assert newton_step(data, working, point, W, G, live, net, 0.01, 50).lost
