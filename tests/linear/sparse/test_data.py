import numpy as np
import pytest
from tests.linear.sparse.oracle import dense
from tests.linear.sparse.problems import posed, random_data

from pminusy.formulas.cross_entropy import gradient, value
from pminusy.linear.sparse.data import Data

kinds = pytest.mark.parametrize("sparse", [False, True])


@kinds
@pytest.mark.parametrize("n_classes", [2, 3])
@pytest.mark.parametrize("n_used", [0, 2, 9])
def test_products_over_all_rows(sparse, n_classes, n_used):
    data, rng = random_data(0, n_classes, n=1200, sparse=sparse), np.random.default_rng(1)
    X, W = dense(data.problem.X), rng.standard_normal((9, data.n_free))
    W[n_used:] = 0
    b, R = rng.standard_normal(data.n_free), rng.standard_normal((1200, n_classes))
    Z = data.logits(W, b)
    np.testing.assert_allclose(Z[:, data.n_held :], X @ W + b, atol=1e-12)
    assert not Z[:, : data.n_held].any()
    np.testing.assert_allclose(data.gradient(R), X.T @ R, atol=1e-10)


def test_losses_are_the_means_and_write_their_gradient():
    data, rng = random_data(2, weighted=True), np.random.default_rng(3)
    Z = rng.standard_normal((70, 3))
    R = np.empty_like(Z)
    Y = data.masses[:, None] * np.eye(3)[data.targets.labels]
    assert data.losses(Z, R) == pytest.approx(value(Z, Y).sum())
    np.testing.assert_allclose(R, gradient(Z, Y), atol=1e-15)
    assert data.masses.sum() == pytest.approx(1)


@kinds
@pytest.mark.parametrize("fit_intercept", [True, False])
def test_columns_are_centred_and_times_the_roots_of_masses(sparse, fit_intercept):
    data = random_data(4, sparse=sparse, weighted=True, fit_intercept=fit_intercept)
    X, chosen = dense(data.problem.X), np.array([5, 0, 3])
    columns = data.columns(chosen)
    columns = columns.T.toarray() if sparse else columns
    mean = data.masses @ X if fit_intercept and not sparse else np.zeros(9)
    np.testing.assert_allclose(data.centre, mean, atol=1e-14)
    np.testing.assert_allclose(columns, ((X - mean) * data.roots[:, None]).T[chosen], atol=1e-14)


@kinds
@pytest.mark.parametrize("fit_intercept", [True, False])
def test_lengths_are_measured_from_the_mean_if_there_is_an_intercept(sparse, fit_intercept):
    data = random_data(5, sparse=sparse, weighted=True, fit_intercept=fit_intercept)
    X = dense(data.problem.X)
    moved = X - data.masses @ X if fit_intercept else X
    np.testing.assert_allclose(data.lengths, np.sqrt(data.masses @ moved**2))


@kinds
@pytest.mark.parametrize("fit_intercept", [True, False])
def test_unpenalised_columns_are_dense_and_a_one_stands_for_the_intercept(sparse, fit_intercept):
    data = random_data(7, sparse=sparse, weighted=True, fit_intercept=fit_intercept)
    A = data.unpenalised(np.array([6, 2]))
    ones = np.ones((int(fit_intercept), 70))
    expected = np.concatenate([ones, (dense(data.problem.X) - data.centre).T[[6, 2]]])
    np.testing.assert_allclose(A, expected, atol=1e-14)
    np.testing.assert_allclose(data.sizes, np.sqrt(data.masses @ dense(data.problem.X) ** 2))


def test_single_precision_is_summed_in_double():
    X = np.random.default_rng(6).standard_normal((50, 3)).astype(np.float32)
    data = Data(posed(X, np.arange(50) % 3))
    assert data.gradient(np.ones((50, 1))).dtype == np.float64
    assert data.columns(np.array([1])).dtype == np.float32
    A = data.unpenalised(np.array([1]))
    assert A.dtype == np.float64
    assert (A[0] == 1).all()
    np.testing.assert_allclose(A[1] + data.centre[1], X[:, 1].astype(float), rtol=1e-13)
