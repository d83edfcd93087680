import warnings

import numpy as np
import pandas as pd
import pytest
import scipy.sparse as sp
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.datasets import load_wine
from sklearn.exceptions import ConvergenceWarning
from sklearn.preprocessing import StandardScaler

from pminusy import InputError, SoftmaxRegression
from pminusy.formulas import cross_entropy as formulas


def fitted(X, y, weights=None, classes=None, **options):
    return SoftmaxRegression(**{"tol": 1e-10, "compute_inference": True} | options).fit(
        X, y, weights, classes=classes
    )


def drawn(rng, n_rows, n_features, n_classes):
    """Rows whose labels are drawn by the model itself, so that no direction separates them."""
    X = rng.normal(size=(n_rows, n_features))
    Z = X @ rng.normal(size=(n_features, n_classes)) + rng.gumbel(size=(n_rows, n_classes))
    return X, Z.argmax(axis=1)


def slopes(f, at):
    steps = 1e-5 * np.eye(at.size).reshape(at.size, *at.shape)
    return np.array([(f(at + step) - f(at - step)).ravel() / 2e-5 for step in steps])


def numerical_hessian(model, X, mass, C):
    """Of Σ L + ‖W‖²/2C, from differences of its gradient, in the order of `covariance`."""
    A = np.column_stack([X, np.ones(len(X))]) if model.fit_intercept else X
    penalised = np.arange(A.shape[1]) < X.shape[1]
    theta = np.column_stack([model.coef_, model.intercept_])[:, : A.shape[1]]

    def gradient(theta):
        free = A @ theta.T
        Z = np.column_stack([np.zeros(len(A)), free]) if len(theta) == 1 else free
        return formulas.gradient(Z, mass)[:, -len(theta) :].T @ A + theta * penalised / C

    return slopes(gradient, theta)


