"""The products of a linear model on dense rows against NumPy's in float64, with the error bound of a plain sum."""

from functools import cache

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numba.core import types

from pminusy.kernels.products import add_outer_products, row_products

DTYPES = [np.dtype(np.float32), np.dtype(np.float64)]
SIZES = {
    "n_rows": st.one_of(st.integers(1, 9), st.sampled_from([63, 64, 65])),
    "n_features": st.one_of(st.integers(1, 35), st.sampled_from([63, 64, 65, 128, 200])),
    "n_classes": st.one_of(st.integers(1, 14), st.sampled_from([31, 96, 150])),
}
CASES = {
    **SIZES,
    "first": st.integers(0, 5),
    "gap": st.sampled_from([0, 1, 3]),
    "dtype": st.sampled_from(DTYPES),
    "seed": st.integers(0, 999),
}


@cache
def compiled(function, dtype):
    real = types.float32 if dtype == np.float32 else types.float64
    matrix = types.Array(real, 2, "A")
    return function.dispatcher.compile(types.void(matrix, types.intp, types.intp, matrix, matrix))


def gapped(values, gap):
    """The same matrix with its rows `gap` elements apart, NaN between them."""
    whole = np.full((values.shape[0], values.shape[1] + gap), np.nan, values.dtype)
    whole[:, : values.shape[1]] = values
    return whole[:, : values.shape[1]]


def normal(rng, shape, dtype, gap=0):
    return gapped(rng.standard_normal(shape).astype(dtype), gap)


def close(found, expected, sizes, n_terms):
    """Within the worst that rounding can do to a sum of so many terms, whose absolute values sum to `sizes`."""
    return np.all(np.abs(found - expected) <= (n_terms + 4) * np.finfo(found.dtype).eps * sizes)


def between_rows(array):
    """The gaps of a gapped array."""
    return array.base[:, array.shape[1] :]


@given(**CASES)
def test_dense_logits(n_rows, n_features, n_classes, first, gap, dtype, seed):
    rng = np.random.default_rng(seed)
    X = normal(rng, (first + n_rows + 2, n_features), dtype, gap)
    W = normal(rng, (n_classes, n_features), dtype, gap)
    Z = normal(rng, (-(-n_rows // 4) * 4 + 1, n_classes), dtype, gap)
    last = Z[-1].copy()
    compiled(row_products, dtype)(X, first, n_rows, W, Z)
    rows, weights = X[first : first + n_rows].astype(float), W.astype(float)
    assert close(Z[:n_rows], rows @ weights.T, np.abs(rows) @ np.abs(weights).T, n_features)
    np.testing.assert_array_equal(Z[-1], last)
    assert np.isnan(between_rows(Z)).all()


@given(**CASES)
def test_dense_gradients(n_rows, n_features, n_classes, first, gap, dtype, seed):
    rng = np.random.default_rng(seed)
    X = normal(rng, (first + n_rows, n_features), dtype, gap)
    dZ = normal(rng, (n_rows + 1, n_classes), dtype, gap)
    dW = normal(rng, (n_classes, n_features), dtype, gap)
    before = dW.astype(float)
    compiled(add_outer_products, dtype)(X, first, n_rows, dZ, dW)
    rows, slopes = X[first:].astype(float), dZ[:n_rows].astype(float)
    sizes = np.abs(before) + np.abs(slopes).T @ np.abs(rows)
    assert close(dW, before + slopes.T @ rows, sizes, n_rows + 1)
    assert np.isnan(between_rows(dW)).all()


@pytest.mark.parametrize("dtype", DTYPES)
@pytest.mark.parametrize("bad", [np.nan, np.inf, -np.inf])
@pytest.mark.parametrize("n_features", [1, 8, 19])
def test_what_is_not_finite_stays_in_its_row(rng, dtype, bad, n_features):
    X, W = normal(rng, (9, n_features), dtype), normal(rng, (7, n_features), dtype)
    Z, expected = np.empty((12, 7), dtype), np.empty((12, 7), dtype)
    compiled(row_products, dtype)(X, 0, 9, W, expected)
    X[5, 0] = bad
    compiled(row_products, dtype)(X, 0, 9, W, Z)
    others = np.arange(9) != 5
    np.testing.assert_array_equal(Z[:9][others], expected[:9][others])
    assert not np.isfinite(Z[5]).any()


def test_a_long_sum_in_float32_is_as_exact_as_its_blocks(rng):
    """Sums of 64 rows are complete before they are added, so that the error does not grow with every row."""
    dtype, n_rows = np.dtype(np.float32), 64 * 500
    X, dZ, dW = np.ones((n_rows, 3), dtype), np.full((n_rows, 2), 0.1, dtype), np.zeros((2, 3), dtype)
    for first in range(0, n_rows, 64):
        compiled(add_outer_products, dtype)(X, first, 64, dZ, dW)
    np.testing.assert_allclose(dW, n_rows * float(dZ[0, 0]), rtol=500 * np.finfo(np.float32).eps)
