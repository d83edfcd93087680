"""SoftmaxRegression with an elastic net: every solution is certified by the closed forms."""

from __future__ import annotations

import warnings

import numpy as np
import pytest
import scipy.sparse as sp
from sklearn.datasets import load_iris, make_classification
from sklearn.exceptions import ConvergenceWarning
from sklearn.feature_selection import SelectFromModel
from sklearn.linear_model import LogisticRegression
from tests.linear.sparse.oracle import mass, relative_gap

from pminusy import InputError, Reason, ShapeError, SoftmaxRegression

both = pytest.mark.parametrize("group", [False, True])
shapes = pytest.mark.parametrize(
    ("l1_ratio", "group"), [(1.0, False), (0.5, False), (1.0, True), (0.3, True)]
)
TOL = 1e-6


def data(seed=0, n=60, d=12, k=3):
    rng = np.random.default_rng(seed)
    X = rng.standard_normal((n, d)) + rng.standard_normal(d)
    X *= 10 ** rng.uniform(-1, 1, d)
    logits = X[:, :3] / np.abs(X[:, :3]).max(axis=0) @ (8 * rng.standard_normal((3, k)))
    y = (logits + rng.gumbel(size=(n, k))).argmax(axis=1)
    y[:k] = np.arange(k)
    return X, y


def fit(X, y, weights=None, classes=None, **options):
    options = {"l1_ratio": 1.0, "tol": TOL, "max_iter": 2000, **options}
    with warnings.catch_warnings():
        warnings.simplefilter("error", ConvergenceWarning)
        return SoftmaxRegression(**options).fit(X, y, weights, classes=classes)


def assert_certified(model, X, Y, total, factors=None, tol=TOL):
    gap, objective = relative_gap(model, X, Y, total, factors)
    assert gap <= 1.01 * tol + 1e-12
    result = model.result_
    assert result.converged
    assert result.reason is Reason.DUALITY_GAP
    assert result.method == "proximal-newton"
    assert result.gap <= tol * result.null_objective
    assert result.objective == pytest.approx(objective * model.C * total, rel=1e-9)


@shapes
@pytest.mark.parametrize("n_classes", [2, 3, 5])
@pytest.mark.parametrize("fit_intercept", [True, False])
def test_solutions_are_certified(l1_ratio, group, n_classes, fit_intercept):
    X, y = data(k=n_classes)
    model = fit(X, y, l1_ratio=l1_ratio, group=group, fit_intercept=fit_intercept, C=0.1)
    assert_certified(model, X, mass(y, n_classes, None, None, 0.0), len(X))
    used = model.coef_ != 0
    assert 0 < used.sum() < used.size
    if group:
        assert (used.any(axis=0) == used.all(axis=0)).all()


@shapes
@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_layouts_give_the_same_solution(l1_ratio, group, dtype):
    X, y = data(1)
    X[np.abs(X) < np.median(np.abs(X), axis=0)] = 0
    X = X.astype(dtype)
    tol = 1e-5
    options = {"l1_ratio": l1_ratio, "group": group, "tol": tol}
    models = [
        fit(each, y, **options) for each in (X, np.asfortranarray(X), sp.csr_matrix(X), sp.csc_matrix(X))
    ]
    for model in models:
        assert model.coef_.dtype == dtype
        assert_certified(model, X, mass(y, 3, None, None, 0.0), len(X), tol=tol)
        assert model.result_.objective == pytest.approx(models[0].result_.objective, rel=2 * tol)
    assert np.array_equal(models[0].coef_, models[1].coef_)


@shapes
def test_targets_and_weights_of_every_kind(l1_ratio, group):
    X, y = data(2)
    rng = np.random.default_rng(3)
    soft, weights, per_class = (
        rng.uniform(size=(60, 3)),
        rng.integers(0, 3, 60) * 0.5,
        np.array([0.5, 1, 2.0]),
    )
    options = {"l1_ratio": l1_ratio, "group": group}
    weighted = fit(X, y, weights, class_weight=dict(enumerate(per_class)), label_smoothing=0.1, **options)
    assert_certified(weighted, X, mass(y, 3, weights, per_class, 0.1), (weights * per_class[y]).sum())
    softly = fit(X, soft, weights, classes=[0, 1, 2], **options)
    assert_certified(softly, X, mass(soft, 3, weights, None, 0.0), weights.sum())