@settings(max_examples=30)
@given(
    st.integers(0, 2**32 - 1),
    st.integers(1, 3),
    st.integers(2, 4),
    st.sampled_from([0.1, 3.0]),
    st.booleans(),
)
def test_inverse_of_the_numerical_hessian_where_classes_add_up_to_zero(seed, d, k, C, fit_intercept):
    rng = np.random.default_rng(seed)
    X = rng.normal(size=(30, d)) * 10 ** rng.uniform(-1, 1, d) + rng.normal(size=d)
    Y, weights = rng.uniform(0.1, 1, (30, k)), rng.uniform(0.1, 2, 30)
    model = fitted(X, Y, weights, classes=np.arange(k), C=C, fit_intercept=fit_intercept)
    H = numerical_hessian(model, X, weights[:, None] * Y, C)
    if k > 2:
        centred = np.kron(np.eye(k) - 1 / k, np.eye(len(H) // k))
        H = centred @ H @ centred
    expected = np.linalg.pinv(H, rcond=1e-9, hermitian=True)
    np.testing.assert_allclose(model.covariance(), expected, rtol=1e-6, atol=1e-6 * abs(expected).max())


def test_without_a_penalty_it_is_the_inverse_less_one_class(rng):
    X, y = drawn(rng, 200, 2, 3)
    model = fitted(X, y, C=np.inf)
    H = numerical_hessian(model, X, np.eye(3)[y], np.inf)
    np.testing.assert_allclose(model.covariance(baseline=0), np.linalg.inv(H[3:, 3:]), rtol=1e-6, atol=1e-9)
    np.testing.assert_allclose(model.covariance(), np.linalg.pinv(H, rcond=1e-9), rtol=1e-6, atol=1e-9)


def test_the_full_inverse_adds_the_prior_on_the_shift_of_all_classes(rng):
    X, y = drawn(rng, 50, 2, 4)
    model = fitted(X, y, C=0.5, fit_intercept=False)
    H = numerical_hessian(model, X, np.eye(4)[y], 0.5)
    shift = 0.5 / 4 * np.kron(np.ones((4, 4)), np.eye(2))
    np.testing.assert_allclose(model.covariance() + shift, np.linalg.inv(H), rtol=1e-6, atol=1e-9)


def test_shifted_and_scaled_columns_change_the_units_only(rng):
    X, y = drawn(rng, 300, 2, 3)
    scale, shift = np.array([1e-6, 1e6]), np.array([5.0, 1e9])
    plain, moved = fitted(X, y, C=np.inf), fitted(X * scale + shift, y, C=np.inf, tol=1e-6)
    np.testing.assert_allclose(
        moved.standard_errors_[:, :2] * scale, plain.standard_errors_[:, :2], rtol=1e-5
    )
    T = np.eye(3)
    T[:2, :2], T[2, :2] = np.diag(1 / scale), -shift / scale
    expected = np.kron(np.eye(3), T) @ plain.covariance() @ np.kron(np.eye(3), T).T
    sizes = np.sqrt(expected.diagonal())
    np.testing.assert_allclose(
        moved.covariance() / np.outer(sizes, sizes), expected / np.outer(sizes, sizes), atol=1e-5
    )


@pytest.mark.parametrize("C", [1.0, np.inf])
@pytest.mark.parametrize("n_classes", [2, 3])
def test_sparse_and_dense_agree(rng, C, n_classes):
    X, y = drawn(rng, 200, 3, n_classes)
    X *= (rng.uniform(size=X.shape) < 0.5) * np.array([1.0, 1e-4, 1e4])
    dense, sparse = fitted(X, y, C=C), fitted(sp.csr_matrix(X), y, C=C, solver="newton")
    sizes = np.outer(dense.standard_errors_, dense.standard_errors_)
    np.testing.assert_allclose(sparse.covariance() / sizes, dense.covariance() / sizes, atol=1e-7)


def test_float32_is_inverted_in_float64(rng):
    X, y = drawn(rng, 200, 3, 3)
    X = X.astype(np.float32) + np.float32(
        100
    )  # float32 alone would keep one digit of such a Hessian's inverse
    single, double = fitted(X, y, tol=1e-5), fitted(X.astype(np.float64), y)
    assert single.coef_.dtype == np.float32
    assert single.covariance().dtype == np.float64
    np.testing.assert_allclose(single.standard_errors_, double.standard_errors_, rtol=1e-4)


def test_same_bits_on_any_number_of_threads(rng):
    X, y = drawn(rng, 3000, 4, 3)
    one, two = (fitted(X, y, n_threads=n).covariance() for n in (1, 2))
    np.testing.assert_array_equal(one, two)


def test_more_features_than_rows(rng):
    X, y = rng.normal(size=(10, 40)), np.arange(10) % 3
    model = fitted(X, y, C=0.1)
    H = numerical_hessian(model, X, np.eye(3)[y], 0.1)
    centred = np.kron(np.eye(3) - 1 / 3, np.eye(41))
    expected = np.linalg.pinv(centred @ H @ centred, rcond=1e-8, hermitian=True)
    np.testing.assert_allclose(model.covariance(), expected, atol=1e-6)


@pytest.mark.parametrize("kind", [np.asarray, sp.csr_matrix])
@pytest.mark.parametrize("n_classes", [2, 3])
def test_columns_that_depend_on_each_other_are_named(rng, kind, n_classes):
    X, y = drawn(rng, 200, 3, n_classes)
    X = kind(np.column_stack([X, 2 * X[:, 0] - X[:, 2] / 3]))
    with pytest.raises(InputError, match=r"those of x0, x2, x3 is not identified. Drop a column"):
        fitted(X, y, C=np.inf, max_iter=500).covariance()
    assert np.isfinite(fitted(X, y, C=1.0).standard_errors_).all()


@pytest.mark.parametrize("constant", [0.0, 0.1, 1e5 + 0.1])
def test_a_constant_column_is_named(rng, constant):
    X, y = drawn(rng, 200, 2, 3)
    frame = pd.DataFrame({"age": X[:, 0], "site": constant, "dose": X[:, 1]})
    with pytest.raises(InputError, match="those of site is not identified"):
        fitted(frame, y, C=np.inf).covariance()


def test_indicators_of_every_category_beside_an_intercept_are_named(rng):
    X, y = drawn(rng, 300, 1, 3)
    frame = pd.DataFrame({"x": X[:, 0]}).join(pd.get_dummies(rng.choice(["a", "b", "c"], 300), dtype=float))
    with pytest.raises(InputError, match="those of a, b, c is not identified"):
        fitted(frame, y, C=np.inf).covariance()
    assert np.isfinite(fitted(frame, y, C=np.inf, fit_intercept=False).standard_errors_).all()


def test_nearly_dependent_columns_are_not_refused(rng):
    X, y = drawn(rng, 400, 2, 3)
    gap = rng.normal(size=400)
    near = fitted(np.column_stack([X, X[:, 0] + 1e-4 * gap]), y, C=np.inf)
    apart = fitted(np.column_stack([X, gap]), y, C=np.inf)
    np.testing.assert_allclose(1e-4 * near.standard_errors_[:, 2], apart.standard_errors_[:, 2], rtol=1e-5)


def test_a_rare_class_is_not_taken_for_flat(rng):
    X, _ = drawn(rng, 20_000, 2, 3)
    y = np.where(np.arange(20_000) % 2000 == 0, 2, rng.integers(0, 2, 20_000))
    errors = fitted(X, y, C=np.inf).standard_errors_
    assert errors[2, 2] == pytest.approx(2 / 3 * np.sqrt(1 / 10), rel=0.1)  # of 10 rows alone


def test_too_many_parameters_are_refused_before_the_fit(rng):
    X, y = rng.normal(size=(20, 1999)), np.arange(20) % 3
    with pytest.raises(InputError, match=r"compute_inference: expected at most 4000 .*, got 6000"):
        fitted(X, y)


@pytest.mark.parametrize(("solver", "max_iter"), [("newton", 3), ("lbfgs", 4), ("lbfgs", 6)])
def test_a_fit_that_ends_early_says_how_far_off_it_may_be(solver, max_iter):
    X, y = load_wine(return_X_y=True)
    X = StandardScaler().fit_transform(X[:, [0, 1, 7]])
    best = fitted(X, y, C=np.inf)
    with pytest.warns(ConvergenceWarning, match="standard errors from the optimum") as caught:
        early = fitted(X, y, C=np.inf, solver=solver, max_iter=max_iter)
    messages = [str(warning.message) for warning in caught if "standard errors" in str(warning.message)]
    told = float(messages[0].split(" may be ")[1].split()[0])
    off = np.abs((early.conf_int() - best.conf_int()).mean(axis=-1) / best.standard_errors_).max()
    assert 0.1 < off < 1.1 * told
    assert told < 2 * off


def test_a_fit_at_the_optimum_warns_of_nothing(rng):
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        fitted(*drawn(rng, 300, 2, 3), C=np.inf, tol=1e-4)
