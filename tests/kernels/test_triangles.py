import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pminusy.kernels.triangles import LANES, inverse_products

DTYPES = [np.dtype(np.float32), np.dtype(np.float64)]


def triangle(rng, size, dtype):
    """A lower triangle near the identity, so that its inverse is harmless."""
    return np.tril(rng.standard_normal((size, size)) / size + np.eye(size)).astype(dtype)


def packed(T):
    return np.concatenate([T[i, : i + 1] for i in range(len(T))])


def products(triangles, X, start, stop):
    out = np.full_like(X, 7)
    inverse_products(X.dtype)(triangles, X, np.empty((1, LANES), X.dtype), out, start, stop)
    return out


@given(
    size=st.one_of(st.integers(1, 12), st.sampled_from([63, 64, 65, 130])),
    n=st.integers(1, 5),
    one_for_all=st.booleans(),
    dtype=st.sampled_from(DTYPES),
    seed=st.integers(0, 99),
)
def test_products_with_packed_triangles(size, n, one_for_all, dtype, seed):
    rng = np.random.default_rng(seed)
    T = [triangle(rng, size, dtype) for _ in range(1 if one_for_all else n)]
    X = rng.standard_normal((n, size)).astype(dtype)
    found = products(np.array([packed(t) for t in T]), X, 0, n)
    for k in range(n):
        t, x = T[min(k, len(T) - 1)].astype(float), X[k].astype(float)
        sizes = np.abs(t).T @ (np.abs(t) @ np.abs(x))
        assert np.all(np.abs(found[k] - t.T @ (t @ x)) <= (2 * size + 8) * np.finfo(dtype).eps * sizes)


@pytest.mark.parametrize("dtype", DTYPES)
def test_only_the_rows_asked_for_are_written(rng, dtype):
    triangles = np.array([packed(triangle(rng, 5, dtype)) for _ in range(4)])
    X = rng.standard_normal((4, 5)).astype(dtype)
    whole, some = products(triangles, X, 0, 4), products(triangles, X, 1, 3)
    np.testing.assert_array_equal(some[1:3], whole[1:3])
    assert (some[[0, 3]] == 7).all()


@pytest.mark.parametrize("dtype", DTYPES)
def test_an_inverse_cholesky_factor_gives_the_inverse(rng, dtype):
    half = rng.standard_normal((9, 40))
    A = half @ half.T
    T = np.linalg.inv(np.linalg.cholesky(A)).astype(dtype)
    x = rng.standard_normal((1, 9)).astype(dtype)
    found = products(packed(T)[None], x, 0, 1)[0]
    np.testing.assert_allclose(found, np.linalg.solve(A, x[0]), rtol=1e3 * np.finfo(dtype).eps)
