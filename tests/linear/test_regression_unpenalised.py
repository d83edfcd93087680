"""Without a penalty: the optimum where classes overlap, a direction that separates where they don't."""

import warnings

import numpy as np
import pytest
import scipy.sparse as sp
from sklearn.datasets import load_iris
from sklearn.exceptions import ConvergenceWarning
from tests.linear.test_open_margins import overlapping, partly_separated
from tests.linear.test_regression import assert_same_model, exact, theirs
from tests.linear.test_regression_solvers import blobs, each_solver

from pminusy import Reason, SoftmaxRegression


@each_solver
def test_overlapping_classes_have_an_optimum_without_penalty(solver):
    X, y = blobs(400, 3, 3)
    model = exact(C=np.inf, solver=solver).fit(X, y)
    assert model.result_.reason is Reason.GRADIENT_TOLERANCE
    assert model.result_.gap == np.inf
    assert model.result_.separable is False
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


@each_solver
@pytest.mark.parametrize("n_classes", [2, 3])
@pytest.mark.parametrize("kind", ["dense", "csr", "one-hot"])
def test_rows_of_which_some_can_be_separated_are_named_by_every_solver(solver, n_classes, kind):
    X, y = partly_separated(1500, 30, n_classes)
    targets, classes = (np.eye(n_classes)[y], np.arange(n_classes)) if kind == "one-hot" else (y, None)
    model = SoftmaxRegression(C=np.inf, solver=solver)
    with pytest.warns(ConvergenceWarning, match="Without a penalty"):
        model.fit(sp.csr_matrix(X) if kind == "csr" else X, targets, classes=classes)
    assert model.result_.reason is Reason.SEPARABLE
    assert model.result_.separable is True
    found = margins(X, y, model.result_.separating_direction)
    assert found.min() >= -1e-9
    assert found[X[:, -1] > 0].min() > 0.1


@each_solver
def test_one_hot_rows_get_the_certificate_of_their_labels(solver):
    X, y = overlapping(300, 4, 3, 0)
    results = [
        SoftmaxRegression(C=np.inf, solver=solver).fit(X, targets, classes=range(3)).result_
        for targets in (y, np.eye(3)[y])
    ]
    for result in results:
        assert (result.reason, result.separable) == (Reason.GRADIENT_TOLERANCE, False)
    assert results[0].objective == pytest.approx(results[1].objective, rel=1e-8)


def test_soft_targets_that_leave_a_class_out_everywhere_have_no_minimum():
    X, y = overlapping(100, 3, 2, 0)
    Y = np.column_stack([0.8 * np.eye(2)[y] + 0.1, np.zeros(100)])
    result = SoftmaxRegression(C=np.inf).fit(X, Y, classes=range(3)).result_
    assert result.separable is True
    W, b = result.separating_direction
    Z = X @ W.T + b
    np.testing.assert_allclose(Z[:, 0], Z[:, 1], atol=1e-9)
    assert (Z[:, 0] - Z[:, 2]).min() >= -1e-9


def test_what_is_not_known_of_a_minimum_is_said():
    X, y = overlapping(400, 3, 2, 0)
    with pytest.warns(
        ConvergenceWarning, match="Whether the loss has a minimum without a penalty could not be"
    ):
        model = SoftmaxRegression(C=np.inf, solver="lbfgs", max_iter=0).fit(
            30 * X, np.sign(X[:, 0] + 0.01 * X[:, 1] + 0.1 * (y - 0.5))
        )
    assert model.result_.separable is None
    assert "could not be" not in str(SoftmaxRegression().fit(X, y).result_)


@pytest.mark.parametrize("kind", [np.asarray, sp.csr_matrix])
@pytest.mark.parametrize("scale", [1e-160, 1e-120, 1e100])
def test_columns_at_the_ends_of_floating_point_end_in_a_result(kind, scale):
    X, y = overlapping(100, 3, 3, 0)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ConvergenceWarning)
        model = SoftmaxRegression(C=np.inf).fit(kind(X * scale), y)
    result = model.result_
    assert not result.separable
    assert np.isfinite(result.objective)
