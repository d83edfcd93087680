import numpy as np
import pytest

from pminusy.kernels.updates import CHUNK, add_strands, combine, dots, multiply

DTYPES = pytest.mark.parametrize("dtype", [np.float32, np.float64])
SIZE = CHUNK + 37


def close(found, expected):
    tolerance = 2e-4 if found.dtype == np.float32 else 1e-11
    np.testing.assert_allclose(found, expected, tolerance, tolerance)


@DTYPES
def test_products_with_some_vectors_are_summed_chunk_by_chunk(rng, dtype):
    vectors, x = rng.standard_normal((3, SIZE)).astype(dtype), rng.standard_normal((1, SIZE)).astype(dtype)
    sums = np.full(6, np.nan)
    dots(x.dtype)(vectors, x, np.empty((4, 3), dtype), sums, 0, 2)
    exact = vectors.astype(np.float64) * x
    close(sums.astype(dtype), [*exact[:, :CHUNK].sum(axis=1), *exact[:, CHUNK:].sum(axis=1)])


@DTYPES
def test_vectors_are_combined(rng, dtype):
    x, out = rng.standard_normal((1, SIZE)).astype(dtype), np.empty((1, SIZE), dtype)
    vectors, factors = rng.standard_normal((3, SIZE)).astype(dtype), rng.standard_normal((3, 1)).astype(dtype)
    combine(x.dtype)(out, 0.25, x, factors, vectors, 0, 2)
    close(out, 0.25 * x + factors.T @ vectors)


@DTYPES
def test_a_chunk_of_a_product_leaves_the_others_alone(rng, dtype):
    a, b, out = (rng.standard_normal(SIZE).astype(dtype) for _ in range(3))
    before = out.copy()
    multiply(a.dtype)(a, b, out, 1, 2)
    np.testing.assert_array_equal(out[:CHUNK], before[:CHUNK])
    np.testing.assert_array_equal(out[CHUNK:], a[CHUNK:] * b[CHUNK:])


@DTYPES
@pytest.mark.parametrize("n_penalties", [1, SIZE])
def test_partial_sums_are_added_to_the_penalty(rng, dtype, n_penalties):
    strands, w = rng.standard_normal((4, SIZE)).astype(dtype), rng.standard_normal(SIZE).astype(dtype)
    penalties, total = rng.random(n_penalties).astype(dtype), np.empty(SIZE, dtype)
    add_strands(w.dtype)(strands, w, penalties, total, 0, 2)
    close(total, strands.sum(axis=0) + penalties * w)
