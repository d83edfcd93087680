import numpy as np
import pytest

from pminusy.nn.layers.moments import batch_moments, group_size, n_groups, running_moments

DTYPES = pytest.mark.parametrize("dtype", [np.float32, np.float64])


def running(n_channels, dtype):
    return np.zeros(n_channels, dtype), np.ones(n_channels, dtype)


@DTYPES
@pytest.mark.parametrize("shape", [(1, 1, 3), (70, 1, 5), (9, 10, 70), (4, 50, 2)])
def test_moments_are_those_of_the_batch_and_move_the_running_averages(rng, dtype, shape):
    X = (rng.standard_normal(shape) * 3 + 2).astype(dtype)
    mean, var = running(shape[2], dtype)
    found = batch_moments(0.25, 0.5, X, mean, var)
    exact = X.astype(np.float64).reshape(-1, shape[2])
    tolerance = 1e-5 if dtype == np.float32 else 1e-12
    np.testing.assert_allclose(found[0], exact.mean(axis=0), tolerance, tolerance)
    np.testing.assert_allclose(found[1], 1 / np.sqrt(exact.var(axis=0) + 0.5), tolerance, tolerance)
    if len(exact) > 1:
        np.testing.assert_allclose(mean, 0.25 * exact.mean(axis=0), tolerance, tolerance)
        np.testing.assert_allclose(var, 0.75 + 0.25 * exact.var(axis=0, ddof=1), tolerance, tolerance)
    else:
        assert (mean.tolist(), var.tolist()) == ([0] * 3, [1] * 3)


@DTYPES
def test_a_small_spread_far_from_0_does_not_cancel(rng, dtype):
    X = (1000 + 0.125 * rng.integers(-8, 9, (500, 1, 2))).astype(dtype)
    inverse = batch_moments(0.1, 1e-5, X, *running(2, dtype))[1]
    np.testing.assert_allclose(inverse, 1 / np.sqrt(X[:, 0].astype(np.float64).var(axis=0) + 1e-5), 1e-4)


def test_running_averages_are_used_as_they_are():
    mean, var = np.array([1.0, -2.0]), np.array([4.0, 0.25])
    found = running_moments(0.75, mean, var)
    np.testing.assert_allclose(found, [mean, 1 / np.sqrt(var + 0.75)])


def test_groups_have_many_positions():
    assert [group_size(n) for n in (1, 7, 32, 1000)] == [32, 4, 1, 1]
    assert n_groups(np.zeros((65, 1, 2))) == 3
