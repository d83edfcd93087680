"""The claims of numerics.md: what holds exactly, and how far rounding may go."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import mpmath
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.testing import assert_allclose
from numpy.typing import NDArray

import pminusy
from pminusy.formulas.softmax import logsumexp
from pminusy.kernels import exp as kernel
from pminusy.kernels.compile import helper
from pminusy.kernels.rows import CHUNK

Array = NDArray[Any]
LOWEST = {np.float32: -104.0, np.float64: -745.2}
UNIT = {np.float32: 2.0**-24, np.float64: 2.0**-53}
SPLIT = {
    np.float32: (kernel._LN2_HIGH_32, kernel._LN2_LOW_32),
    np.float64: (kernel._LN2_HIGH_64, kernel._LN2_LOW_64),
}
each_dtype = pytest.mark.parametrize("dtype", [np.float32, np.float64])


@helper
def _exp_each(x, out):
    for j in range(x.size):
        out[j] = kernel.exp_lifted(x[j])


@helper
def _log_each(x, out):
    for j in range(x.size):
        out[j] = kernel.log(x[j])


@st.composite
def logits(draw: st.DrawFn) -> Array:
    rng = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    return rng.normal(0, draw(st.sampled_from([1, 100])), draw(st.integers(1, 12)))


@given(logits())
def test_shift_by_the_largest_logit(z: Array) -> None:
    S = np.exp(z - z.max()).sum()
    assert 1 <= S <= len(z)
    assert_allclose(z.max() + np.log(S), logsumexp(z[None])[0], rtol=1e-13)
    y = np.arange(1.0, len(z) + 1)
    parts = y.sum() * np.log(S), -(y * (z - z.max())).sum()
    assert min(parts) >= 0
    loss = pminusy.CrossEntropy(reduction="none")
    assert_allclose(sum(parts), loss.value(z[None], y[None])[0], rtol=1e-12)


@given(logits(), st.data())
def test_chunks_with_a_running_maximum(z: Array, data: st.DataObject) -> None:
    borders = sorted({0, *data.draw(st.lists(st.integers(0, len(z)), max_size=4)), len(z)})
    tops, parts, total = [], [], 0.0
    for start, stop in pairwise(borders):
        raised = z[:stop].max()
        e = np.exp(z[start:stop] - raised)
        total = total * (np.exp(tops[-1] - raised) if tops else 1.0) + e.sum()
        tops.append(raised)
        parts.append(e)
    repaired = np.concatenate([e * np.exp(top - z.max()) for e, top in zip(parts, tops, strict=True)])
    assert_allclose(total, np.exp(z - z.max()).sum(), rtol=1e-12)
    assert_allclose(repaired, np.exp(z - z.max()), rtol=1e-12, atol=1e-300)


@each_dtype
def test_kernels_repair_chunks_whose_largest_logit_came_later(dtype: type) -> None:
    rng = np.random.default_rng(0)
    z = rng.normal(size=3 * CHUNK + 5).astype(dtype)
    z[CHUNK : 2 * CHUNK] += 10
    z[2 * CHUNK :] += 30
    e = np.exp(z.astype(np.float64) - z.max())
    assert_allclose(pminusy.softmax(z), e / e.sum(), rtol=60 * UNIT[dtype] * 2)


@given(logits())
def test_the_loss_of_a_sure_and_right_row_keeps_an_absolute_error_only(z: Array) -> None:
    z, label = np.append(z, z.max() + 45), [len(z)]
    value, dZ = pminusy.CrossEntropy().value_and_gradient(z[None], label)
    assert value == 0  # although it is positive: e^−45 is below the unit of rounding
    assert_allclose(dZ[0, :-1], np.exp(z[:-1] - z[-1]), rtol=1e-13, atol=5e-324)


@each_dtype
def test_lifted_exponentials_are_normal_numbers(dtype: type) -> None:
    lift, info = kernel.LIFT[np.dtype(dtype)], np.finfo(dtype)
    log2e = 1 / mpmath.log(2)
    assert lift + LOWEST[dtype] * log2e > info.minexp
    assert LOWEST[dtype] * log2e < np.log2(float(info.smallest_subnormal)) - 1  # e^x rounds to 0 from here
    x = np.array([LOWEST[dtype] * 1.001, LOWEST[dtype] * 0.9999, 0.0], dtype)
    out = np.empty_like(x)
    _exp_each(x, out)
    assert out[0] == 0
    assert out[1] >= info.smallest_normal
    assert out[2] == 2.0**lift


@each_dtype
def test_log_2_in_two_parts(dtype: type) -> None:
    high, low = (float(part) for part in SPLIT[dtype])
    bits = {np.float32: 9, np.float64: 32}[dtype]
    largest_q = round(-LOWEST[dtype] / np.log(2))
    assert float(high * 2.0**bits).is_integer()
    assert largest_q < {np.float32: 2**8, np.float64: 2**11}[dtype]
    with mpmath.workdps(40):
        split_error = abs(mpmath.mpf(high) + mpmath.mpf(low) - mpmath.log(2))
    unit, sizes = UNIT[dtype], abs(largest_q * low)
    assert (
        unit / 4 + unit * sizes + largest_q * split_error < {np.float32: 0.30, np.float64: 0.26}[dtype] * unit
    )


def test_polynomial_of_float32() -> None:
    names = ("_C6_32", "_C5_32", "_C4_32", "_C3_32", "_C2_32", "_C0_32")
    r = np.linspace(-0.34659, 0.34659, 2001)
    Q = np.polyval([float(getattr(kernel, name)) for name in names], r)
    errors = abs((1 + r * Q) / np.exp(r) - 1)
    assert 0.06 * UNIT[np.float32] < errors.max() < 0.08 * UNIT[np.float32]


@pytest.mark.parametrize(("dtype", "bound"), [(np.float32, 1.0), (np.float64, 2.0)])
def test_error_of_the_exponential(dtype: type, bound: float) -> None:
    rng = np.random.default_rng(0)
    x = np.concatenate([rng.uniform(LOWEST[dtype], 0, 3000), rng.uniform(-0.7, 0, 3000)]).astype(dtype)
    out = np.empty_like(x)
    _exp_each(x, out)
    lift = kernel.LIFT[np.dtype(dtype)]
    with mpmath.workdps(40):
        exact = [mpmath.ldexp(mpmath.exp(mpmath.mpf(float(t))), lift) for t in x]
        ulps = [abs(mpmath.mpf(float(y)) - e) / float(np.spacing(y)) for y, e in zip(out, exact, strict=True)]
    assert max(ulps) < bound


def test_error_of_the_logarithm() -> None:
    rng = np.random.default_rng(0)
    x = np.concatenate([1 + rng.uniform(0, 1, 2000) ** 4, np.exp(rng.uniform(0, 30, 2000)), [1.0]])
    out = np.empty_like(x)
    _log_each(x, out)
    assert out[-1] == 0
    with mpmath.workdps(40):
        for t, y in zip(x[:-1], out[:-1], strict=True):
            exact = mpmath.log(mpmath.mpf(float(t)))
            assert abs(mpmath.mpf(float(y)) - exact) < 4 * UNIT[np.float64] * exact
