from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
import scipy.sparse as sp
from hypothesis import assume, given
from hypothesis import strategies as st
from scipy.optimize import minimize
from tests.linear.models import pose

from pminusy.formulas.gap import balancing_shift
from pminusy.formulas.gap import gap_bound as formula
from pminusy.linear import certificate
from pminusy.linear.certificate import gap_bound
from pminusy.linear.evaluation import Evaluation
from pminusy.linear.problem import LinearProblem


def random_problem(seed: int, **options: Any) -> LinearProblem:
    """Overlapping classes, some of them rare or absent."""
    rng = np.random.default_rng(seed)
    n_classes = int(rng.integers(2, 6))
    X = rng.standard_normal((60, 3)) * 10.0 ** rng.uniform(-1, 1, 3) + rng.choice([0.0, 5.0])
    labels = np.minimum(rng.geometric(rng.choice([0.3, 0.8]), 60) - 1, n_classes - 1)
    labels[:2] = (0, 1)
    weights = rng.choice([0.0, 1.0, 3.0], 60)
    weights[:2] = 1
    return pose(X, labels, n_classes, weights=weights, penalty=10.0 ** rng.uniform(-4, 1), **options)


def at_random(problem: LinearProblem, size: float, seed: int) -> Evaluation:
    rng = np.random.default_rng(seed)
    W = size * rng.standard_normal((problem.n_free, problem.X.shape[1]))
    b = size * rng.standard_normal(problem.n_free) * problem.fit_intercept
    return Evaluation(problem, W, b)


def lowest(problem: LinearProblem) -> float:
    """The minimum, from several starts of a general method."""
    size, free = problem.X.shape[1], problem.n_free
    scale = np.sqrt(np.square(problem.X).mean(axis=0))

    def value(theta: Any) -> tuple[float, Any]:
        parts = theta.reshape(free, size + 1)
        at = Evaluation(problem, parts[:, :-1] / scale, parts[:, -1] * problem.fit_intercept)
        return at.value, np.concatenate([at.dW / scale, at.db[:, None]], axis=1).ravel()

    theta = np.zeros(free * (size + 1))
    for _ in range(3):
        theta = minimize(value, theta, jac=True, method="BFGS", options={"gtol": 1e-12, "maxiter": 2000}).x
    return value(theta)[0]


@pytest.mark.parametrize("fit_intercept", [True, False])
@pytest.mark.parametrize("seed", range(12))
def test_the_bound_holds_anywhere(seed: int, fit_intercept: bool) -> None:
    problem = random_problem(seed, fit_intercept=fit_intercept)
    best = lowest(problem)
    for number, size in enumerate((0.0, 0.01, 0.3, 3.0)):
        at = at_random(problem, size, number)
        assert at.value - best <= gap_bound(at)


@given(st.integers(0, 999), st.sampled_from([0.0, 0.1, 0.3]))
def test_it_is_the_closed_form(seed: int, size: float) -> None:
    problem = random_problem(seed)
    at = at_random(problem, size, seed)
    targets: Any = problem.settle(np.dtype(np.float64))
    Y = at.masses[:, None] * np.eye(problem.n_classes)[targets.labels]
    Z = problem.X @ at.W.T + at.b
    W, b = at.W.T, at.b
    assume(problem.n_free > 1)  # the closed form has as many columns as classes
    moved = certificate._balanced(at)
    assume(moved.share < 1e-14)
    shift = moved.shift
    expected = formula(problem.X, Y, W, b, shift, problem.penalty)
    assert gap_bound(at) == pytest.approx(expected, rel=1e-6)
    if size == 0.0:
        found = balancing_shift(Z, Y)
        present = Y.sum(axis=0) > 0
        np.testing.assert_array_equal(np.isfinite(found), present)
        np.testing.assert_allclose(np.diff(found[present]), np.diff(shift[present]), atol=1e-9)


