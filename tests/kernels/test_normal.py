import numpy as np
import pytest
from mpmath import mp
from numba import njit

from pminusy.kernels.normal import normal


@njit
def apply_normal(x, cumulative, density):
    for i in range(x.size):
        cumulative[i], density[i] = normal(x[i])


def compiled(x):
    cumulative, density = np.empty_like(x), np.empty_like(x)
    apply_normal(x, cumulative, density)
    return cumulative, density


@pytest.mark.parametrize(("dtype", "reach"), [(np.float32, 12.9), (np.float64, 37.5)])
def test_agrees_with_arbitrary_precision_far_into_the_tail(rng, dtype, reach):
    mp.prec = 150
    x = np.concatenate([rng.uniform(-reach, reach, 1500), rng.uniform(-2, 2, 1500)]).astype(dtype)
    exact = [(mp.erfc(-mp.mpf(float(a)) / mp.sqrt(2)) / 2, mp.npdf(mp.mpf(float(a)))) for a in x]
    ulp = np.finfo(dtype).eps
    bound = ulp * (4 + x.astype(float) ** 2 / 4)
    for found, right in zip(compiled(x), zip(*exact, strict=True), strict=True):
        error = np.array([abs(mp.mpf(float(a)) / b - 1) for a, b in zip(found, right, strict=True)], float)
        assert (error <= bound).all()


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_at_the_edges(dtype):
    x = np.array([0.0, -0.0, np.inf, -np.inf, np.finfo(dtype).max, np.finfo(dtype).min, np.nan], dtype)
    cumulative, density = compiled(x)
    np.testing.assert_allclose(cumulative[:2], 0.5, rtol=2 * np.finfo(dtype).eps)
    assert cumulative[2:6].tolist() == [1, 0, 1, 0]
    assert density[2:6].tolist() == [0, 0, 0, 0]
    assert np.isnan([cumulative[6], density[6]]).all()


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_never_falls_by_more_than_rounding(dtype):
    cumulative, _ = compiled(np.linspace(-40, 40, 200_001).astype(dtype))
    falls = cumulative[:-1] - cumulative[1:]
    assert (falls <= 40 * np.finfo(dtype).eps * cumulative[1:]).all()
    assert ((cumulative >= 0) & (cumulative <= 1)).all()


def test_the_written_out_function_is_the_same():
    for x in (-3.0, 0.0, 0.5, 20.0):
        np.testing.assert_allclose(normal(x), np.ravel(compiled(np.array([x]))), rtol=1e-13)
