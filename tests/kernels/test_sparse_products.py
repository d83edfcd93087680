"""The products of a linear model on CSR rows against NumPy's in float64, with the error bound of a plain sum."""

from functools import cache

import numpy as np
import pytest
import scipy.sparse as sp
from hypothesis import given
from hypothesis import strategies as st
from numba.core import types
from tests.kernels.test_products import DTYPES, SIZES, between_rows, close, normal

from pminusy.kernels.sparse_products import add_sparse_outer_products, sparse_row_products

CASES = {
    **SIZES,
    "density": st.sampled_from([0.0, 0.03, 0.5, 1.0]),
    "gap": st.sampled_from([0, 1, 3]),
    "dtype": st.sampled_from(DTYPES),
    "seed": st.integers(0, 999),
}


@cache
def compiled(function, dtype):
    real = types.float32 if dtype == np.float32 else types.float64
    vector, matrix = types.Array(real, 1, "C"), types.Array(real, 2, "A")
    indices, indptr = types.Array(types.int32, 1, "C"), types.Array(types.int64, 1, "C")
    return function.dispatcher.compile(
        types.void(vector, indices, indptr, types.intp, types.intp, matrix, matrix)
    )


def sparse(rng, shape, density, dtype):
    """CSR rows, some of them empty, some with a zero that is stored."""
    X = sp.csr_matrix(rng.standard_normal(shape) * (rng.random(shape) < density)).astype(dtype)
    X.data[::5] = 0
    return X


def parts(X):
    return X.data, X.indices, X.indptr.astype(np.int64)


@given(**CASES)
def test_sparse_logits(n_rows, n_features, n_classes, density, gap, dtype, seed):
    rng = np.random.default_rng(seed)
    X = sparse(rng, (n_rows + 3, n_features), density, dtype)
    W, Z = (
        normal(rng, (n_features, n_classes), dtype, gap),
        normal(rng, (n_rows + 1, n_classes), dtype, gap),
    )
    last = Z[-1].copy()
    compiled(sparse_row_products, dtype)(*parts(X), 2, n_rows, W, Z)
    rows, weights = X.toarray()[2 : 2 + n_rows].astype(float), W.astype(float)
    assert close(Z[:n_rows], rows @ weights, np.abs(rows) @ np.abs(weights), n_features)
    np.testing.assert_array_equal(Z[-1], last)
    assert np.isnan(between_rows(Z)).all()


@given(**CASES)
def test_sparse_gradients(n_rows, n_features, n_classes, density, gap, dtype, seed):
    rng = np.random.default_rng(seed)
    X = sparse(rng, (n_rows + 3, n_features), density, dtype)
    dZ, dW = (
        normal(rng, (n_rows, n_classes), dtype, gap),
        normal(rng, (n_features, n_classes), dtype, gap),
    )
    before = dW.astype(float)
    compiled(add_sparse_outer_products, dtype)(*parts(X), 2, n_rows, dZ, dW)
    rows, slopes = X.toarray()[2 : 2 + n_rows].astype(float), dZ.astype(float)
    sizes = np.abs(before) + np.abs(rows).T @ np.abs(slopes)
    assert close(dW, before + rows.T @ slopes, sizes, n_rows + 1)
    assert np.isnan(between_rows(dW)).all()


@pytest.mark.parametrize("dtype", DTYPES)
def test_entries_of_one_column_that_come_twice_add_up(rng, dtype):
    X = sp.csr_matrix((np.array([2.0, 3.0, 1.0], dtype), [4, 4, 0], [0, 3]), shape=(1, 5))
    W, Z = normal(rng, (5, 3), dtype), np.empty((1, 3), dtype)
    compiled(sparse_row_products, dtype)(*parts(X), 0, 1, W, Z)
    np.testing.assert_allclose(Z[0], 5 * W[4] + W[0], rtol=8 * np.finfo(dtype).eps)
    dW = np.zeros((5, 3), dtype)
    compiled(add_sparse_outer_products, dtype)(*parts(X), 0, 1, np.ones((1, 3), dtype), dW)
    np.testing.assert_array_equal(dW[:, 0], [1, 0, 0, 0, 5])


@pytest.mark.parametrize("dtype", DTYPES)
@pytest.mark.parametrize("bad", [np.nan, np.inf, -np.inf])
def test_what_is_not_finite_stays_in_its_row(rng, dtype, bad):
    X, W = sparse(rng, (9, 6), 0.7, dtype), normal(rng, (6, 7), dtype)
    Z, expected = np.empty((9, 7), dtype), np.empty((9, 7), dtype)
    compiled(sparse_row_products, dtype)(*parts(X), 0, 9, W, expected)
    X.data[X.indptr[5]] = bad
    compiled(sparse_row_products, dtype)(*parts(X), 0, 9, W, Z)
    others = np.arange(9) != 5
    np.testing.assert_array_equal(Z[others], expected[others])
    assert not np.isfinite(Z[5]).any()
