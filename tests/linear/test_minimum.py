from __future__ import annotations

from typing import Any

import numpy as np
import pytest
import scipy.sparse as sp
from hypothesis import given
from hypothesis import strategies as st
from tests.linear.test_open_margins import overlapping, partly_separated
from tests.linear.test_separation import unpenalised

from pminusy.linear.evaluation import Evaluation
from pminusy.linear.fit import make_objective
from pminusy.linear.hessian import positive_hessian
from pminusy.linear.minimum import affordable_stride, has_minimum
from pminusy.linear.objective import LinearObjective
from pminusy.linear.problem import LinearProblem
from pminusy.linear.separation_programme import find_direction
from pminusy.solvers.newton import minimize_newton


def solved(problem: LinearProblem, max_iter: int = 50) -> tuple[LinearObjective, Any]:
    """Newton's objective, and where it ends."""
    objective = make_objective(problem, "newton")
    start = np.zeros(objective.layout.n_parameters)
    end = minimize_newton(
        objective, start, hessian=lambda: positive_hessian(objective), tol=1e-6, max_iter=max_iter
    )
    return objective, end.parameters


@pytest.mark.parametrize("n_classes", [2, 3, 4])
@pytest.mark.parametrize("kind", ["dense", "csr", "one-hot", "no intercept", "collinear"])
def test_classes_that_overlap_have_a_minimum(n_classes: int, kind: str) -> None:
    X, labels = overlapping(200, 4, n_classes, n_classes)
    if kind == "collinear":
        X = np.column_stack([X, X[:, 0] - 2 * X[:, 1], np.ones(200), np.zeros(200)])
    targets = np.eye(n_classes)[labels] if kind == "one-hot" else labels
    X = sp.csr_matrix(X) if kind == "csr" else X
    problem = unpenalised(X, targets, n_classes, fit_intercept=kind != "no intercept")
    assert has_minimum(*solved(problem))


@pytest.mark.parametrize("n_classes", [2, 3])
@pytest.mark.parametrize("max_iter", [0, 1, 5, 10, 20, 50])
def test_nothing_is_proven_of_rows_that_can_be_separated_however_far_the_fit_went(
    n_classes: int, max_iter: int
) -> None:
    for seed in range(3):
        X, labels = partly_separated(150, 4, n_classes, seed)
        assert not has_minimum(*solved(unpenalised(X, labels, n_classes), max_iter))


@given(st.integers(0, 9999), st.integers(2, 4), st.integers(5, 14), st.integers(1, 3), st.integers(0, 30))
def test_a_proof_and_a_direction_exclude_each_other(
    seed: int, n_classes: int, n_rows: int, n_features: int, max_iter: int
) -> None:
    rng = np.random.default_rng(seed)
    X = rng.integers(-2, 3, (n_rows, n_features)).astype(
        float
    )  # so that rows lie on each other and on planes
    labels = rng.integers(0, n_classes, n_rows)
    problem = unpenalised(X, labels, n_classes)
    direction = find_direction(
        Evaluation(problem, np.zeros((problem.n_free, n_features)), np.zeros(problem.n_free))
    )
    proven = has_minimum(*solved(problem, max_iter))
    assert not (proven and direction)
    if max_iter == 30:
        assert proven or direction


def test_far_from_the_minimum_nothing_is_proven() -> None:
    X, labels = overlapping(100, 3, 2, 0)
    objective = make_objective(unpenalised(X, labels, 2), "newton")
    assert has_minimum(*solved(unpenalised(X, labels, 2)))
    assert not has_minimum(objective, np.full(4, 3.0))
    assert not has_minimum(objective, np.full(4, np.inf))


def test_rows_that_weigh_less_than_rounding_leave_it_open() -> None:
    """They could be separated along a turned axis, of which the gradient tells nothing."""
    X, labels = partly_separated(150, 4, 2)
    weights = np.where(X[:, -1] > 0, 1e-18, 1.0)
    turn = np.linalg.qr(np.random.default_rng(0).standard_normal((4, 4)))[0]
    assert not has_minimum(*solved(unpenalised(X @ turn, labels, 2, weights=weights)))


@pytest.mark.parametrize("n_classes", [2, 3, 4])
@pytest.mark.parametrize("max_iter", [0, 1])
def test_a_fit_that_ended_early_is_followed_to_where_it_proves_a_minimum(
    n_classes: int, max_iter: int
) -> None:
    X, labels = overlapping(150, 4, n_classes, n_classes)
    assert has_minimum(*solved(unpenalised(X, labels, n_classes), max_iter))


@pytest.mark.parametrize("n_classes", [2, 3])
@pytest.mark.parametrize("kind", [np.asarray, sp.csr_matrix])
def test_a_part_of_the_rows_proves_it_near_the_minimum_and_nothing_of_rows_that_separate(
    n_classes: int, kind: Any
) -> None:
    X, labels = overlapping(900, 4, n_classes, 1)
    assert has_minimum(*solved(unpenalised(kind(X), labels, n_classes)), stride=7)
    X, labels = partly_separated(900, 4, n_classes, 1)
    for stride in (2, 7, 13):
        assert not has_minimum(*solved(unpenalised(kind(X), labels, n_classes)), stride=stride)


def test_rows_that_are_passed_over_may_hold_a_column_of_their_own() -> None:
    """The Hessian of every second row is flat along it, and the others can be separated by it."""
    X, labels = overlapping(200, 3, 2, 0)
    X[:, 2] = 0.0
    X[1, 2] = 1.0
    assert not has_minimum(*solved(unpenalised(X, labels, 2)), stride=2)


def test_rows_are_passed_over_where_all_would_take_too_long() -> None:
    X, labels = overlapping(500, 4, 3, 0)
    objective = make_objective(unpenalised(X, labels, 3), "newton")
    whole = 500 * 15**2 + 15**3
    assert affordable_stride(objective, whole) == 1
    assert affordable_stride(objective, whole - 1) == 2
    assert affordable_stride(objective, whole / 5) == 6
    assert affordable_stride(objective, 2 * 15**3) is None
    assert affordable_stride(objective, 15**3) is None
