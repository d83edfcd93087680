import numpy as np
import pytest
from tests.linear.sparse.problems import random_data

from pminusy.formulas.elastic_net import ElasticNet
from pminusy.linear.sparse.support import Curvature, support_step
from pminusy.linear.sparse.working_set import WorkingSet


def model(seed, group, sparse=False):
    data, rng = random_data(seed, sparse=sparse), np.random.default_rng(seed + 1)
    working = WorkingSet(data)
    working.add(np.arange(9))
    P = np.ascontiguousarray(rng.dirichlet(np.ones(3), 70).T)
    W = np.concatenate([np.zeros((1, 3)), 0.1 * rng.standard_normal((9, 3))])
    net = ElasticNet(np.append(0, np.full(9, 0.01)), np.append(0, np.full(9, 0.02)), group)
    G = 0.03 * rng.standard_normal(W.shape)
    G[0] -= G[0].mean()  # as that of softmax

    def value(candidate):
        U = working.product(candidate - W)
        curved = (P * U**2).sum() - ((P * U).sum(axis=0) ** 2).sum()
        return (G * (candidate - W)).sum() + curved / 2 + net.value(candidate)

    return working, P, G, W, net, value


@pytest.mark.parametrize("group", [False, True])
@pytest.mark.parametrize("sparse", [False, True])
def test_steps_lead_to_the_minimum_on_the_support(group, sparse):
    working, P, G, W, net, value = model(0, group, sparse)
    live, moved, curvature = np.ones(W.shape, bool), W.copy(), Curvature(working, P, W.shape)
    moved[4] = 0  # which was not 0 where the model touches the loss
    for _ in range(100):
        better = support_step(curvature, G, W, moved, live, net)
        if better is moved:
            break
        assert value(better) < value(moved) + 1e-14
        assert not better[4].any()
        moved = better
    if not group:  # where signs changed, others take over
        return
    rng = np.random.default_rng(3)
    for scale in (1e-5, 1e-3):
        for _ in range(20):
            assert value(moved) <= value(moved + scale * rng.standard_normal(W.shape) * (moved != 0)) + 1e-12


def test_weights_that_are_not_live_stay():
    working, P, G, W, net, _ = model(5, False)
    live = np.ones(W.shape, bool)
    live[2] = live[0, 1] = False
    better = support_step(Curvature(working, P, W.shape), G, W, W.copy(), live, net)
    assert np.array_equal(better[2], W[2])
    assert better[0, 1] == W[0, 1]
    assert (better != W).any()


@pytest.mark.parametrize("sparse", [False, True])
def test_curvature_is_the_same_for_weights_that_were_asked_for_before(sparse):
    working, P, _, W, _, _ = model(7, False, sparse)
    places, classes = np.nonzero(np.arange(W.size).reshape(W.shape) % 3 > 0)
    curvature = Curvature(working, P, W.shape)
    whole = curvature.between(places, classes)
    X = working.rows_of(np.arange(len(W)), slice(None))
    covariance = np.einsum("ki,kl->kli", P, np.eye(3)) - np.einsum("ki,li->kli", P, P)
    H = np.einsum("ai,ci,kli->akcl", X, X, covariance)
    np.testing.assert_allclose(whole, H[places, classes][:, places, classes], atol=1e-12)
    some = np.arange(1, len(places), 2)[::-1]
    assert np.array_equal(curvature.between(places[some], classes[some]), whole[np.ix_(some, some)])
    new = np.array([0]), np.array([0])  # not among them
    np.testing.assert_allclose(curvature.between(*new), H[0, 0, 0, 0])
