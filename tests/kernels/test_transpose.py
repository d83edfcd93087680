import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pminusy.kernels.transpose import transpose


@given(
    n_rows=st.integers(0, 70),
    n_columns=st.integers(0, 70),
    cut=st.integers(0, 70),
    dtype=st.sampled_from([np.float32, np.float64]),
)
def test_is_the_transpose_however_its_rows_are_shared_out(n_rows, n_columns, cut, dtype):
    A = np.random.default_rng(0).standard_normal((n_rows, n_columns)).astype(dtype)
    out = np.full((n_columns, n_rows), np.nan, dtype)
    cut = min(cut, n_columns)
    transpose(A, 0, cut, out)
    assert np.isnan(out[cut:]).all()
    transpose(A, cut, n_columns, out)
    assert (out == A.T).all()


@pytest.mark.parametrize("shape", [(1024, 1024), (784, 256)])
def test_large_ones(shape):
    A = np.arange(np.prod(shape), dtype=np.float32).reshape(shape)
    out = np.empty(shape[::-1], np.float32)
    transpose(A, 0, len(out), out)
    assert (out == A.T).all()
