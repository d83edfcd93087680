import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pminusy.kernels.kinds import Doubles, Matrix
from pminusy.kernels.operations import operation
from pminusy.kernels.weighted_dots import curvature_dot, weighted_dot
from pminusy.nn.program import each_part


@operation
def measure(sums: Doubles, vectors: Matrix, step, first, last):
    sums[0] = weighted_dot(vectors[0], vectors[1], vectors[2], vectors[3])
    sums[1] = curvature_dot(vectors[0], vectors[1])


def measured(vectors):
    sums = np.full(2, np.nan)
    each_part(measure, 1, sums, vectors)
    return sums


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
@given(n=st.integers(0, 300), seed=st.integers(0, 99))
def test_are_the_sums(dtype, n, seed):
    vectors = np.random.default_rng(seed).standard_normal((4, n)).astype(dtype)
    x, p, u, s = vectors.astype(np.float64)
    terms = np.stack([x * p * (u - s), x**2 * p * (1 - p)])
    tolerance = 100 * np.finfo(dtype).eps * (np.abs(x * p) * (np.abs(u) + np.abs(s) + np.abs(x))).sum()
    np.testing.assert_allclose(measured(vectors), terms.sum(axis=1), rtol=0, atol=tolerance + 1e-30)


def test_numbers_beside_them_are_not_read():
    vectors = np.ones((4, 100), np.float32)
    vectors[3] = 0
    whole = vectors[:, :50].copy()
    assert measured(whole).tolist() == [50, 0]