@both
def test_penalty_factors(group):
    X, y = data(4)
    factors = np.array([0.0, 0.0, *np.linspace(0.5, 3, 10)])
    model = fit(X, y, group=group, penalty_factors=factors, C=0.3)
    assert_certified(model, X, mass(y, 3, None, None, 0.0), len(X), factors)
    assert model.coef_[:, :2].all()


def test_penalty_factors_of_a_ridge_rescale_the_columns():
    X, y = data(5)
    factors = np.linspace(0.5, 3, 12)
    model = fit(X, y, l1_ratio=0.0, penalty_factors=factors, tol=1e-10)
    scaled = SoftmaxRegression(tol=1e-10, solver="newton").fit(X / np.sqrt(factors), y)
    np.testing.assert_allclose(model.coef_ * np.sqrt(factors), scaled.coef_, atol=1e-4)


@pytest.mark.parametrize("l1_ratio", [0.5, 1.0])
@pytest.mark.parametrize("n_classes", [2, 3])
def test_the_optimum_is_scikit_learns(l1_ratio, n_classes):
    X, y = data(6, k=n_classes)
    X = (X - X.mean(axis=0)) / X.std(axis=0)
    ours = fit(X, y, l1_ratio=l1_ratio, C=0.2, tol=1e-10)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        theirs = LogisticRegression(
            solver="saga", l1_ratio=l1_ratio, C=0.2, tol=1e-9, max_iter=20_000, random_state=0
        ).fit(X, y)
    np.testing.assert_allclose(ours.coef_, theirs.coef_, atol=1e-4)


@shapes
@pytest.mark.parametrize("seed", range(3))
def test_more_features_than_rows_and_separable(l1_ratio, group, seed):
    X, y = make_classification(20, 20, n_informative=10, n_classes=3, random_state=seed)
    for C in (0.05, 1.0, 100.0, 1e5):
        model = fit(X, y, l1_ratio=l1_ratio, group=group, C=C, tol=1e-4)
        assert_certified(model, X, mass(y, 3, None, None, 0.0), 20, tol=1e-4)


@both
def test_the_first_of_duplicate_columns_is_taken(group):
    X, y = data(7)
    doubled = np.concatenate([X, X], axis=1)
    model = fit(doubled, y, group=group)
    assert_certified(model, doubled, mass(y, 3, None, None, 0.0), len(X))
    alone = fit(X, y, group=group)
    assert model.result_.objective == pytest.approx(alone.result_.objective, rel=2 * TOL)


def test_duplicate_columns_share_alike_with_a_ridge():
    X, y = data(8)
    model = fit(np.concatenate([X, X], axis=1), y, l1_ratio=0.5, tol=1e-9)
    np.testing.assert_allclose(model.coef_[:, :12], model.coef_[:, 12:], atol=1e-3)


@both
def test_columns_that_add_up_to_others(group):
    X, y = data(9)
    X = np.concatenate([X, X[:, :4] @ np.ones((4, 2)) + [0, 1e-9]], axis=1)
    assert_certified(fit(X, y, group=group, C=10.0), X, mass(y, 3, None, None, 0.0), len(X))


@both
@pytest.mark.parametrize("value", [0.0, 1e6])
def test_a_constant_feature_gets_no_coefficient(group, value):
    X, y = data(10)
    X[:, 4] = value
    model = fit(X, y, group=group)
    assert not model.coef_[:, 4].any()
    assert_certified(model, X, mass(y, 3, None, None, 0.0), len(X))


def test_rare_and_absent_classes():
    X, y = data(11)
    y[:] = np.where(y == 2, 1, y)
    y[0] = 2
    assert_certified(fit(X, y, C=0.3), X, mass(y, 3, None, None, 0.0), len(X))
    absent = fit(X, np.minimum(y, 1), classes=[0, 1, 2], C=0.3)
    assert_certified(absent, X, mass(np.minimum(y, 1), 3, None, None, 0.0), len(X))
    assert absent.predict_proba(X)[:, 2].max() < 1e-9
    assert not absent.coef_[2].any()


@pytest.mark.parametrize("n_classes", [2, 3])
def test_a_small_C_leaves_only_the_intercepts(n_classes):
    X, y = data(12, k=n_classes)
    model = fit(X, y, C=1e-6)
    assert not model.coef_.any()
    shares = np.bincount(y) / len(y)
    np.testing.assert_allclose(model.predict_proba(X), np.broadcast_to(shares, (60, n_classes)), atol=1e-9)


