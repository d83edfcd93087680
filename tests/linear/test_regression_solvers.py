"""Every solver on every kind of problem: one optimum, a bound that holds, the same bits."""

import warnings

import numpy as np
import pytest
import scipy.sparse as sp
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.special import softmax
from sklearn.datasets import load_iris, load_wine
from sklearn.exceptions import ConvergenceWarning
from sklearn.linear_model import LogisticRegression
from tests.linear.test_regression import exact
from tests.sparse_spellings import sparse_matrices

from pminusy import SoftmaxRegression
from pminusy.formulas import cross_entropy
from pminusy.linear.fit import SOLVERS
from pminusy.solvers.result import Reason

each_solver = pytest.mark.parametrize("solver", ["auto", *SOLVERS])


def blobs(n_rows, n_features, n_classes, seed=0):
    rng = np.random.default_rng(seed)
    y = np.arange(n_rows) % n_classes
    centres = rng.standard_normal((n_classes, n_features))
    return centres[y] + 2 * rng.standard_normal((n_rows, n_features)), y


def raw_columns():
    X, y = blobs(400, 6, 3)
    return X * np.geomspace(1e-2, 1e3, 6) + [0, 1, 0, 500, 0, -1e4], y


def sparse_rows():
    X, y = blobs(300, 25, 4)
    return sp.csr_matrix(np.where(np.abs(X) > 2, X, 0)), y


PROBLEMS = {
    "three classes": lambda: (*blobs(300, 5, 3), {}),
    "two classes": lambda: (*blobs(300, 5, 2), {}),
    "raw columns": lambda: (*raw_columns(), {}),
    "fewer rows than features": lambda: (*blobs(40, 150, 4), {}),
    "sparse": lambda: (*sparse_rows(), {}),
    "weights": lambda: (*blobs(300, 5, 3), {"sample_weight": np.arange(300) % 4}),
    "mass": lambda: (
        *(blobs(300, 5, 3)[0], np.random.default_rng(0).random((300, 3))),
        {"classes": [0, 1, 2]},
    ),
}


def objective_of(model, X, y, C, sample_weight=None, classes=None):
    """C Σ L + ½‖W‖² of the fitted coefficients, from the formulas."""
    Z = X @ model.coef_.astype(float).T + model.intercept_
    Z = np.concatenate([np.zeros_like(Z), Z], axis=1) if Z.shape[1] == 1 else Z
    Y = np.eye(Z.shape[1])[y] if classes is None else y
    Y = Y if sample_weight is None else Y * np.asarray(sample_weight)[:, None]
    return C * cross_entropy.value(Z, Y).sum() + np.vdot(model.coef_, model.coef_) / 2


@pytest.mark.parametrize("problem", PROBLEMS)
@pytest.mark.parametrize("C", [0.01, 1.0, 100.0])
@pytest.mark.parametrize("fit_intercept", [True, False])
def test_all_solvers_reach_one_optimum(problem, C, fit_intercept):
    X, y, options = PROBLEMS[problem]()
    settings = {"C": C, "fit_intercept": fit_intercept, "max_iter": 2000}
    best = SoftmaxRegression(solver="newton", tol=1e-12, **settings).fit(X, y, **options)
    smallest = objective_of(best, X, y, C, **options)
    for solver in ("auto", *SOLVERS):
        model = SoftmaxRegression(solver=solver, tol=1e-8, **settings).fit(X, y, **options)
        assert model.result_.converged
        objective = objective_of(model, X, y, C, **options)
        assert abs(objective - smallest) <= 1e-8 * smallest
        assert -1e-12 * smallest <= model.result_.objective - objective <= 1e-8 * smallest
        assert solver in ("auto", model.result_.method)


@each_solver
@pytest.mark.parametrize("max_iter", [0, 2])
def test_what_all_classes_share_is_left_out_from_the_start(solver, max_iter):
    """It changes no probability, costs penalty, and no step leads away from it."""
    X, y = blobs(300, 5, 3)
    settings = {"solver": solver, "max_iter": max_iter, "warm_start": True}
    model, shifted = (SoftmaxRegression(**settings).fit(X, y) for _ in range(2))
    shifted.coef_ = shifted.coef_ + np.arange(5.0)
    shifted.intercept_ = shifted.intercept_ + 7
    for fitted in (model, shifted):
        fitted.fit(X, y)
        np.testing.assert_allclose(fitted.coef_.sum(axis=0), 0, atol=1e-12)
        assert fitted.result_.objective == pytest.approx(objective_of(fitted, X, y, 1.0), rel=1e-9)
    np.testing.assert_allclose(shifted.coef_, model.coef_, atol=1e-9)


