from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.linear.models import pose

from pminusy.linear.evaluation import Evaluation
from pminusy.linear.problem import LinearProblem
from pminusy.linear.separation import between_classes, may_separate, separates, unit


def unpenalised(X: Any, targets: Any, n_classes: int, **options: Any) -> LinearProblem:
    return pose(X, targets, n_classes, penalty=0.0, **options)


def origin(problem: LinearProblem) -> Evaluation:
    """At W = 0."""
    return Evaluation(problem, np.zeros((problem.n_free, problem.X.shape[1])), np.zeros(problem.n_free))


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


def test_rows_without_weight_and_classes_that_all_have_mass_decide_nothing() -> None:
    X, labels = np.array([[1.0], [2.0], [-1.0], [5.0]]), np.array([1, 1, 0, 0])
    V, c = np.ones((1, 1)), np.zeros(1)
    weighted = unpenalised(X, labels, 2, fit_intercept=False, weights=np.array([1.0, 1, 1, 0]))
    assert separates(origin(weighted), V, c)
    assert not separates(origin(unpenalised(X, labels, 2, fit_intercept=False)), V, c)
    assert not separates(origin(weighted), 0 * V, c)
    assert may_separate(weighted)
    assert not may_separate(unpenalised(X, labels, 2, label_smoothing=0.1))
    assert not may_separate(unpenalised(X, np.full((4, 2), [0.1, 0.9]), 2))
    assert not may_separate(pose(X, labels, 2))


@pytest.mark.parametrize("n_classes", [2, 3, 4])
def test_labels_and_their_one_hot_rows_are_separated_alike(n_classes: int) -> None:
    rng = np.random.default_rng(n_classes)
    X, labels = rng.standard_normal((20, 3)), np.arange(20) % n_classes
    weights = rng.integers(0, 2, 20).astype(float)
    posed = [
        unpenalised(X, targets, n_classes, weights=weights)
        for targets in (labels, np.eye(n_classes)[labels], 3 * np.eye(n_classes, dtype=np.float32)[labels])
    ]
    assert [may_separate(problem) for problem in posed] == [True] * 3
    V, c = rng.standard_normal((posed[0].n_free, 3)), rng.standard_normal(posed[0].n_free)
    margins = [origin(problem).margins(V, c) for problem in posed]
    for other in margins[1:]:
        np.testing.assert_array_equal(margins[0].smallest, other.smallest)
        np.testing.assert_array_equal(margins[0].largest, other.largest)


def test_classes_that_share_a_row_have_to_rise_alike() -> None:
    """The row at 1 has both of the first classes, so that only what leaves the third behind separates."""
    X, Y = np.ones((2, 1)), np.array([[0.5, 0.5, 0.0], [1.0, 0.0, 0.0]])
    at, none = origin(unpenalised(X, Y, 3)), np.zeros((3, 1))
    assert separates(at, none, np.array([1.0, 1.0, -2.0]))
    assert not separates(at, none, np.array([1.0, 0.0, -1.0]))


def test_a_class_of_weight_0_takes_smoothed_mass_from_no_row() -> None:
    X, labels = np.ones((3, 1)), np.array([0, 1, 0])
    options = {"label_smoothing": 0.2, "weight": np.array([1.0, 1.0, 0.0])}
    problem = unpenalised(X, labels, 3, **options)
    assert may_separate(problem)
    assert separates(origin(problem), np.zeros((3, 1)), np.array([1.0, 1.0, -2.0]))


def test_margins_that_are_rounding_separate_nothing() -> None:
    """The direction takes each column's mean out; what is left of 1e9 + 0.1 is lost in it."""
    X = 1e9 + 1e-8 * np.arange(4.0)[:, None]
    problem = unpenalised(X, np.array([0, 0, 1, 1]), 2)
    assert not separates(origin(problem), np.ones((1, 1)), np.array([-1e9]))


def test_a_class_without_rows_is_left_behind() -> None:
    """Its intercept can fall for ever: the margins over the other class stay, those over it rise."""
    X, labels = np.ones((4, 1)), np.array([0, 1, 0, 1])
    assert separates(origin(unpenalised(X, labels, 3)), np.zeros((3, 1)), np.array([0.0, 0.0, -1.0]))


def test_directions_have_length_1_and_nothing_that_all_classes_share() -> None:
    problem = unpenalised(np.ones((3, 2)), np.arange(3), 3)
    direction = unit(*between_classes(problem, np.array([[3.0, 1], [3, 2], [3, 3]]), np.ones(3)))
    assert direction is not None
    np.testing.assert_allclose(direction[0], np.array([[0, -1], [0, 0], [0, 1]]) / np.sqrt(2))
    assert not direction[1].any()
    assert unit(np.zeros((1, 2)), np.zeros(1)) is None
    assert unit(np.full((1, 2), np.inf), np.zeros(1)) is None
