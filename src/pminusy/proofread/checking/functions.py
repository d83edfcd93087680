r"""The functions known by name, each beside its derivative; in float64, complex or mpmath arithmetic."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import mpmath
import numpy as np

from pminusy.proofread.checking.dual import (
    Array,
    Dual,
    Value,
    add,
    chained,
    divide,
    linear,
    multiply,
    negative,
    plain,
    reciprocal,
    square,
    subtract,
    where,
)

_ONE = np.ones((1, 1, 1))


def constant(value: float) -> Array:
    """A number as a value of the evaluator."""
    return np.full((1, 1, 1), float(value))


@dataclass(frozen=True)
class Function:
    """A function of one number: in float64, in mpmath, and its derivative in terms of both."""

    fast: Callable[[Array], Array]
    exact: Callable[[Any], Any]
    slope: Callable[[Value], Value]

    def __call__(self, x: Value) -> Value:
        """f(x), moving as x moves."""
        return chained(self._primal, self.slope, x)

    def _primal(self, x: Array) -> Array:
        if x.dtype == object:
            return _elementwise(self.exact, x)
        return self.fast(x)


def _elementwise(function: Callable[[Any], Any], x: Array) -> Array:
    def guarded(entry: Any) -> Any:
        try:
            value = function(mpmath.mpf(entry))
        except (ValueError, ZeroDivisionError, OverflowError, mpmath.NoConvergence):
            return mpmath.nan
        return mpmath.nan if isinstance(value, mpmath.mpc) else value

    return np.frompyfunc(guarded, 1, 1)(x)


def _scalar(function: Callable[[float], float]) -> Callable[[Array], Array]:
    def guarded(entry: float) -> float:
        try:
            return function(entry)
        except (ValueError, OverflowError):
            return math.nan

    return np.vectorize(guarded, otypes=[float])


def exp(x: Value) -> Value:
    """e^x."""
    return FUNCTIONS["exp"](x)


def log(x: Value) -> Value:
    """The natural logarithm."""
    return FUNCTIONS["log"](x)


def sigmoid(x: Value) -> Value:
    """1/(1 + e^−x)."""
    return reciprocal(add(_ONE, exp(negative(x))))


def tanh(x: Value) -> Value:
    """Hyperbolic tangent."""
    return FUNCTIONS["tanh"](x)


def power(base: Value, exponent: Value) -> Value:
    """base^exponent; a constant exponent allows a negative base."""
    if isinstance(exponent, Dual):
        if not isinstance(base, Dual) and np.all(plain(base) == math.e):
            return exp(exponent)
        return exp(multiply(exponent, log(base)))
    return chained(
        lambda x: _power(x, exponent),
        lambda x: multiply(exponent, power(x, exponent - 1)),
        base,
    )


def _power(base: Array, exponent: Array) -> Array:
    if base.dtype == object or exponent.dtype == object:
        return np.frompyfunc(_exact_power, 2, 1)(base, exponent)
    return np.power(base, exponent)


_LARGE_EXPONENT = 1e6


def _exact_power(base: Any, exponent: Any) -> Any:
    base, exponent = mpmath.mpf(base), mpmath.mpf(exponent)
    try:
        if (
            base > 0 and abs(exponent) > _LARGE_EXPONENT
        ):  # which mpmath squares its way to where it is an integer
            return mpmath.exp(exponent * mpmath.log(base))
        value = base**exponent
    except (ValueError, ZeroDivisionError, OverflowError):
        return mpmath.nan
    return mpmath.nan if isinstance(value, mpmath.mpc) else value


def _step(x: Value) -> Value:
    return _positive(plain(x)).astype(float)


def _positive(x: Array) -> Array:
    return np.asarray(x > 0)


def _zero(x: Value) -> Value:
    return np.zeros_like(plain(x), dtype=float)


def _trigamma_free(x: Value) -> Value:
    return FUNCTIONS["digamma"](x)


def relu(x: Value) -> Value:
    """max(0, x)."""
    return where(_positive(plain(x)), x, constant(0))


def softplus(x: Value) -> Value:
    """log(1 + e^x)."""
    return log(add(_ONE, exp(x)))


def silu(x: Value) -> Value:
    """x·sigmoid(x)."""
    return multiply(x, sigmoid(x))


def gelu(x: Value) -> Value:
    """x·Φ(x)."""
    inner = add(_ONE, FUNCTIONS["erf"](multiply(x, constant(math.sqrt(0.5)))))
    return multiply(multiply(constant(0.5), x), inner)


def double_factorial(x: Value) -> Value:
    """x!! = 2^(x/2) Γ(x/2 + 1) (2/π)^(sin²(πx/2)/2), for integers x(x − 2)(x − 4)…."""
    half = multiply(constant(0.5), x)
    odd = square(FUNCTIONS["sin"](multiply(constant(math.pi), half)))
    powers = add(multiply(constant(math.log(2)), half), multiply(constant(math.log(2 / math.pi) / 2), odd))
    return multiply(exp(powers), FUNCTIONS["gamma"](add(half, _ONE)))


def _gaussian(x: Value) -> Value:
    return multiply(constant(2 / math.sqrt(math.pi)), exp(negative(square(x))))


FUNCTIONS: dict[str, Function] = {
    "exp": Function(np.exp, mpmath.exp, lambda x: FUNCTIONS["exp"](x)),
    "log": Function(np.log, mpmath.log, reciprocal),
    "sin": Function(np.sin, mpmath.sin, lambda x: FUNCTIONS["cos"](x)),
    "cos": Function(np.cos, mpmath.cos, lambda x: negative(FUNCTIONS["sin"](x))),
    "tanh": Function(np.tanh, mpmath.tanh, lambda x: subtract(_ONE, square(FUNCTIONS["tanh"](x)))),
    "sinh": Function(np.sinh, mpmath.sinh, lambda x: FUNCTIONS["cosh"](x)),
    "cosh": Function(np.cosh, mpmath.cosh, lambda x: FUNCTIONS["sinh"](x)),
    "arctan": Function(np.arctan, mpmath.atan, lambda x: reciprocal(add(_ONE, square(x)))),
    "arcsin": Function(
        np.arcsin, mpmath.asin, lambda x: reciprocal(FUNCTIONS["sqrt"](subtract(_ONE, square(x))))
    ),
    "arccos": Function(
        np.arccos, mpmath.acos, lambda x: negative(reciprocal(FUNCTIONS["sqrt"](subtract(_ONE, square(x)))))
    ),
    "arctanh": Function(np.arctanh, mpmath.atanh, lambda x: reciprocal(subtract(_ONE, square(x)))),
    "sqrt": Function(np.sqrt, mpmath.sqrt, lambda x: divide(constant(0.5), FUNCTIONS["sqrt"](x))),
    "erf": Function(_scalar(math.erf), mpmath.erf, _gaussian),
    "abs": Function(np.abs, abs, lambda x: FUNCTIONS["sign"](x)),
    "sign": Function(np.sign, mpmath.sign, _zero),
    "lgamma": Function(_scalar(math.lgamma), mpmath.loggamma, _trigamma_free),
    "gamma": Function(
        _scalar(math.gamma), mpmath.gamma, lambda x: multiply(FUNCTIONS["gamma"](x), FUNCTIONS["digamma"](x))
    ),
    "digamma": Function(
        _scalar(lambda x: float(mpmath.digamma(x))), mpmath.digamma, lambda x: FUNCTIONS["trigamma"](x)
    ),
    "trigamma": Function(
        _scalar(lambda x: float(mpmath.polygamma(1, x))), lambda x: mpmath.polygamma(1, x), lambda x: _zero(x)
    ),
}

COMPOSITE: dict[str, Callable[[Value], Value]] = {
    "ln": log,
    "sigmoid": sigmoid,
    "relu": relu,
    "softplus": softplus,
    "swish": silu,
    "silu": silu,
    "gelu": gelu,
    "mish": lambda x: multiply(x, tanh(softplus(x))),
    "elu": lambda x: where(_positive(plain(x)), x, subtract(exp(x), _ONE)),
    "logit": lambda x: subtract(log(x), log(subtract(_ONE, x))),
    "tan": lambda x: divide(FUNCTIONS["sin"](x), FUNCTIONS["cos"](x)),
    "sec": lambda x: reciprocal(FUNCTIONS["cos"](x)),
    "sech": lambda x: reciprocal(FUNCTIONS["cosh"](x)),
    "csch": lambda x: reciprocal(FUNCTIONS["sinh"](x)),
    "csc": lambda x: reciprocal(FUNCTIONS["sin"](x)),
    "cot": lambda x: divide(FUNCTIONS["cos"](x), FUNCTIONS["sin"](x)),
    "coth": lambda x: reciprocal(tanh(x)),
    "sgn": lambda x: FUNCTIONS["sign"](x),
    "sinc": lambda x: divide(FUNCTIONS["sin"](x), x),
    "Re": lambda x: linear(np.real, x),
    "Im": lambda x: linear(np.imag, x),
    "erfc": lambda x: subtract(_ONE, FUNCTIONS["erf"](x)),
    "density": lambda x: multiply(
        constant(1 / math.sqrt(2 * math.pi)), exp(multiply(constant(-0.5), square(x)))
    ),
    r"\Phi": lambda x: multiply(
        constant(0.5), add(_ONE, FUNCTIONS["erf"](multiply(x, constant(math.sqrt(0.5)))))
    ),
    r"\Gamma": lambda x: FUNCTIONS["gamma"](x),
    "!": lambda x: FUNCTIONS["gamma"](add(x, _ONE)),
    "!!": lambda x: double_factorial(x),
}


def elementwise(name: str) -> Callable[[Value], Value] | None:
    """The function of one number that goes by a name; None if it is none."""
    return FUNCTIONS.get(name) or COMPOSITE.get(name)
