import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.preprocessing import StandardScaler

from pminusy.datasets.encoders import scaling
from pminusy.datasets.encoders.scaling import mean_and_scale, standardise


@given(
    st.integers(1, 40),
    st.integers(0, 5),
    st.integers(0, 2**32 - 1),
    st.sampled_from([np.float32, np.float64]),
)
def test_it_is_scikit_learns(n_rows, n_columns, seed, dtype):
    rng = np.random.default_rng(seed)
    scales = 10.0 ** rng.integers(-8, 8, n_columns)
    X = ((rng.standard_normal((n_rows, n_columns)) + rng.integers(-3, 4, n_columns)) * scales).astype(dtype)
    mean, scale = mean_and_scale(X)
    if n_columns:
        expected = StandardScaler().fit(X)
        np.testing.assert_allclose(mean / scales, expected.mean_ / scales, rtol=1e-9, atol=1e-12)
        np.testing.assert_allclose(scale, expected.scale_, rtol=1e-9)
    assert mean.dtype == scale.dtype == np.float64


@pytest.mark.parametrize("value", [0.0, 0.1, -1e9, 1e30])
def test_a_constant_column_is_not_blown_up(value):
    X = np.full((1001, 1), value)
    mean, scale = mean_and_scale(X)
    assert scale.tolist() == [1.0]
    assert abs(standardise(X, mean, scale)).max() <= 1e-12 * abs(value)


def test_blocks_of_rows_make_no_difference_but_for_rounding(monkeypatch):
    X = np.random.default_rng(0).standard_normal((100, 3)).astype(np.float32)
    whole = mean_and_scale(X)
    monkeypatch.setattr(scaling, "_BLOCK_ELEMENTS", 20)
    np.testing.assert_allclose(mean_and_scale(X), whole, rtol=1e-12)
