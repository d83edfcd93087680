"""Without a penalty: the optimum where classes overlap, a direction that separates where they don't."""

import numpy as np
import pytest
import scipy.sparse as sp
from sklearn.datasets import load_iris
from sklearn.exceptions import ConvergenceWarning
from tests.linear.test_regression import assert_same_model, exact, theirs
from tests.linear.test_regression_solvers import blobs, each_solver

from pminusy import Reason, SoftmaxRegression


@each_solver
def test_overlapping_classes_have_an_optimum_without_penalty(solver):
    X, y = blobs(400, 3, 3)
    model = exact(C=np.inf, solver=solver).fit(X, y)
    assert model.result_.reason is Reason.GRADIENT_TOLERANCE
    assert model.result_.gap_bound == np.inf
    assert model.result_.separating_direction is None
    assert_same_model(model, theirs(C=np.inf).fit(X, y), X)
    loss = -np.log(model.predict_proba(X)[np.arange(len(y)), y]).sum()
    assert model.result_.objective == pytest.approx(loss, rel=1e-12)


def margins(X, y, direction):
    """By how much each row's own class leads along (W, b)."""
    W, b = direction
    Z = X @ W.T + b
    Z = np.concatenate([np.zeros_like(Z), Z], axis=1) if Z.shape[1] == 1 else Z
    own = Z[np.arange(len(y)), y]
    Z[np.arange(len(y)), y] = -np.inf
    return own - Z.max(axis=1)


@each_solver
@pytest.mark.parametrize("n_classes", [2, 3])
@pytest.mark.parametrize("kind", ["dense", "raw", "wide", "csr"])
def test_a_direction_that_separates_is_found_and_separates(solver, n_classes, kind):
    rng = np.random.default_rng(0)
    n_features = 100 if kind == "wide" else 5
    y = np.arange(45) % n_classes
    X = rng.standard_normal((45, n_features)) + 8 * np.eye(n_classes, n_features)[y]
    X = X * np.geomspace(1e-2, 1e2, n_features) + 5 if kind == "raw" else X
    model = SoftmaxRegression(C=np.inf, solver=solver).fit(sp.csr_matrix(X) if kind == "csr" else X, y)
    result = model.result_
    assert result.reason is Reason.SEPARABLE
    W, b = result.separating_direction
    assert (W.shape, b.shape) == (model.coef_.shape, model.intercept_.shape)
    assert np.vdot(W, W) + np.vdot(b, b) == pytest.approx(1, rel=1e-6)
    assert margins(X, y, result.separating_direction).min() > 0
    # The loss falls along it for ever.
    far = [objective_of_direction(X, y, t, result.separating_direction) for t in (1e2, 1e3, 1e4)]
    assert far[0] > far[1] >= far[2]


def objective_of_direction(X, y, t, direction):
    return np.logaddexp(0, -t * margins(X, y, direction)).sum()


def test_a_separating_direction_is_told_in_the_warning_where_the_gradient_is_not_small():
    X, y = blobs(30, 40, 3)
    with pytest.warns(ConvergenceWarning, match="Without a penalty.*Use a finite C"):
        SoftmaxRegression(C=np.inf, tol=1e-12, max_iter=8).fit(X, y)


def test_one_class_that_can_be_told_apart_is_enough():
    """Iris without a penalty: setosa runs away from the others, which overlap."""
    X, y = load_iris(return_X_y=True)
    result = SoftmaxRegression(C=np.inf, solver="newton", tol=1e-8, max_iter=200).fit(X, y).result_
    assert result.reason is Reason.SEPARABLE
    found = margins(X, y, result.separating_direction)
    assert found.min() >= -1e-5 * found.max()
    assert found[y == 0].min() > 0


def test_classes_that_overlap_are_never_called_separable(rng):
    for seed in range(10):
        X, y = blobs(60, 2, 3, seed)
        model = SoftmaxRegression(C=np.inf, tol=1e-8, max_iter=500).fit(X, y)
        assert model.result_.reason is Reason.GRADIENT_TOLERANCE
