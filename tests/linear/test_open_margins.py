from __future__ import annotations

from typing import Any

import numpy as np
import pytest
import scipy.sparse as sp
from tests.linear.test_separation import unpenalised

from pminusy.linear import open_margins
from pminusy.linear.evaluation import Evaluation
from pminusy.linear.open_margins import clear_direction
from pminusy.linear.separation import separates

Array = Any


def overlapping(n_rows: int, n_features: int, n_classes: int, seed: int) -> tuple[Array, Array]:
    """Rows in general position, whose labels are drawn by a linear model."""
    rng = np.random.default_rng(seed)
    X = rng.standard_normal((n_rows, n_features))
    Z = X @ rng.standard_normal((n_features, n_classes)) / np.sqrt(n_features)
    return X, (Z + rng.gumbel(size=Z.shape)).argmax(axis=1)


def partly_separated(n_rows: int, n_features: int, n_classes: int, seed: int = 0) -> tuple[Array, Array]:
    """The last feature is above 0 in some rows of the last class only."""
    X, labels = overlapping(n_rows, n_features, n_classes, seed)
    rare = np.flatnonzero(labels == n_classes - 1)[::10]
    X[:, -1] = 0.0
    X[rare, -1] = 1.0
    return X, labels


def ran_away(X: Any, targets: Array, n_classes: int) -> Evaluation:
    """At coefficients that gradient steps of length 1 and a push along the last feature lead to."""
    problem = unpenalised(X, targets, n_classes)
    W, b = np.zeros((problem.n_free, X.shape[1])), np.zeros(problem.n_free)
    W[-1, -1] = 15.0
    for _ in range(30):
        at = Evaluation(problem, W, b)
        W, b = W - at.dW, b - at.db
    return Evaluation(problem, W, b)


@pytest.mark.parametrize("n_classes", [2, 3])
@pytest.mark.parametrize("kind", ["dense", "csr", "float32", "one-hot", "soft"])
def test_a_direction_that_leaves_most_rows_alone_is_found_and_separates(n_classes: int, kind: str) -> None:
    X, labels = partly_separated(400, 6, n_classes)
    stored = {"csr": sp.csr_matrix(X), "float32": X.astype(np.float32)}.get(kind, X)
    targets = np.eye(n_classes)[labels] if kind in ("one-hot", "soft") else labels
    if kind == "soft":  # mass on all classes, but for the rows that can be told apart
        targets[X[:, -1] == 0] = 0.9 * targets[X[:, -1] == 0] + 0.1 / n_classes
    at = ran_away(stored, targets, n_classes)
    assert not separates(at, at.W, at.b)
    found = clear_direction(at, at.W, at.b)
    assert found is not None
    V, c = found
    assert separates(at, V, c)
    assert np.vdot(V, V) + np.vdot(c, c) == pytest.approx(1)
    U = X @ V.T + c
    U = np.concatenate([np.zeros_like(U), U], axis=1) if U.shape[1] == 1 else U
    lead = np.take_along_axis(U, labels[:, None], axis=1) - U
    assert lead[X[:, -1] > 0].sum(axis=1).min() > 0.1
    np.testing.assert_allclose(lead[X[:, -1] == 0], 0, atol=1e-9)


def test_a_rotation_hides_no_direction() -> None:
    X, labels = partly_separated(300, 12, 2)
    turn = np.linalg.qr(np.random.default_rng(1).standard_normal((12, 12)))[0]
    straight = ran_away(X, labels, 2)
    at = Evaluation(unpenalised(X @ turn, labels, 2), straight.W @ turn, straight.b)
    found = clear_direction(at, at.W, at.b)
    assert found is not None
    along = found[0] @ turn.T
    np.testing.assert_allclose(along[0, :-1], 0, atol=1e-9)
    assert along[0, -1] > 0


def test_rows_that_the_sample_leaves_out_are_added_where_they_fall(monkeypatch: pytest.MonkeyPatch) -> None:
    X, labels = partly_separated(600, 40, 3)
    at = ran_away(X, labels, 3)
    spread = open_margins._spread
    monkeypatch.setattr(open_margins, "_spread", lambda numbers, most: spread(numbers, most // 8))
    found = clear_direction(at, at.W, at.b)
    assert found is not None
    assert separates(at, *found)


@pytest.mark.parametrize("n_classes", [2, 4])
def test_nothing_remains_where_classes_overlap(n_classes: int) -> None:
    X, labels = overlapping(500, 5, n_classes, 3)
    at = ran_away(X, labels, n_classes)
    assert clear_direction(at, at.W, at.b) is None


def test_rows_without_weight_hold_nothing_back() -> None:
    X, labels = partly_separated(300, 4, 2)
    X[0, -1], labels[0] = 5.0, 0
    for weight, found in ((0.0, True), (1.0, False)):
        weights = np.ones(300)
        weights[0] = weight
        far = ran_away(X, labels, 2)
        at = Evaluation(unpenalised(X, labels, 2, weights=weights), far.W, far.b)
        assert (clear_direction(at, at.W, at.b) is not None) == found


def test_an_absent_class_leaves_no_margin_open() -> None:
    X, labels = overlapping(200, 3, 2, 0)
    problem = unpenalised(X, labels, 3)
    at = Evaluation(problem, np.zeros((3, 3)), np.array([9.0, 9.0, -18.0]))
    found = clear_direction(at, at.W, at.b)
    assert found is not None
    np.testing.assert_allclose(found[1], np.array([1, 1, -2]) / np.sqrt(6), atol=1e-9)
