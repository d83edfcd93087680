import numpy as np
import pytest
from tests.linear.sparse.oracle import dense
from tests.linear.sparse.problems import posed, random_data

from pminusy.formulas import elastic_net as formulas
from pminusy.linear.sparse.data import Data
from pminusy.linear.sparse.dual import balance, duality_gap, proven_zero
from pminusy.linear.sparse.point import Point

kinds = pytest.mark.parametrize("sparse", [False, True])
counts = pytest.mark.parametrize("n_classes", [2, 4])


def at(data, seed, size=0.1):
    rng = np.random.default_rng(seed)
    logs = np.log(data.class_mass)
    W, b = size * rng.standard_normal((9, data.n_free)), (logs - logs[0])[data.n_held :]
    return W, b, Point.at(data, data.logits(W, b))


def mass(data):
    return data.masses[:, None] * np.eye(data.problem.n_classes)[data.targets.labels]


def unpenalised(data, n_features):
    X = dense(data.problem.X)
    return np.concatenate([np.ones((len(X), 1)), X[:, 9 - n_features :]], axis=1)


@counts
@pytest.mark.parametrize("n_features", [0, 1])
def test_balanced_distributions_are_those_of_the_formula(n_classes, n_features):
    data = random_data(0, n_classes, weighted=True)
    _, _, point = at(data, 1, 0.02)
    A = unpenalised(data, n_features)
    balanced = balance(data, point, A.T)
    assert balanced.valid
    counted = data.masses > 0
    expected = formulas.balanced(A, point.probabilities, mass(data), data.n_held)
    np.testing.assert_allclose(balanced.Q[counted], expected[counted], atol=1e-9)
    np.testing.assert_allclose(balanced.R, data.masses[:, None] * balanced.Q - mass(data), atol=1e-15)
    np.testing.assert_allclose((A.T @ balanced.R)[:, data.n_held :], 0, atol=1e-13)


def test_distributions_far_from_balance_are_not_valid():
    data = random_data(2)
    W, b, _ = at(data, 3, 3.0)
    point = Point.at(data, data.logits(W, b + np.array([8.0, 0, 0])))
    balanced = balance(data, point, np.ones((1, data.n_rows)))
    assert not balanced.valid
    net = formulas.ElasticNet(np.ones(9), np.zeros(9))
    assert duality_gap(1.0, data, balanced, np.zeros((9, 3)), net).value == np.inf


@pytest.mark.parametrize("l1_ratio", [0.3, 1.0])
@pytest.mark.parametrize("group", [False, True])
@counts
def test_the_gap_is_the_better_of_the_formulas_two(l1_ratio, group, n_classes):
    data = random_data(3, n_classes, weighted=True)
    W, b, point = at(data, 4)
    X, Y = dense(data.problem.X), mass(data)
    net = formulas.ElasticNet(np.full(9, 0.05 * l1_ratio), np.full(9, 0.05 * (1 - l1_ratio)), group)
    balanced = balance(data, point, np.ones((1, data.n_rows)))
    G = data.gradient(balanced.R[:, data.n_held :])
    objective = point.loss + net.value(W)
    assert objective == pytest.approx(formulas.objective(X, Y, W, b, net))
    some = formulas.feasible(X, Y, balanced.Q, net, data.n_held)
    duals = [formulas.dual_value(X, Y, Q, net, data.n_held) for Q in (balanced.Q, some)]
    gap = duality_gap(objective, data, balanced, G, net)
    assert gap.value == pytest.approx(objective - max(duals), rel=1e-6)
    assert duality_gap(objective, data, balanced, G, net, within=np.inf).value >= gap.value


def test_a_class_without_mass_is_ruled_out():
    data = Data(posed(np.arange(8.0)[:, None], np.arange(8) % 2 * 2))
    assert data.present.all()
    weights = (np.arange(8) % 4 > 0) * 1.0
    data = Data(posed(np.arange(8.0)[:, None], np.array([0, 1, 2, 1] * 2), weights))
    point = Point.at(data, data.logits(np.zeros((1, 3)), np.zeros(3)))
    balanced = balance(data, point, np.ones((1, data.n_rows)))
    assert balanced.valid
    assert not balanced.Q[:, 0].any()
    assert not balanced.R[:, 0].any()
    np.testing.assert_allclose(balanced.Q.sum(axis=1), 1)


def test_nothing_is_proven_by_an_infinite_gap_and_much_by_none():
    data, G = random_data(5), np.full((9, 3), 0.5)
    net = formulas.ElasticNet(np.ones(9), np.zeros(9))
    unknown = duality_gap(np.inf, data, balance(data, at(data, 6)[2], np.ones((1, data.n_rows))), G, net)
    assert not proven_zero(data, G, unknown, net).any()
    none = type(unknown)(0.0, 1.0)
    assert proven_zero(data, G, none, net).all()
    assert not proven_zero(data, 3 * G, none, net).any()
