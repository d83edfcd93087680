"""Dual numbers against complex steps: every function's derivative, products, nested derivatives, matrices."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.testing import assert_allclose

from pminusy.proofread.checking import algebra
from pminusy.proofread.checking.dual import Dual, Value, add, divide, multiply, plain, tangent
from pminusy.proofread.checking.functions import COMPOSITE, FUNCTIONS, constant, power

STEP = 1e-20
ENTIRE = ("exp", "log", "sin", "cos", "tanh", "sinh", "cosh", "arctan", "sqrt", "arcsin", "arctanh")


def moving(x: float, tag: int = 0) -> Dual:
    return Dual(tag, constant(x), constant(1))


def slope(value: Value, tag: int = 0) -> float:
    found = tangent(value, tag)
    return 0.0 if found is None else float(plain(found).item())


@pytest.mark.parametrize("name", ENTIRE)
@given(x=st.floats(0.05, 0.95))
def test_derivative_against_a_complex_step(name: str, x: float) -> None:
    by_step = FUNCTIONS[name].fast(np.array(x + 1j * STEP)).imag / STEP
    assert_allclose(slope(FUNCTIONS[name](moving(x))), by_step, rtol=1e-12)


@pytest.mark.parametrize(
    "name", sorted(COMPOSITE.keys() | FUNCTIONS.keys() - set(ENTIRE) - {"trigamma", "sign"})
)
def test_derivative_against_differences(name: str) -> None:
    function = FUNCTIONS.get(name) or COMPOSITE[name]
    x, h = 0.37, 1e-5
    difference = (function(constant(x + h)) - function(constant(x - h))) / (2 * h)  # type: ignore[operator]
    assert_allclose(slope(function(moving(x))), difference.item(), rtol=1e-7)


@given(x=st.floats(0.2, 3), p=st.integers(-4, 4))
def test_power_of_a_negative_number(x: float, p: int) -> None:
    assert_allclose(slope(power(moving(-x), constant(p))), p * (-x) ** (p - 1), rtol=1e-12)


def test_second_derivative_by_nesting() -> None:
    x = 0.7
    twice = FUNCTIONS["exp"](multiply(Dual(1, moving(x), constant(1)), Dual(1, moving(x), constant(1))))
    first = tangent(twice, 1)
    assert first is not None
    assert_allclose(slope(first), (2 + 4 * x * x) * math.exp(x * x), rtol=1e-13)


def test_quotient_rule() -> None:
    x = moving(1.3)
    assert_allclose(
        slope(divide(x, add(constant(1), multiply(x, x)))), (1 - 1.69) / (1 + 1.69) ** 2, rtol=1e-13
    )


@pytest.mark.parametrize("operation", [algebra.determinant, algebra.inverse])
def test_matrix_functions(operation: object) -> None:
    rng = np.random.default_rng(0)
    matrix, direction = rng.normal(size=(2, 1, 3, 3))
    h = 1e-6
    assert callable(operation)
    difference = (operation(matrix + h * direction) - operation(matrix - h * direction)) / (2 * h)
    assert_allclose(plain(operation(Dual(0, matrix, direction)).tangent), difference, rtol=1e-5)
