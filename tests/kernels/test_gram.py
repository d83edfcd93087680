import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from pminusy.kernels.blas import gemm_address, syrk_address
from pminusy.kernels.gram import add_gram


@given(
    shape=st.tuples(st.sampled_from([1, 2, 5, 64, 200]), st.sampled_from([1, 2, 7, 16, 33, 70])),
    factor=st.sampled_from([1.0, -1.0, 0.25]),
    dtype=st.sampled_from([np.float32, np.float64]),
    strip=st.tuples(st.floats(0, 1), st.floats(0, 1)).map(sorted),
    seed=st.integers(0, 99),
)
def test_adds_to_rows_of_the_lower_triangle_alone(shape, factor, dtype, strip, seed):
    rng = np.random.default_rng(seed)
    A, H = rng.standard_normal(shape).astype(dtype), rng.standard_normal((shape[1],) * 2).astype(dtype)
    before, exact = H.copy(), A.astype(float)
    first, last = (round(share * shape[1]) for share in strip)
    add_gram(H.dtype)(syrk_address(H.dtype), gemm_address(H.dtype), factor, A, H, first, last)
    expected = before + factor * exact.T @ exact
    sizes = np.abs(before) + np.abs(exact).T @ np.abs(exact)
    error = np.abs(H - expected)
    assert np.all(np.tril(error)[first:last] <= ((shape[0] + 8) * np.finfo(dtype).eps * sizes)[first:last])
    np.testing.assert_array_equal(np.triu(H, 1), np.triu(before, 1))
    np.testing.assert_array_equal(
        np.delete(H, slice(first, last), 0), np.delete(before, slice(first, last), 0)
    )
