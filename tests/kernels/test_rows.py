import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pminusy.kernels.exp import LIFT
from pminusy.kernels.rows import (
    CHUNK,
    LANES,
    lane_sum,
    n_chunks,
    repair_chunk,
    row_exponentials,
    scratch_shape,
)

DTYPES = pytest.mark.parametrize("dtype", [np.float32, np.float64])


def exponentials(z):
    """e relative to the row's top, top and total, all in float64."""
    lanes, tops, *_ = np.zeros(scratch_shape(z.size), z.dtype)
    e = np.empty_like(z)
    top, total = row_exponentials(z, e, tops, lanes)
    for chunk in range(n_chunks(z.size)):
        repair_chunk(e[chunk * CHUNK : (chunk + 1) * CHUNK], tops[chunk], top)
    lift = 2.0 ** LIFT[z.dtype]
    return e.astype(np.float64) / lift, top, total / lift


@settings(max_examples=20)
@given(st.integers(1, 3 * CHUNK + 5), st.sampled_from([np.float32, np.float64]), st.integers(0, 99))
def test_a_row_of_any_length_is_exponentiated_relative_to_its_largest(size, dtype, seed):
    z = (5 * np.random.default_rng(seed).standard_normal(size)).astype(dtype)
    e, top, total = exponentials(z)
    expected = np.exp(z.astype(np.float64) - z.max())
    tolerance = 1e-5 if dtype == np.float32 else 1e-12
    assert top == z.max()
    np.testing.assert_allclose(e, expected, tolerance, tolerance)
    np.testing.assert_allclose(total, expected.sum(), tolerance)


@DTYPES
def test_a_top_found_in_a_later_chunk_counts_for_those_before(dtype):
    z = np.zeros(2 * CHUNK + 3, dtype)
    z[-1] = 30
    e, top, total = exponentials(z)
    assert top == 30
    np.testing.assert_allclose(
        total, 1 + (z.size - 1) * np.exp(-30.0), 1e-5 if dtype == np.float32 else 1e-12
    )
    np.testing.assert_allclose(e[:-1], np.exp(-30.0), 1e-4)


@DTYPES
def test_classes_ruled_out_have_exponential_0(dtype):
    z = np.full(CHUNK + 1, -np.inf, dtype)
    z[7] = -1e4
    e, top, total = exponentials(z)
    assert (top, total, e[7], np.count_nonzero(e)) == (-1e4, 1.0, 1.0, 1)


def test_a_nan_is_passed_over_in_the_top_and_found_in_the_total():
    _, top, total = exponentials(np.array([1.0, np.nan, 3.0]))
    assert top == 3
    assert np.isnan(total)


@DTYPES
def test_lanes_are_summed_in_pairs(dtype):
    assert lane_sum(np.arange(LANES, dtype=dtype)) == LANES * (LANES - 1) / 2


def test_the_number_of_chunks_is_rounded_up():
    assert [n_chunks(k) for k in (0, 1, CHUNK, CHUNK + 1)] == [0, 1, 1, 2]
