import numpy as np
import pytest
from mpmath import mp
from numba import njit

from pminusy.kernels.exp import LIFT, exp_lifted, expm1, log


@njit
def apply_exp(x, out):
    for i in range(x.size):
        out[i] = exp_lifted(x[i])


@njit
def apply_expm1(x, out):
    for i in range(x.size):
        out[i] = expm1(x[i])


@njit
def apply_log(x, out):
    for i in range(x.size):
        out[i] = log(x[i])


def compiled(apply, x):
    out = np.empty_like(x)
    apply(x, out)
    return out


def everywhere_float32():
    """Every 37th float32 from −0 down to where e^x underflows for good: 30 million would be all."""
    bits = np.arange(np.float32(-0.0).view(np.uint32), np.float32(-110).view(np.uint32), 37, dtype=np.uint32)
    return bits.view(np.float32)


def test_exp_is_within_2_ulp_over_the_whole_range_of_float32():
    x = everywhere_float32()
    lifted = compiled(apply_exp, x)
    result = lifted * np.float32(2.0 ** -LIFT[np.dtype(np.float32)])
    exact = np.exp(x.astype(np.float64))
    ulp = np.spacing(exact.astype(np.float32)).astype(np.float64)
    assert np.max(np.abs(result - exact) / ulp) < 1.0


def test_exp_is_within_2_ulp_over_the_whole_range_of_float64(rng):
    x = -np.concatenate(
        [rng.uniform(0, 746, 1_000_000), 10.0 ** rng.uniform(-20, 0, 300_000), [0.0, 708.4, 745.13]]
    )
    result = compiled(apply_exp, x) * 2.0 ** -LIFT[np.dtype(np.float64)]
    exact = np.exp(x.astype(np.longdouble))
    assert np.finfo(np.longdouble).nmant > 60
    assert np.max(np.abs(result - exact) / np.spacing(exact.astype(np.float64))) < 1.5


def test_exp_agrees_with_arbitrary_precision(rng):
    mp.prec = 200
    for x in -rng.uniform(0, 700, 300):
        lifted = compiled(apply_exp, np.array([x]))[0]
        assert abs(mp.mpf(float(lifted)) / mp.mpf(2) ** 54 / mp.exp(float(x)) - 1) < 2 * np.finfo(float).eps


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_exp_at_the_edges(dtype):
    one = dtype(2.0 ** LIFT[np.dtype(dtype)])
    x = np.array([0.0, -0.0, -np.inf, -1e30, np.nan, np.finfo(dtype).min], dtype)
    assert compiled(apply_exp, x).tolist()[:4] == [one, one, 0, 0]
    assert np.isnan(compiled(apply_exp, x)[4])
    assert compiled(apply_exp, x)[5] == 0


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_lifted_exponentials_are_zero_or_normal(dtype):
    x = -np.linspace(0, 800, 200_001).astype(dtype)
    lifted = compiled(apply_exp, x)
    assert np.all((lifted == 0) | (lifted >= np.finfo(dtype).tiny))


@pytest.mark.parametrize(("dtype", "wide"), [(np.float32, np.float64), (np.float64, np.longdouble)])
def test_log_is_within_2_ulp_from_1_up(rng, dtype, wide):
    x = np.concatenate(
        [
            rng.uniform(1, 80, 300_000),
            1 + 10.0 ** rng.uniform(-7, 0, 200_000),
            10.0 ** rng.uniform(0, 30, 200_000),
        ]
    )
    x = x.astype(dtype)
    exact = np.log(x.astype(wide))
    ulp = np.spacing(np.maximum(exact.astype(dtype), np.finfo(dtype).tiny))
    assert np.max(np.abs(compiled(apply_log, x) - exact) / ulp) < 2.5


def test_log_of_what_is_no_sum_of_exponentials_is_nan():
    assert np.isnan(compiled(apply_log, np.array([np.nan, 0.0, -1.0]))).all()
    assert compiled(apply_log, np.array([1.0]))[0] == 0


@pytest.mark.parametrize(("dtype", "wide"), [(np.float32, np.float64), (np.float64, np.longdouble)])
def test_expm1_is_within_2_ulp_down_to_0(rng, dtype, wide):
    x = -np.concatenate([rng.uniform(0, 50, 300_000), 10.0 ** rng.uniform(-37, 2, 300_000)]).astype(dtype)
    exact = np.expm1(x.astype(wide))
    ulp = np.spacing(np.abs(exact).astype(dtype)).astype(wide)
    assert np.max(np.abs(compiled(apply_expm1, x) - exact) / ulp) < 2


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_expm1_at_the_edges(dtype):
    x = np.array([0.0, -0.0, -np.inf, np.finfo(dtype).min, np.nan], dtype)
    assert compiled(apply_expm1, x).tolist()[:4] == [0, 0, -1, -1]
    assert np.isnan(compiled(apply_expm1, x)[4])
