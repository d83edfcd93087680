import math
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pminusy.kernels.kinds import Doubles, Vector
from pminusy.kernels.operations import operation
from pminusy.kernels.squares import sum_of_squares
from pminusy.nn.program import each_part


@operation
def measure(total: Doubles, x: Vector, step, first, last):
    total[0] = sum_of_squares(x)


def measured(x):
    total = np.full(1, np.nan)
    each_part(measure, 1, total, x)
    return total[0]


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
@given(n=st.integers(0, 200), exponent=st.integers(-30, 30), seed=st.integers(0, 99))
def test_is_the_sum_in_float64(dtype, n, exponent, seed):
    x = (np.random.default_rng(seed).standard_normal(n) * 10.0**exponent).astype(dtype)
    exact = sum((Fraction(float(value)) ** 2 for value in x), Fraction(0))
    assert math.isclose(measured(x), float(exact), rel_tol=1e-14)


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
@pytest.mark.parametrize("value", [np.nan, np.inf, -np.inf])
@pytest.mark.parametrize("place", [0, 31, 32, 70])
def test_what_is_not_finite_shows(dtype, value, place):
    x = np.ones(71, dtype)
    x[place] = value
    assert not np.isfinite(measured(x))


def test_numbers_beside_it_are_not_read():
    x = np.ones(100, np.float32)
    x[50:] = np.nan
    assert measured(x[:50]) == 50
