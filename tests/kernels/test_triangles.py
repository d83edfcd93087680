import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pminusy.kernels.blas import potrf_address, trtri_address
from pminusy.kernels.triangles import (
    LANES,
    MOST_STEPS,
    inverse_products,
    pack_inverse_factor,
    packed_size,
    whole_lanes,
)

DTYPES = [np.dtype(np.float32), np.dtype(np.float64)]
SIZES = st.one_of(st.integers(1, 20), st.sampled_from([63, 64, 65, 130]))


def positive_definite(rng, size, dtype):
    """A matrix that is well-conditioned but for its rows' and columns' sizes, which are far apart."""
    half = rng.standard_normal((size, 3 * size + 5)) * 10.0 ** rng.integers(-3, 4, (size, 1))
    return (half @ half.T).astype(dtype)


def packed_factors(matrices, ridge=0.0):
    """(packed, steps, scales), and what the routines report of the last."""
    dtype, size = matrices[0].dtype, len(matrices[0])
    packed, info = np.zeros((len(matrices), packed_size(size)), np.int16), np.ones(1, np.int32)
    scales, steps = np.zeros((2, len(matrices), size), dtype)
    for k, A in enumerate(matrices):
        lower = np.tril(A) + np.triu(np.full_like(A, np.nan), 1)  # what is above the diagonal is not read
        addresses = potrf_address(dtype), trtri_address(dtype)
        scratch = np.empty((1, LANES), dtype)
        pack_inverse_factor(dtype)(*addresses, lower, ridge, scales, packed, steps, scratch, info, k)
    return (packed, steps, scales), info[0]


def unpacked(packed, steps):
    """T as a square, in float64."""
    T, first = np.zeros((len(steps), len(steps))), 0
    for i, step in enumerate(steps):
        T[i, : i + 1] = packed[first : first + i + 1] * float(step)
        first += whole_lanes(i + 1)
    return T


def products(packed, steps, X, start, stop):
    whole = np.zeros((len(X), whole_lanes(X.shape[1])), X.dtype)
    whole[:, : X.shape[1]] = X
    out = np.full_like(whole, 7)
    inverse_products(X.dtype)(packed, steps, whole, out, start, stop)
    return out[:, : X.shape[1]]


@given(size=SIZES, dtype=st.sampled_from(DTYPES), seed=st.integers(0, 99))
def test_a_packed_factor_is_the_inverse_cholesky_factor_to_half_a_step(size, dtype, seed):
    A = positive_definite(np.random.default_rng(seed), size, dtype)
    (packed, steps, scales), info = packed_factors([A])
    assert info == 0
    D = 1 / np.sqrt(A.diagonal().astype(float))
    np.testing.assert_allclose(scales[0], D, rtol=4 * np.finfo(dtype).eps)
    T = np.linalg.inv(np.linalg.cholesky(A.astype(float) * D * D[:, None]))
    largest = np.abs(T).max(axis=1, keepdims=True)
    error = np.abs(unpacked(packed[0], steps[0]) - T) / largest
    assert error.max() <= 0.5 / MOST_STEPS + 100 * size * np.finfo(dtype).eps
    assert np.abs(packed).max() == MOST_STEPS


@given(
    size=SIZES,
    n=st.integers(1, 5),
    one_for_all=st.booleans(),
    dtype=st.sampled_from(DTYPES),
    seed=st.integers(0, 99),
)
def test_products_with_packed_triangles(size, n, one_for_all, dtype, seed):
    rng = np.random.default_rng(seed)
    matrices = [positive_definite(rng, size, dtype) for _ in range(1 if one_for_all else n)]
    (packed, steps, _), _ = packed_factors(matrices)
    X = rng.standard_normal((n, size)).astype(dtype)
    found = products(packed, steps, X, 0, n)
    for k in range(n):
        own, x = min(k, len(matrices) - 1), X[k].astype(float)
        T = unpacked(packed[own], steps[own])
        sizes = np.abs(T).T @ (np.abs(T) @ np.abs(x))
        assert np.all(np.abs(found[k] - T.T @ (T @ x)) <= (2 * size + 8) * np.finfo(dtype).eps * sizes)


@pytest.mark.parametrize("dtype", DTYPES)
def test_only_the_rows_asked_for_are_written(rng, dtype):
    (packed, steps, _), _ = packed_factors([positive_definite(rng, 5, dtype) for _ in range(4)])
    X = rng.standard_normal((4, 5)).astype(dtype)
    whole, some = products(packed, steps, X, 0, 4), products(packed, steps, X, 1, 3)
    np.testing.assert_array_equal(some[1:3], whole[1:3])
    assert (some[[0, 3]] == 7).all()


@pytest.mark.parametrize("dtype", DTYPES)
def test_an_indefinite_matrix_is_reported_and_a_ridge_helps(dtype):
    A = np.array([[1, 2], [2, 1]], dtype)
    assert packed_factors([A])[1] != 0
    (packed, steps, _), info = packed_factors([A], ridge=1.5)
    assert info == 0
    T = unpacked(packed[0], steps[0])
    np.testing.assert_allclose(T.T @ T, np.linalg.inv([[2.5, 2], [2, 2.5]]), atol=1e-3)


@pytest.mark.parametrize("dtype", DTYPES)
def test_a_zero_on_the_diagonal_becomes_one(dtype):
    (packed, steps, scales), info = packed_factors([np.diag(np.array([4, 0, 9], dtype))])
    assert info == 0
    np.testing.assert_allclose(scales[0], [1 / 2, 1, 1 / 3], rtol=1e-6)
    np.testing.assert_allclose(unpacked(packed[0], steps[0]), np.eye(3), rtol=1e-6)