def test_a_class_without_mass_costs_all_of_its_probability() -> None:
    """Its intercept's best is −∞, which a step of Newton's method would not see."""
    X, labels = np.ones((40, 1)), np.arange(40) % 2
    problem = pose(X, labels, 3)
    at = Evaluation(problem, np.zeros((3, 1)), np.array([0.0, 0.0, -6.0]))
    gap = at.value - np.log(2)  # the best: both classes alike, W = 0
    assert gap > 1e-4
    assert gap_bound(at) == pytest.approx(gap, rel=1e-9)


def test_weights_of_many_sizes_are_balanced() -> None:
    rng = np.random.default_rng(0)
    X, labels = rng.standard_normal((200, 2)), np.arange(200) % 4
    weights = 10.0 ** rng.uniform(-9, 0, 200) * np.where(labels == 3, 1e-6, 1.0)
    at = Evaluation(pose(X, labels, 4, weights=weights), np.zeros((4, 2)), np.zeros(4))
    moved = certificate._balanced(at)
    assert moved.share < 1e-10
    assert gap_bound(at) < 2 * at.value


@pytest.mark.parametrize("most_crossed", [512, 1])
def test_intercepts_moved_one_by_one_give_a_bound_too(
    monkeypatch: pytest.MonkeyPatch, most_crossed: int
) -> None:
    monkeypatch.setattr(certificate, "_MOST_CROSSED", most_crossed)
    for seed in range(8):
        problem = random_problem(seed)
        at = at_random(problem, 0.5, seed)
        assert at.value - lowest(problem) <= gap_bound(at)


@pytest.mark.parametrize("seed", range(20))
def test_it_holds_where_the_intercepts_cannot_be_balanced(seed: int) -> None:
    """Rows far from 0, all sure of their class: no shift tells them apart, and what is left of r counts."""
    n_rows, steep, penalty = 100, 3e5, 10.0 ** -(seed % 5)
    rng = np.random.default_rng(seed)
    x = (np.arange(n_rows) - (n_rows - 1) / 2) / n_rows
    labels = rng.permutation(np.arange(n_rows) % 2)
    threshold = (x[n_rows // 2 - 1] + x[n_rows // 2 - 2]) / 2
    q = (x > threshold).astype(float)
    r = (q - labels).mean()
    offset = -(((q - labels) * x).mean() + penalty * steep) / r
    problem = pose((x + offset)[:, None], labels, 2, penalty=penalty)
    at = Evaluation(problem, np.array([[steep]]), np.array([-steep * (threshold + offset)]))
    assert certificate._balanced(at).share > 1e-6
    near = pose(x[:, None], labels, 2, penalty=penalty)  # the same minimum
    assert at.value - lowest(near) <= gap_bound(at)


def test_rows_that_do_not_count_may_overflow() -> None:
    X, weights = np.random.default_rng(0).standard_normal((20, 2)), np.ones(20)
    X[0], weights[0] = 1e200, 0
    at = Evaluation(pose(X, np.arange(20) % 3, 3, weights=weights), np.ones((3, 2)), np.zeros(3))
    assert np.isfinite(gap_bound(at))
    far = Evaluation(pose(1e160 * X[1:], np.arange(19) % 3, 3), np.zeros((3, 2)), np.zeros(3))
    assert gap_bound(far) == np.inf


def test_rows_may_be_sparse_and_targets_mass() -> None:
    rng = np.random.default_rng(3)
    X = rng.standard_normal((50, 4)) * (rng.random((50, 4)) < 0.5)
    Y = rng.uniform(size=(50, 3))
    dense, sparse = pose(X, Y, 3), pose(sp.csr_matrix(X), Y, 3)
    W, b = rng.standard_normal((3, 4)), rng.standard_normal(3)
    bound = gap_bound(Evaluation(dense, W, b))
    assert gap_bound(Evaluation(sparse, W, b)) == pytest.approx(bound, rel=1e-12)
    assert Evaluation(dense, W, b).value - lowest(dense) <= bound


def test_without_a_penalty_there_is_none() -> None:
    problem = replace(random_problem(0), penalty=0.0)
    assert gap_bound(at_random(problem, 0.1, 0)) == np.inf