@each_solver
@pytest.mark.parametrize("problem", PROBLEMS)
@pytest.mark.parametrize("max_iter", [0, 1, 3, 1000])
def test_the_gap_to_the_optimum_is_within_its_bound(solver, problem, max_iter):
    X, y, options = PROBLEMS[problem]()
    best = SoftmaxRegression(solver="newton", tol=1e-12, max_iter=500).fit(X, y, **options)
    model = SoftmaxRegression(solver=solver, tol=1e-5, max_iter=max_iter).fit(X, y, **options)
    rounding = 1e-13 * best.result_.objective
    assert model.result_.objective - best.result_.objective <= model.result_.gap + rounding
    if max_iter == 1000:
        assert model.result_.gap <= 1e-2 * best.result_.objective


@each_solver
@pytest.mark.parametrize("load", [load_iris, load_wine])
def test_raw_columns_need_no_scaling(solver, load):
    X, y = load(return_X_y=True)
    scale = np.abs(X).max(axis=0)
    model = exact(solver=solver).fit(X, y)
    other = LogisticRegression(solver="newton-cholesky", tol=1e-10, max_iter=1000).fit(X, y)
    np.testing.assert_allclose(model.predict_proba(X), other.predict_proba(X), atol=1e-6)
    np.testing.assert_allclose(model.coef_ * scale, other.coef_ * scale, atol=1e-4)


@each_solver
@pytest.mark.parametrize("n_rows", [120, 25])
def test_weights_are_repeated_rows(solver, n_rows):
    X, y = blobs(n_rows, 60, 3)
    weights = np.random.default_rng(1).integers(0, 3, n_rows)
    weighted = exact(solver=solver).fit(X, y, weights)
    repeated = exact(solver=solver).fit(np.repeat(X, weights, axis=0), np.repeat(y, weights))
    np.testing.assert_allclose(weighted.coef_, repeated.coef_, atol=1e-7)
    np.testing.assert_allclose(weighted.intercept_, repeated.intercept_, atol=1e-7)
    assert weighted.result_.objective == pytest.approx(repeated.result_.objective, rel=1e-10)


@each_solver
@pytest.mark.parametrize("turned", [False, True])
def test_turning_and_coordinates_leave_the_optimum_alone(solver, turned):
    """Columns of zeros change nothing, and with enough of them the rows are turned first."""
    X, y = blobs(60, 12, 3)
    wide = np.concatenate([X, np.zeros((60, 200 if turned else 3))], axis=1)
    narrow, model = exact(solver=solver).fit(X, y), exact(solver=solver).fit(wide, y)
    np.testing.assert_allclose(model.coef_[:, :12], narrow.coef_, atol=1e-7)
    np.testing.assert_allclose(model.coef_[:, 12:], 0, atol=1e-12)
    np.testing.assert_allclose(model.intercept_, narrow.intercept_, atol=1e-7)


@each_solver
@pytest.mark.parametrize("problem", ["three classes", "raw columns", "fewer rows than features", "sparse"])
def test_float32_stays_float32(solver, problem):
    X, y, _ = PROBLEMS[problem]()
    model = SoftmaxRegression(solver=solver, max_iter=1000).fit(X.astype(np.float32), y)
    reference = SoftmaxRegression(solver="newton", tol=1e-10).fit(X, y)
    assert model.coef_.dtype == model.intercept_.dtype == np.float32
    assert model.predict_proba(X.astype(np.float32)).dtype == np.float32
    rounding = 1e-3 if problem == "raw columns" else 1e-4  # a column of 1e4 ± 1 has lost that in float32
    assert model.result_.objective == pytest.approx(reference.result_.objective, rel=rounding)
    np.testing.assert_allclose(model.predict_proba(X), reference.predict_proba(X), atol=0.02)


@each_solver
@pytest.mark.parametrize("kind", ["float64", "csr"])
def test_the_same_seed_gives_the_same_bits(solver, kind):
    X, y = blobs(4000, 5, 3)
    X = sp.csr_matrix(X) if kind == "csr" else X
    models = [
        SoftmaxRegression(solver=solver, random_state=seed, n_threads=n).fit(X, y)
        for seed, n in ((7, 1), (7, 2), (np.random.RandomState(7), 1), (None, 1), (None, 2))
    ]
    for one, other in ((0, 1), (0, 2), (3, 4)):
        np.testing.assert_array_equal(models[one].coef_, models[other].coef_)
        np.testing.assert_array_equal(models[one].intercept_, models[other].intercept_)


