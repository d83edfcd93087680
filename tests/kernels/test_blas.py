import threading
from functools import cache

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numba.core import types
from numba.core.errors import TypingError
from numpy.lib.stride_tricks import as_strided
from threadpoolctl import threadpool_limits

from pminusy.kernels import blas
from pminusy.kernels.compile import helper

DTYPES = [np.dtype(np.float32), np.dtype(np.float64)]


@helper
def products(address, alpha, A, transpose_A, B, transpose_B, beta, C):
    blas.gemm(address, alpha, A, transpose_A, B, transpose_B, beta, C)


@helper
def own_products(address, alpha, A, beta, C):
    blas.syrk(address, alpha, A, beta, C)


@cache
def compiled_gemm(dtype, layout):
    real = types.float32 if dtype == np.float32 else types.float64
    matrix = types.Array(real, 2, layout)
    number, flag = types.float64, types.boolean
    return products.dispatcher.compile(
        types.void(types.intp, number, matrix, flag, matrix, flag, number, matrix)
    )


@cache
def compiled_syrk(dtype, layout):
    real = types.float32 if dtype == np.float32 else types.float64
    matrix = types.Array(real, 2, layout)
    return own_products.dispatcher.compile(
        types.void(types.intp, types.float64, matrix, types.float64, matrix)
    )


def gemm(alpha, A, transpose_A, B, transpose_B, beta, C):
    code = compiled_gemm(C.dtype, "A")
    code(blas.gemm_address(C.dtype), alpha, A, transpose_A, B, transpose_B, beta, C)


def syrk(alpha, A, beta, C):
    compiled_syrk(C.dtype, "A")(blas.syrk_address(C.dtype), alpha, A, beta, C)


class Matrix:
    """A matrix whose rows lie `gap` elements apart, inside an array that shows whether the gaps were written to."""

    def __init__(self, rng, shape, gap, dtype):
        rows, columns = shape
        self.whole = rng.standard_normal((rows, columns + gap)).astype(dtype)
        self.array = self.whole[:, :columns]
        self.before = self.whole.copy()
        self.gap = gap

    def only_the_matrix_changed(self):
        columns = self.whole.shape[1] - self.gap
        return np.array_equal(self.whole[:, columns:], self.before[:, columns:])

    def is_unchanged(self):
        return np.array_equal(self.whole, self.before)


SIZES = st.one_of(st.integers(1, 20), st.sampled_from([31, 32, 33, 64, 100, 257]))
GAPS = st.integers(0, 3)
FACTORS = st.sampled_from([0.0, 1.0, -1.0, 0.5, 2.75])


def assert_within_rounding(actual, exact, magnitude, terms, dtype):
    """|error| ≤ (terms + 3)·ε·magnitude, entry by entry: what any order of summation keeps, here and in `exact`."""
    bound = (terms + 3) * np.finfo(dtype).eps * magnitude
    assert np.all(np.abs(actual - exact) <= bound)


@given(
    SIZES, SIZES, SIZES, st.booleans(), st.booleans(), GAPS, GAPS, GAPS, FACTORS, FACTORS,
    st.sampled_from(DTYPES), st.integers(0, 2**32 - 1),
)  # fmt: skip
def test_gemm_is_numpys_product(m, n, k, t_A, t_B, gap_A, gap_B, gap_C, alpha, beta, dtype, seed):
    rng = np.random.default_rng(seed)
    A = Matrix(rng, (k, m) if t_A else (m, k), gap_A, dtype)
    B = Matrix(rng, (n, k) if t_B else (k, n), gap_B, dtype)
    C = Matrix(rng, (m, n), gap_C, dtype)
    old = C.array.astype(np.longdouble)
    if beta == 0:
        C.array[:] = np.nan

    gemm(alpha, A.array, t_A, B.array, t_B, beta, C.array)

    op_A = (A.array.T if t_A else A.array).astype(np.longdouble)
    op_B = (B.array.T if t_B else B.array).astype(np.longdouble)
    exact = alpha * (op_A @ op_B) + beta * old
    magnitude = abs(alpha) * (abs(op_A) @ abs(op_B)) + abs(beta * old)
    assert_within_rounding(C.array, exact, magnitude, k, dtype)
    assert C.only_the_matrix_changed()
    assert A.is_unchanged()
    assert B.is_unchanged()


