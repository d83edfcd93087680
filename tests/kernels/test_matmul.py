from typing import Annotated

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pminusy.kernels.kinds import ArrayKind
from pminusy.kernels.matmul import product
from pminusy.kernels.operations import operation
from pminusy.nn.program import each_part

DTYPES = [np.float32, np.float64]
# Around the borders of tiles (6, 8, 12 rows; 1 to 4 vectors of 4 to 16 columns), and the smallest.
SIZES = st.one_of(st.integers(0, 27), st.sampled_from([31, 32, 33, 47, 48, 49, 63, 64, 65, 97, 130]))
DEPTHS = st.one_of(st.integers(0, 9), st.sampled_from([100, 1023, 1024, 1025, 2500]))

Strided = Annotated[np.ndarray, ArrayKind(2, layout="A")]


@operation
def multiply(start: Strided, A: Strided, B: Strided, C: Strided, step, first, last):
    product(start, A, B, C)


def multiply_into(C, start, A, B):
    each_part(multiply, 1, start, A, B, C)


def result(start, A, B):
    C = np.full((A.shape[0], B.shape[1]), np.nan, A.dtype)
    multiply_into(C, start, A, B)
    return C


@st.composite
def problems(draw, numbers):
    """(start, A, B), A in one of the layouts that occur; `numbers` makes an array of a shape."""
    M, K, N = draw(SIZES), draw(DEPTHS), draw(SIZES)
    rng, dtype = np.random.default_rng(draw(st.integers(0, 2**32 - 1))), draw(st.sampled_from(DTYPES))
    make = lambda *shape: numbers(rng, shape).astype(dtype)  # noqa: E731
    layouts = {
        "C": lambda: make(M, K),
        "F": lambda: make(K, M).T,
        "every other": lambda: make(2 * M, 3 * K)[::2, ::3],
        "backwards": lambda: make(M, K)[::-1, ::-1],
        "windows": lambda: np.lib.stride_tricks.sliding_window_view(make(M + K), K + 1)[:, :K],
    }
    if M == 0 or K == 0:
        del layouts["windows"]
    A = layouts[draw(st.sampled_from(sorted(layouts)))]()[:M]
    return make(M if draw(st.booleans()) else 1, N + 5)[:, :N], A, make(K, N + 3)[:, :N]


def small_integers(rng, shape):
    """Sums of products of which are exact in float32 too."""
    return rng.integers(-8, 9, shape)


@settings(max_examples=150)
@given(problem=problems(small_integers))
def test_products_of_integers_are_exact(problem):
    start, A, B = problem
    expected = start.astype(np.float64) + A.astype(np.float64) @ B.astype(np.float64)
    np.testing.assert_array_equal(result(*problem), np.broadcast_to(expected, (len(A), B.shape[1])))


@settings(max_examples=80)
@given(problem=problems(lambda rng, shape: rng.standard_normal(shape)), data=st.data())
def test_no_bit_depends_on_how_rows_and_columns_are_shared_out(problem, data):
    start, A, B = problem
    whole = result(*problem)
    top = data.draw(st.integers(0, A.shape[0]))
    left = data.draw(st.integers(0, B.shape[1]))
    C = np.full_like(whole, np.nan)
    for rows in (slice(0, top), slice(top, None)):
        for columns in (slice(0, left), slice(left, None)):
            begin = start[rows] if len(start) > 1 else start
            multiply_into(C[rows, columns], begin[:, columns], A[rows], B[:, columns])
    np.testing.assert_array_equal(C, whole)


@pytest.mark.parametrize("dtype", DTYPES)
@pytest.mark.parametrize("shape", [(1, 1, 1), (7, 300, 5), (40, 1000, 70)])
def test_the_rounding_of_a_sum(rng, dtype, shape):
    """Within K u Σ |a b|, the bound for a chain of K fused multiply-adds."""
    M, K, N = shape
    A, B = rng.standard_normal((M, K)).astype(dtype), rng.standard_normal((K, N)).astype(dtype)
    exact = A.astype(np.longdouble) @ B.astype(np.longdouble)
    error = np.abs(result(np.zeros((1, N), dtype), A, B) - exact)
    assert (error <= K * np.finfo(dtype).eps / 2 * (np.abs(A).astype(float) @ np.abs(B).astype(float))).all()


@pytest.mark.parametrize("dtype", DTYPES)
@pytest.mark.parametrize("shape", [(1, 1), (5, 3), (13, 70), (24, 64), (25, 129)])
def test_nothing_outside_is_touched(rng, dtype, shape):
    M, N = shape
    frame = np.full((M + 2, N + 40), 7.0, dtype)
    A, B = small_integers(rng, (M, 6)).astype(dtype), np.full((6, N + 40), np.nan, dtype)
    B[:, 20 : 20 + N] = small_integers(rng, (6, N))
    C = frame[1:-1, 20 : 20 + N]
    multiply_into(C, np.zeros((1, N), dtype), A, B[:, 20 : 20 + N])
    np.testing.assert_array_equal(C, A @ B[:, 20 : 20 + N])
    C[...] = 7
    assert (frame == 7).all()


@pytest.mark.parametrize("dtype", DTYPES)
def test_start_may_be_the_result_itself(rng, dtype):
    A, B, C = (rng.standard_normal(shape).astype(dtype) for shape in ((30, 1500), (1500, 70), (30, 70)))
    before = C.copy()
    multiply_into(C, C, A, B)
    np.testing.assert_array_equal(C, result(before, A, B))


@pytest.mark.parametrize("dtype", DTYPES)
def test_nan_and_infinity_stay_in_their_row_and_column(rng, dtype):
    A, B = rng.standard_normal((30, 9)).astype(dtype), rng.standard_normal((9, 70)).astype(dtype)
    A[17, 2], B[3, 66] = np.nan, np.inf
    C = result(np.zeros((1, 70), dtype), A, B)
    assert np.isnan(C[17]).all()
    assert not np.isfinite(C[:, 66]).any()
    assert np.isfinite(np.delete(np.delete(C, 17, axis=0), 66, axis=1)).all()
