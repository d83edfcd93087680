from __future__ import annotations

from typing import Any

import numpy as np
import pytest
import scipy.sparse as sp
from hypothesis import given
from hypothesis import strategies as st
from tests.linear.models import pose

from pminusy import SoftmaxRegression
from pminusy.linear.evaluation import Evaluation
from pminusy.linear.problem import LinearProblem
from pminusy.linear.separation import find_direction, may_separate, separates
from pminusy.solvers.result import Reason


def unpenalised(X: Any, targets: Any, n_classes: int, **options: Any) -> LinearProblem:
    return pose(X, targets, n_classes, penalty=0.0, **options)


def origin(problem: LinearProblem, *, steep: float = 0.0) -> Evaluation:
    """At W = 0; with `steep` at intercepts that make one class sure."""
    b = np.zeros(problem.n_free)
    b[-1] = steep
    return Evaluation(problem, np.zeros((problem.n_free, problem.X.shape[1])), b)


@given(st.integers(2, 4), st.booleans(), st.integers(0, 99))
def test_separation_is_a_matter_of_margins(n_classes: int, fit_intercept: bool, seed: int) -> None:
    rng = np.random.default_rng(seed)
    X, labels = rng.standard_normal((6, 4)), np.arange(6) % n_classes
    problem = unpenalised(X, labels, n_classes, fit_intercept=fit_intercept)
    V = rng.standard_normal((problem.n_free, 4))
    c = rng.standard_normal(problem.n_free) * fit_intercept
    Z = np.concatenate([np.zeros((6, n_classes - problem.n_free)), X @ V.T + c], axis=1)
    own = Z[np.arange(6), labels]
    margins = (own[:, None] - Z)[np.arange(n_classes) != labels[:, None]]
    expected = margins.max() > 0 and margins.min() >= 0
    assert separates(origin(problem), V, c) == bool(expected)


def test_rows_without_weight_and_soft_targets_decide_nothing() -> None:
    X, labels = np.array([[1.0], [2.0], [-1.0], [5.0]]), np.array([1, 1, 0, 0])
    V, c = np.ones((1, 1)), np.zeros(1)
    weighted = unpenalised(X, labels, 2, fit_intercept=False, weights=np.array([1.0, 1, 1, 0]))
    assert separates(origin(weighted), V, c)
    assert not separates(origin(unpenalised(X, labels, 2, fit_intercept=False)), V, c)
    assert not separates(origin(weighted), 0 * V, c)
    assert may_separate(weighted)
    assert not may_separate(unpenalised(X, labels, 2, label_smoothing=0.1))
    assert not may_separate(unpenalised(X, np.eye(2)[labels], 2))


def test_margins_that_are_rounding_separate_nothing() -> None:
    """The direction takes each column's mean out; what is left of 1e9 + 0.1 is lost in it."""
    X = 1e9 + 1e-8 * np.arange(4.0)[:, None]
    problem = unpenalised(X, np.array([0, 0, 1, 1]), 2)
    assert not separates(origin(problem), np.ones((1, 1)), np.array([-1e9]))


def test_a_class_without_rows_is_left_behind() -> None:
    """Its intercept can fall for ever: the margins over the other class stay, those over it rise."""
    X, labels = np.ones((4, 1)), np.array([0, 1, 0, 1])
    assert separates(origin(unpenalised(X, labels, 3)), np.zeros((3, 1)), np.array([0.0, 0.0, -1.0]))


@pytest.mark.parametrize("n_classes", [2, 3, 4])
@pytest.mark.parametrize("kind", [np.asarray, sp.csr_matrix])
def test_the_programme_finds_what_separates_only_some(n_classes: int, kind: Any) -> None:
    """Rows 0 and 1 are the same but for their labels, so that a direction must leave them alone."""
    rng = np.random.default_rng(n_classes)
    labels = np.arange(30) % n_classes
    X = rng.standard_normal((30, 60)) * 10.0 ** rng.uniform(-3, 3, 60)
    X[1] = X[0]
    at = origin(unpenalised(kind(X), labels, n_classes), steep=9.0)
    found = find_direction(at)
    assert found is not None
    V, c = found
    assert np.vdot(V, V) + np.vdot(c, c) == pytest.approx(1)
    margins = at.margins(V, c, labels)
    assert margins.largest > 0
    assert margins.smallest >= -1e-11


@pytest.mark.parametrize("X", [[-1e6, 1e6, 1.0, -1.0], [-1e9, 1e9, 1e-3, -1e-3]])
def test_small_rows_that_overlap_are_not_overlooked_beside_large_ones(X: list[float]) -> None:
    rows, labels = np.array(X)[:, None], np.array([0, 1, 0, 1])
    problem = unpenalised(rows, labels, 2)
    assert not separates(origin(problem), np.ones((1, 1)), np.zeros(1))
    assert find_direction(origin(problem, steep=9.0)) is None
    assert SoftmaxRegression(C=np.inf, max_iter=500).fit(rows, labels).result_.reason is not Reason.SEPARABLE


@pytest.mark.parametrize("seed", range(5))
def test_heavy_tails_do_not_separate(seed: int) -> None:
    rng = np.random.default_rng(seed)
    x = rng.lognormal(0, 6, 300)
    labels = (rng.random(300) < 1 / (1 + np.exp(-np.minimum(x, 30) + 0.5))).astype(int)
    result = SoftmaxRegression(C=np.inf, max_iter=500).fit(x[:, None], labels).result_
    assert result.reason is not Reason.SEPARABLE


@pytest.mark.parametrize("n_classes", [2, 3])
def test_it_finds_none_where_classes_overlap(n_classes: int) -> None:
    rng = np.random.default_rng(0)
    X, labels = rng.standard_normal((80, 2)), np.arange(80) % n_classes
    assert find_direction(origin(unpenalised(X, labels, n_classes), steep=9.0)) is None


def test_it_is_not_asked_where_no_row_is_sure_or_there_are_too_many() -> None:
    X, labels = np.linspace(-1, 1, 20)[:, None], np.repeat([0, 1], 10)
    assert find_direction(origin(unpenalised(X, labels, 2))) is None
    assert find_direction(origin(unpenalised(X, labels, 2), steep=9.0)) is not None
    many = np.linspace(-1, 1, 40_000)[:, None]
    assert find_direction(origin(unpenalised(many, np.repeat([0, 1], 20_000), 2), steep=9.0)) is None
