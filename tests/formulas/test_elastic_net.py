from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.optimize import minimize

from pminusy.formulas import elastic_net as en

both = pytest.mark.parametrize("group", [False, True])
two_or_three = pytest.mark.parametrize("n_classes", [2, 3])


def penalty(n_features: int, strength: float, l1_ratio: float, group: bool) -> en.ElasticNet:
    factors = np.linspace(0.5, 1.5, n_features)
    return en.ElasticNet(strength * l1_ratio * factors, strength * (1 - l1_ratio) * factors, group)


def problem(seed: int, n_classes: int = 3):
    rng = np.random.default_rng(seed)
    X, Y = rng.standard_normal((30, 4)), rng.uniform(size=(30, n_classes)) ** 4
    X += rng.standard_normal(4)
    return X, Y / Y.sum()


def solve(X, Y, net):
    """By proximal gradient steps on W and b."""
    n_held = int(Y.shape[1] == 2)
    W, b = np.zeros((X.shape[1], Y.shape[1] - n_held)), np.zeros(Y.shape[1] - n_held)
    m, length = Y.sum(axis=1), 0.5 * (Y.sum(axis=1) @ (1 + (X**2).sum(axis=1)))
    for _ in range(20000):
        dZ = (m[:, None] * en.probabilities(X, W, b, Y.shape[1]) - Y)[:, n_held:]
        W, b = net.prox(W - X.T @ dZ / length, length), b - dZ.sum(axis=0) / length
    return W, b


def dual_point(X, Y, W, b, net):
    n_held = Y.shape[1] - len(b)
    Q = en.probabilities(X, W, b, Y.shape[1])
    Q = en.balanced(np.ones((len(X), 1)), Q, Y, n_held)
    return (Q if (net.mu > 0).all() else en.feasible(X, Y, Q, net, n_held)), n_held


@both
@given(st.integers(0, 99))
def test_the_proximal_step_is_the_minimum(group, seed):
    rng = np.random.default_rng(seed)
    net, V, h = penalty(3, 1.0, 0.6, group), 2 * rng.standard_normal((3, 4)), 1.7
    W = net.prox(V, h)

    def value(W):
        return h / 2 * ((W - V) ** 2).sum() + net.value(W)

    for _ in range(20):
        assert value(W) <= value(W + 10.0 ** rng.uniform(-5, 0) * rng.standard_normal(W.shape)) + 1e-12


@both
@given(st.integers(0, 99))
def test_the_conjugate_is_the_largest_of_minus_the_linear_bounds(group, seed):
    rng = np.random.default_rng(seed)
    net, G = penalty(3, 1.0, 0.5, group), 2 * rng.standard_normal((3, 2))
    at = -net.threshold(G) / net.mu[:, None]
    assert net.conjugate(G) == pytest.approx(-(G * at).sum() - net.value(at))
    W = at + rng.standard_normal(at.shape)
    assert -(G * W).sum() - net.value(W) <= net.conjugate(G) + 1e-12


@both
@two_or_three
@pytest.mark.parametrize("l1_ratio", [0.4, 1.0])
def test_the_gap_bounds_what_is_left_and_vanishes_at_the_optimum(group, n_classes, l1_ratio):
    X, Y = problem(1, n_classes)
    net = penalty(4, 0.02, l1_ratio, group)
    W, b = solve(X, Y, net)
    best = en.objective(X, Y, W, b, net)
    for size in (0.0, 0.01, 0.1, 1.0):
        near = W + size * np.random.default_rng(2).standard_normal(W.shape)
        Q, n_held = dual_point(X, Y, near, b, net)
        dual = en.dual_value(X, Y, Q, net, n_held)
        assert dual <= best + 1e-10
        if not size:
            assert best - dual < 1e-6


@two_or_three
def test_balancing_leaves_each_class_its_mass(n_classes):
    X, Y = problem(3, n_classes)
    b = 0.1 * np.arange(n_classes - (n_classes == 2))
    A = np.stack([np.ones(len(X)), X[:, 0]], axis=1)
    n_held = n_classes - len(b)
    Q = en.balanced(A, en.probabilities(X, np.zeros((4, len(b))), b, n_classes), Y, n_held)
    np.testing.assert_allclose(Q.sum(axis=1), 1)
    residual = A.T @ (Y.sum(axis=1)[:, None] * Q - Y)
    np.testing.assert_allclose(residual[:, n_held:], 0, atol=1e-14)


@both
@two_or_three
def test_from_the_largest_penalty_on_every_weight_is_zero(group, n_classes):
    X, Y = problem(4, n_classes)
    shares = np.log(Y.sum(axis=0))
    b = shares if n_classes > 2 else shares[1:] - shares[0]
    net, W = penalty(4, 1.0, 1.0, group), np.zeros((4, len(b)))
    largest = en.largest_penalty(X, Y, W, b, net)
    assert not solve(X, Y, penalty(4, 1.001 * largest, 1.0, group))[0].any()
    assert solve(X, Y, penalty(4, 0.99 * largest, 1.0, group))[0].any()


@both
def test_no_gradient_is_further_from_the_optimums_than_the_safe_radius(group):
    X, Y = problem(5)
    net, m = penalty(4, 0.05, 1.0, group), Y.sum(axis=1)
    W, b = solve(X, Y, net)
    at_best, _ = dual_point(X, Y, W, b, net)
    for size in (0.003, 0.03):
        near = W + size * np.random.default_rng(6).standard_normal(W.shape)
        Q, _ = dual_point(X, Y, near, b, net)
        gap = en.objective(X, Y, near, b, net) - en.dual_value(X, Y, Q, net)
        change = X.T @ (m[:, None] * (Q - at_best))
        assert (net.dual_norm(change) <= en.safe_radius(X, m, gap, group)).all()


def test_two_classes_are_logistic_regression():
    X, Y = problem(7, 2)
    net = penalty(4, 0.03, 0.0, False)

    def f(theta):
        return en.objective(X, Y, theta[:4, None], theta[4:], net)

    W, b = solve(X, Y, net)
    assert en.objective(X, Y, W, b, net) == pytest.approx(minimize(f, np.zeros(5)).fun, abs=1e-8)
