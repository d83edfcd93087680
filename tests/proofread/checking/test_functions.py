import mpmath
import numpy as np
import pytest

from pminusy.proofread.checking.dual import Dual, plain, tangent
from pminusy.proofread.checking.functions import COMPOSITE, FUNCTIONS, constant, elementwise, power

INSIDE = {"arccosh": 1.5, "logit": 0.3, "arcsin": 0.3, "arccos": 0.3, "arctanh": 0.3}
NAMES = [name for name in (*FUNCTIONS, *COMPOSITE) if name not in ("trigamma", "sign", "sgn")]


@pytest.mark.parametrize("name", NAMES)
def test_values_agree_with_many_digits_and_derivatives_with_differences(name):
    function, x = elementwise(name), INSIDE.get(name, 0.7)
    value = plain(function(constant(x))).item()
    exact = function(np.full((1, 1, 1), mpmath.mpf(x), dtype=object))
    assert float(plain(exact).item()) == pytest.approx(value, rel=1e-12)
    slope = tangent(function(Dual(0, constant(x), np.ones((1, 1, 1)))), 0)
    difference = [plain(function(constant(x + h))).item() for h in (1e-5, -1e-5)]
    assert (0.0 if slope is None else slope.item()) == pytest.approx(
        (difference[0] - difference[1]) / 2e-5, rel=1e-6, abs=1e-8
    )


def test_outside_its_domain_a_function_is_nan_in_both_arithmetics():
    with np.errstate(all="ignore"):
        assert np.isnan(plain(FUNCTIONS["log"](constant(-1.0))).item())
    exact = FUNCTIONS["log"](np.full((1, 1, 1), mpmath.mpf(-1), dtype=object))
    assert mpmath.isnan(exact.item())


def test_a_constant_exponent_allows_a_negative_base():
    assert power(constant(-2.0), constant(3.0)).item() == -8
    moving = power(Dual(0, constant(-2.0), np.ones((1, 1, 1))), constant(3.0))
    assert tangent(moving, 0).item() == 12


def test_a_moving_exponent_moves_by_the_logarithm():
    moving = power(constant(2.0), Dual(0, constant(3.0), np.ones((1, 1, 1))))
    assert tangent(moving, 0).item() == pytest.approx(8 * np.log(2))


def test_an_unknown_name_is_no_function():
    assert elementwise("frobnicate") is None


def test_a_power_in_many_digits_to_a_large_whole_number():
    base, exponent = (np.array([mpmath.mpf(x)], dtype=object) for x in ("0.999999", "1e300"))
    assert power(base, exponent)[0] < mpmath.mpf("1e-1000")
    half = power(np.array([mpmath.mpf("0.5")], dtype=object), np.array([mpmath.mpf(2_000_000)], dtype=object))
    assert mpmath.almosteq(half[0], mpmath.mpf(2) ** -2_000_000, 1e-12)
