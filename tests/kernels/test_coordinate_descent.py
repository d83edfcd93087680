import numpy as np
import pytest
import scipy.sparse as sp

from pminusy.formulas.elastic_net import ElasticNet
from pminusy.kernels.coordinate_descent import UNKNOWN, Columns, descend

DTYPES = pytest.mark.parametrize("dtype", [np.float32, np.float64])
GROUPS = pytest.mark.parametrize("group", [False, True])


def columns_of(X, n_dense, dtype):
    """The first so many columns of X (n, N) dense, the rest sparse."""
    rest = sp.csc_matrix(X[n_dense:].T.astype(dtype))
    parts = rest.data, rest.indices.astype(np.int32), rest.indptr.astype(np.int64)
    return Columns(np.ascontiguousarray(X[:n_dense], dtype), *parts)


class Model:
    """A quadratic model of softmax over N rows, of n features and F classes."""

    def __init__(self, seed=0, n=6, F=3, N=50):
        rng = np.random.default_rng(seed)
        self.X = rng.standard_normal((n, N)) * (rng.uniform(size=(n, N)) < 0.6)
        self.P = np.ascontiguousarray(rng.dirichlet(np.ones(F), N).T)
        self.G, self.W = rng.standard_normal((n, F)), rng.standard_normal((n, F))
        self.net = ElasticNet(rng.uniform(0.2, 0.8, n), rng.uniform(0, 0.5, n))
        self.net.alpha[0] = self.net.mu[0] = 0

    def value(self, W):
        U = (W - self.W).T @ self.X
        curved = (self.P * U**2).sum() - ((self.P * U).sum(axis=0) ** 2).sum()
        return (self.G * (W - self.W)).sum() + curved / 2 + self.net.value(W)

    def descend(self, dtype, n_dense, group=False, live=None, share=0.0, most=1):
        W, U = self.W.copy(), np.zeros(self.P.shape, dtype)
        s, H, sums = np.zeros(self.P.shape[1], dtype), np.full(W.shape, UNKNOWN), np.zeros(3)
        live = np.ones(W.shape, np.int64) if live is None else live
        descend(np.dtype(dtype))(
            *(columns_of(self.X, n_dense, dtype), self.P.astype(dtype), U, s, self.G, W, H, live),
            *(self.net.alpha, self.net.mu, int(group), share, most, np.empty(W.shape[1]), sums),
        )
        np.testing.assert_allclose(U, (W - self.W).T @ self.X, atol=1e-4)
        np.testing.assert_allclose(s, (self.P * U).sum(axis=0), atol=1e-4)
        return W, sums


def grouped(model):
    model.net = ElasticNet(model.net.alpha, model.net.mu, group=True)
    return model


@DTYPES
@GROUPS
@pytest.mark.parametrize("n_dense", [0, 2, 6])
def test_every_sweep_gains_what_it_says_at_least(dtype, group, n_dense):
    model = grouped(Model()) if group else Model()
    value = model.value(model.W)
    for most in (1, 2, 5):
        W, sums = model.descend(dtype, n_dense, group, most=most)
        found = model.value(W)
        assert sums[0] == most
        assert found <= value + 1e-5
        if most == 1:
            assert value - found >= sums[1] * (1 - 1e-3) - 1e-5
        value = found


@GROUPS
def test_ends_at_the_minimum(group):
    model = grouped(Model(1)) if group else Model(1)
    W, _ = model.descend(np.float64, 3, group, most=5000)
    rng = np.random.default_rng(2)
    for scale in (1e-4, 1e-2, 1):
        change = (
            scale * rng.standard_normal(W.shape) * (W != 0)
        )  # later sweeps leave out what the first left at 0
        assert model.value(W) <= model.value(W + change) + 1e-9


def test_weights_that_are_not_live_stay():
    model, live = Model(3), np.ones((6, 3), np.int64)
    live[2, 1] = live[4] = 0
    W, _ = model.descend(np.float64, 6, live=live, most=20)
    assert W[2, 1] == model.W[2, 1]
    assert np.array_equal(W[4], model.W[4])


def test_stops_when_a_sweep_gains_a_small_share():
    _, sums = Model(4).descend(np.float64, 6, share=0.1, most=1000)
    assert 1 < sums[0] < 1000
    assert sums[2] <= 0.1 * sums[1]


def test_a_column_of_zeros_moves_nothing():
    model = Model(5)
    model.X[:] = 0
    model.net = ElasticNet(np.zeros(6), np.zeros(6))
    W, _ = model.descend(np.float64, 3)
    assert np.array_equal(W, model.W)
