import numpy as np
import pytest

from pminusy.datasets.encoders.medians import medians, medians_in_passes


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
@pytest.mark.parametrize("n_rows", [1, 2, 7, 1000])
def test_passes_find_the_median_to_the_bit(dtype, n_rows):
    rng = np.random.default_rng(n_rows)
    X = rng.standard_normal((n_rows, 6)).astype(dtype)
    X[:, 1] = rng.integers(-2, 3, n_rows)  # ties, of both signs
    X[:, 2] *= 1e-40
    X[:, 3] = np.where(rng.random(n_rows) < 0.5, np.nan, X[:, 3])
    X[:, 4] = np.nan
    X[:, 5] = 1e30 * rng.standard_normal(n_rows)
    cuts = np.sort(rng.integers(0, n_rows + 1, 3))
    found, missing = medians_in_passes(lambda: np.split(X, cuts), 6, X.dtype)
    np.testing.assert_array_equal(found, medians(X, np.isnan(X)))
    assert found.dtype == X.dtype
    np.testing.assert_array_equal(missing, np.isnan(X).any(axis=0))


def test_without_rows_it_is_0():
    found, missing = medians_in_passes(list, 2, np.dtype(np.float64))
    assert found.tolist() == [0.0, 0.0]
    assert not missing.any()