def test_another_seed_draws_other_rows_and_finds_the_same_optimum():
    X, y = blobs(4000, 5, 3)
    models = [exact(solver="lbfgs", random_state=seed).fit(X, y) for seed in range(5)]
    assert any((model.coef_ != models[0].coef_).any() for model in models)
    for model in models:
        np.testing.assert_allclose(model.coef_, models[0].coef_, atol=1e-6)


@pytest.mark.parametrize("solver", ["auto", "newton", "newton-cg", "lbfgs"])
@pytest.mark.parametrize("huge", [1e3, 1e12])
def test_a_row_of_weight_0_is_as_if_it_were_not_there(rng, solver, huge):
    X, y = rng.standard_normal((120, 3)), rng.integers(0, 3, 120)
    more, labels = np.vstack([X, [[huge, 0, -huge]]]), np.append(y, 0)
    weights = np.append(np.ones(120), 0.0)
    alone = SoftmaxRegression(solver=solver, tol=1e-10).fit(X, y)
    with_it = SoftmaxRegression(solver=solver, tol=1e-10).fit(more, labels, weights)
    np.testing.assert_allclose(with_it.coef_, alone.coef_, atol=1e-7)
    assert with_it.result_.objective == pytest.approx(alone.result_.objective, rel=1e-9)


@pytest.mark.parametrize("solver", ["auto", *SOLVERS])
@pytest.mark.parametrize("layout", [np.asarray, sp.csr_matrix], ids=["dense", "sparse"])
@pytest.mark.parametrize("C", [0.01, 100.0])
def test_what_is_reported_is_of_the_coefficients_that_are_handed_out(solver, layout, C):
    X, y = load_wine(return_X_y=True)
    X = X / X.std(axis=0)
    model = SoftmaxRegression(C=C, solver=solver).fit(layout(X), y)
    Z = X @ model.coef_.T + model.intercept_
    loss = cross_entropy.value(Z, np.eye(3)[y]).sum()
    assert model.result_.objective == pytest.approx(C * loss + (model.coef_**2).sum() / 2, rel=1e-11)


@pytest.mark.parametrize("solver", SOLVERS)
@pytest.mark.parametrize("max_iter", [1, 3, 1000])
@given(seed=st.integers(0, 2**32 - 1))
@settings(max_examples=8)
def test_the_gradient_norm_is_that_of_the_coefficients_where_columns_are_many(solver, max_iter, seed):
    rng = np.random.default_rng(seed)
    n_rows = int(rng.integers(6, 30))
    X, y = rng.standard_normal((n_rows, int(rng.integers(70, 150)))), np.arange(n_rows) % 3
    X[:, 0] += 10
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ConvergenceWarning)
        model = SoftmaxRegression(solver=solver, max_iter=max_iter, tol=1e-5).fit(X, y)
    dZ = (softmax(X @ model.coef_.T + model.intercept_, axis=1) - np.eye(3)[y]) / n_rows
    dW = dZ.T @ X + model.coef_ / n_rows
    norm = max(np.abs(dW).max(), np.abs(dZ.sum(axis=0)).max())
    assert model.result_.gradient_norm == pytest.approx(norm, rel=1e-6, abs=1e-13)
    assert model.result_.tolerance == 1e-5
    if model.result_.reason is Reason.GRADIENT_TOLERANCE:
        assert model.result_.converged


@given(sparse_matrices(40, 6), st.sampled_from(SOLVERS), st.sampled_from([0.3, np.inf]))
@settings(max_examples=30)
def test_a_sparse_fit_does_not_depend_on_how_the_matrix_is_written(matrices, solver, C):
    canonical, other = matrices
    y = np.arange(40) % 3
    one, same = (fitted_quietly(X, y, C=C, solver=solver, max_iter=300) for X in (canonical, other))
    assert one.result_.reason == same.result_.reason
    assert one.result_.objective == pytest.approx(same.result_.objective, rel=1e-4)
    probabilities = [one.predict_proba(X) for X in (canonical, other)]
    np.testing.assert_allclose(*probabilities, atol=1e-6)


def fitted_quietly(X, y, **options):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ConvergenceWarning)
        return SoftmaxRegression(**options).fit(X, y)