@given(SIZES, SIZES, GAPS, GAPS, FACTORS, FACTORS, st.sampled_from(DTYPES), st.integers(0, 2**32 - 1))
def test_syrk_is_the_lower_triangle_of_numpys_product(n, d, gap_A, gap_C, alpha, beta, dtype, seed):
    rng = np.random.default_rng(seed)
    A, C = Matrix(rng, (n, d), gap_A, dtype), Matrix(rng, (d, d), gap_C, dtype)
    old, lower = C.array.astype(np.longdouble), np.tri(d, dtype=bool)
    if beta == 0:
        C.array[lower] = np.nan

    syrk(alpha, A.array, beta, C.array)

    exact_A = A.array.astype(np.longdouble)
    exact = alpha * (exact_A.T @ exact_A) + beta * old
    magnitude = abs(alpha) * (abs(exact_A).T @ abs(exact_A)) + abs(beta * old)
    assert_within_rounding(C.array[lower], exact[lower], magnitude[lower], n, dtype)
    assert np.array_equal(C.array[~lower], old[~lower])
    assert C.only_the_matrix_changed()
    assert A.is_unchanged()


@pytest.mark.parametrize("dtype", DTYPES)
def test_whole_arrays_take_the_same_way(dtype, rng):
    A, B = rng.standard_normal((30, 20)).astype(dtype), rng.standard_normal((20, 10)).astype(dtype)
    C, D = np.empty((30, 10), dtype), np.empty((30, 10), dtype)
    gemm(1.0, A, False, B, False, 0.0, C)
    compiled_gemm(dtype, "C")(blas.gemm_address(dtype), 1.0, A, False, B, False, 0.0, D)
    assert np.array_equal(C, D)
    lower, same = np.zeros((20, 20), dtype), np.zeros((20, 20), dtype)
    syrk(1.0, A, 0.0, lower)
    compiled_syrk(dtype, "C")(blas.syrk_address(dtype), 1.0, A, 0.0, same)
    assert np.array_equal(lower, same)


@pytest.mark.parametrize("dtype", DTYPES)
@pytest.mark.parametrize("t_A", [False, True])
@pytest.mark.parametrize("t_B", [False, True])
@pytest.mark.parametrize("n", [1, 2, 7, 40])
def test_nan_reaches_its_row_and_no_other(dtype, t_A, t_B, n, rng):
    A, B = rng.standard_normal((9, 11)).astype(dtype), rng.standard_normal((11, n)).astype(dtype)
    B[4] = 0  # 0·NaN is NaN
    finite, C = np.empty((9, n), dtype), np.empty((9, n), dtype)
    given_A, given_B = (np.ascontiguousarray(A.T) if t_A else A), (np.ascontiguousarray(B.T) if t_B else B)
    gemm(1.0, given_A, t_A, given_B, t_B, 0.0, finite)
    given_A[(4, 3) if t_A else (3, 4)] = np.nan
    gemm(1.0, given_A, t_A, given_B, t_B, 0.0, C)
    assert np.all(np.isnan(C[3]))
    assert np.array_equal(np.delete(C, 3, axis=0), np.delete(finite, 3, axis=0))


@pytest.mark.parametrize("dtype", DTYPES)
@pytest.mark.parametrize("beta", [0.0, 0.5, 1.0])
@pytest.mark.parametrize("t_A", [False, True])
@pytest.mark.parametrize("t_B", [False, True])
@pytest.mark.parametrize(("m", "n"), [(3, 5), (1, 5), (3, 1)])
def test_a_sum_of_no_terms_is_zero(dtype, beta, t_A, t_B, m, n, rng):
    A, B = np.empty((0, m) if t_A else (m, 0), dtype), np.empty((n, 0) if t_B else (0, n), dtype)
    C = rng.standard_normal((m, n)).astype(dtype)
    expected = beta * C if beta else np.zeros_like(C)
    if beta == 0:
        C[:] = np.nan
    gemm(1.0, A, t_A, B, t_B, beta, C)
    assert np.array_equal(C, expected)


@pytest.mark.parametrize("dtype", DTYPES)
@pytest.mark.parametrize(("m", "n"), [(0, 5), (3, 0), (0, 0)])
@pytest.mark.parametrize("t_A", [False, True])
@pytest.mark.parametrize("t_B", [False, True])
def test_an_empty_result_leaves_its_surroundings_alone(dtype, m, n, t_A, t_B, rng):
    A = rng.standard_normal((4, m) if t_A else (m, 4)).astype(dtype)
    B = rng.standard_normal((n, 4) if t_B else (4, n)).astype(dtype)
    C = Matrix(rng, (m, n), 3, dtype)
    gemm(1.0, A, t_A, B, t_B, 0.0, C.array)
    assert C.is_unchanged()