def test_without_a_penalty_the_ratio_does_not_matter():
    X, y = load_iris(return_X_y=True)
    y = (y == 2) * 1
    plain = SoftmaxRegression(C=np.inf, max_iter=500).fit(X, y)
    assert np.array_equal(
        SoftmaxRegression(C=np.inf, max_iter=500, l1_ratio=0.7).fit(X, y).coef_, plain.coef_
    )


@shapes
def test_bits_do_not_depend_on_threads(l1_ratio, group):
    X, y = data(13, n=4000, d=40, k=4)
    for samples in (X, sp.csr_matrix(np.where(X > 0, X, 0))):
        models = [fit(samples, y, l1_ratio=l1_ratio, group=group, n_threads=n, tol=1e-3) for n in (1, 3)]
        assert np.array_equal(models[0].coef_, models[1].coef_)
        assert models[0].result_.gap == models[1].result_.gap


def test_a_warm_start_at_the_optimum_takes_no_steps():
    X, y = data(14)
    model = fit(X, y, warm_start=True)
    coefficients = model.coef_
    model.set_params(tol=2 * TOL).fit(X, y)
    assert model.n_iter_ == 0
    np.testing.assert_allclose(model.coef_, coefficients, atol=1e-12)


def test_a_gap_that_does_not_fall_to_tol_is_told():
    X, y = data(15)
    with pytest.warns(ConvergenceWarning, match=r"Reached max_iter.*duality gap .* of the null objective"):
        model = SoftmaxRegression(l1_ratio=1.0, max_iter=2, C=10.0).fit(X, y)
    assert not model.result_.converged
    gap, _ = relative_gap(model, X, mass(y, 3, None, None, 0.0), len(X))
    assert gap * model.result_.null_objective <= 1.01 * model.result_.gap


def test_features_are_selected_and_coefficients_sparsified():
    X, y = data(16)
    model = fit(X, y, C=0.1)
    used = model.coef_.any(axis=0)
    assert np.array_equal(SelectFromModel(model, threshold=1e-12, prefit=True).get_support(), used)
    proba = model.predict_proba(X)
    assert sp.issparse(model.sparsify().coef_)
    np.testing.assert_allclose(model.predict_proba(X), proba)
    assert isinstance(model.densify().coef_, np.ndarray)


@pytest.mark.parametrize(
    ("options", "error", "message"),
    [
        ({"l1_ratio": 1.2}, InputError, r"l1_ratio: expected a number in \[0, 1\], got 1.2"),
        ({"l1_ratio": "all"}, InputError, "l1_ratio: expected a number"),
        ({"l1_ratio": 0.0, "group": True}, InputError, "group: expected False with l1_ratio=0"),
        ({"group": 1}, InputError, "group: expected True or False, got 1"),
        (
            {"penalty_factors": [1.0]},
            ShapeError,
            "penalty_factors: expected one factor for each of 12 features, got 1",
        ),
        (
            {"penalty_factors": [-1.0] * 12},
            InputError,
            "penalty_factors: expected finite numbers ≥ 0, got -1.0",
        ),
        ({"penalty_factors": [0.0] * 12}, InputError, "penalty_factors: expected at least one number > 0"),
        ({"penalty_factors": "ones"}, InputError, "penalty_factors: expected a list of numbers, got 'ones'"),
        ({"solver": "lbfgs"}, InputError, 'solver: expected "auto" with l1_ratio > 0'),
        ({"compute_inference": True}, InputError, "compute_inference: expected False with l1_ratio > 0"),
    ],
)
def test_bad_options_are_named(options, error, message):
    X, y = data()
    with pytest.raises(error, match=message):
        SoftmaxRegression(**{"l1_ratio": 1.0, **options}).fit(X, y)


@pytest.mark.parametrize("seed", range(12))
def test_columns_of_any_scale_and_a_large_C_are_certified(seed):
    rng = np.random.default_rng(seed)
    X, y = data(seed, n=30 + seed, d=3 + seed, k=2 + seed % 4)
    X *= 10 ** rng.uniform(-2, 2, X.shape[1])
    C = 10 ** rng.uniform(0, 4)  # beyond, rounding is all that the closed forms find
    model = fit(X, y, C=C, l1_ratio=1.0 if seed % 3 else 0.9, tol=1e-4, max_iter=300)
    assert_certified(model, X, mass(y, 2 + seed % 4, None, None, 0.0), len(X), tol=1e-4)


def test_columns_that_tell_nothing_get_no_coefficients():
    model = fit(np.ones((6, 2)), np.array([0, 1, 2] * 2))
    assert not model.coef_.any()
