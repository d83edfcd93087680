import math

import numpy as np
import pytest

from pminusy.gradcheck.noise import noise_near

SPACING = 2.0**-40


def test_float64_is_blurred_by_its_rounding():
    noise = noise_near(lambda t: np.asarray(math.exp(1 + t)), SPACING)
    assert 1e-17 < noise < 1e-11


@pytest.mark.parametrize(("dtype", "rounding"), [(np.float32, 2.0**-24), (np.float16, 2.0**-11)])
def test_what_is_computed_in_lower_precision_is_blurred_by_that(dtype, rounding):
    noise = noise_near(lambda t: np.asarray(dtype(math.exp(1 + t)), float), SPACING)
    assert rounding / 4 < noise < 16 * math.e * rounding


def test_noise_that_is_added_is_found():
    rng = np.random.default_rng(0)
    noise = noise_near(lambda t: np.asarray(math.exp(t) + 1e-7 * rng.standard_normal()), SPACING)
    assert 1e-8 < noise < 1e-6


def test_elements_have_noise_of_their_own():
    noise = noise_near(lambda t: np.array([math.exp(t), float(np.float32(math.exp(t)))]), SPACING)
    assert noise[0] < 1e-11 < 1e-9 < noise[1]


def test_a_constant_is_as_exact_as_its_size():
    assert noise_near(lambda t: np.asarray(8.0), SPACING) == 8 * np.finfo(float).eps