@pytest.mark.parametrize("dtype", DTYPES)
@pytest.mark.parametrize("beta", [0.0, 0.5])
def test_syrk_of_no_rows_scales_the_lower_triangle(dtype, beta, rng):
    C = rng.standard_normal((4, 4)).astype(dtype)
    expected = np.triu(C, 1) + np.tril(beta * C)
    syrk(1.0, np.empty((0, 4), dtype), beta, C)
    assert np.array_equal(C, expected)
    syrk(1.0, np.empty((4, 0), dtype), beta, np.empty((0, 0), dtype))


@pytest.mark.parametrize("dtype", DTYPES)
def test_a_single_row_may_have_any_stride(dtype, rng):
    """`x[np.newaxis]` has row stride 0."""
    x, B = rng.integers(-9, 9, 6).astype(dtype), rng.integers(-9, 9, (6, 4)).astype(dtype)
    row = as_strided(x, (1, 6), (0, x.itemsize))
    C = np.empty((1, 4), dtype)
    gemm(1.0, row, False, B, False, 0.0, C)
    assert np.array_equal(C[0], x @ B)


@pytest.mark.parametrize("dtype", DTYPES)
def test_read_only_factors_do(dtype, rng):
    A, B = rng.integers(-9, 9, (3, 6)).astype(dtype), rng.integers(-9, 9, (6, 4)).astype(dtype)
    A.flags.writeable = B.flags.writeable = False
    C = np.empty((3, 4), dtype)
    gemm(1.0, A, False, B, False, 0.0, C)
    assert np.array_equal(C, A @ B)


def test_products_on_many_threads_at_once_have_the_bits_of_one(rng):
    A, B = rng.standard_normal((200, 300)), rng.standard_normal((300, 50))
    results = [np.empty((200, 50)) for _ in range(16)]
    expected = np.empty((200, 50))
    gemm(1.0, A, False, B, False, 0.0, expected)
    with threadpool_limits(1):
        workers = [threading.Thread(target=gemm, args=(1.0, A, False, B, False, 0.0, C)) for C in results]
        for worker in workers:
            worker.start()
        for worker in workers:
            worker.join()
        gemm(1.0, A, False, B, False, 0.0, expected)
    assert all(np.array_equal(C, expected) for C in results)


def test_other_layouts_and_mixed_dtypes_do_not_compile():
    C, flag = types.Array(types.float64, 2, "C"), types.boolean
    column_major, narrow = types.Array(types.float64, 2, "F"), types.Array(types.float32, 2, "C")
    for A, complaint in ((column_major, "last axis"), (narrow, "one dtype")):
        signature = types.void(types.intp, types.float64, A, flag, C, flag, types.float64, C)
        with pytest.raises(TypingError, match=complaint):
            helper(products.function).dispatcher.compile(signature)


def test_machine_code_keeps_no_reference_counts_and_no_heap():
    compiled_gemm(DTYPES[0], "A")
    dispatcher = products.dispatcher
    code = dispatcher.inspect_llvm(dispatcher.signatures[0])
    assert "NRT" not in code
    assert "malloc" not in code


@helper
def cholesky(potrf, trtri, A, L, info):
    blas.potrf(potrf, L, info)
    for i in range(A.shape[0]):
        for j in range(A.shape[1]):
            A[i, j] = L[i, j]
    blas.trtri(trtri, A, info)


@cache
def compiled_cholesky(dtype):
    real = types.float32 if dtype == np.float32 else types.float64
    matrix, info = types.Array(real, 2, "A"), types.Array(types.int32, 1, "C")
    return cholesky.dispatcher.compile(types.void(types.intp, types.intp, matrix, matrix, info))


@pytest.mark.parametrize("dtype", DTYPES)
@pytest.mark.parametrize("size", [1, 2, 5, 64, 150])
def test_cholesky_factors_and_their_inverses(rng, dtype, size):
    half = rng.standard_normal((size, 3 * size))
    L = np.full((size, size + 3), 7, dtype)[:, :size]  # rows lie further apart than they are long
    L[:] = np.tril(half @ half.T / size) + np.triu(np.full((size, size), 5), 1)
    A, exact, info = np.empty_like(L), np.tril(L.astype(float)), np.ones(1, np.int32)
    compiled_cholesky(dtype)(blas.potrf_address(dtype), blas.trtri_address(dtype), A, L, info)
    assert info[0] == 0
    expected = np.linalg.cholesky(exact + np.tril(exact, -1).T)
    rounding = 20 * size * np.finfo(dtype).eps
    np.testing.assert_allclose(np.tril(L), expected, rtol=0, atol=rounding * np.abs(expected).max())
    inverse = np.linalg.inv(expected)
    np.testing.assert_allclose(np.tril(A), inverse, rtol=0, atol=rounding * np.abs(inverse).max())
    np.testing.assert_array_equal(np.triu(A, 1), np.triu(np.full((size, size), 5), 1))
