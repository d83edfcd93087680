"""e^x and e^x − 1 for x ≤ 0, and log x for x ≥ 1, written so that a loop over them becomes vector instructions.

``exp_lifted(x)`` is 2^LIFT · e^x. A softmax divides the lift out again when it normalises; until then every value down
to the smallest that e^x can take in its dtype is a normal number, so nothing is flushed and nothing is slow.

With x = q·ln 2 + r, q an integer and |r| ≤ ½ ln 2:  e^x = 2^q · e^r. Adding 1.5·2^23 (1.5·2^52 in float64) to x·log₂e
rounds it to an integer and leaves q in the low bits of the sum, from where a shift moves it into the exponent. e^r is a
minimax polynomial. The error is below 1 ulp in float32 and 2 ulp in float64; the tests measure both.

    expm1: e^x − 1 = 2^q·(e^r − 1) + (2^q − 1), where the polynomial gives e^r − 1 itself; within 2 ulp.

    log: x = 2^n·m with m in [√½, √2), s = (m − 1)/(m + 1):   log x = n·ln 2 + 2·artanh(s),
    artanh(s)/s = 1 + s²/3 + s⁴/5 + …, by a polynomial in s²; within 2 ulp.

Derivation: docs/derivations/numerics.md. Source: W. J. Cody and W. Waite, Software Manual for the Elementary
Functions, Prentice-Hall, 1980, chapters 5 and 6.
"""

from __future__ import annotations

import numpy as np

from pminusy.kernels.machine.compiler import ir, types
from pminusy.kernels.machine.functions import Helper, Primitive, by_dtype

LIFT = {np.dtype(np.float32): 25, np.dtype(np.float64): 54}

_F = np.float32
_UNLIFT_32, _UNLIFT_64 = (real(2.0 ** -LIFT[np.dtype(real)]) for real in (np.float32, np.float64))
_MINUS_ONE_BELOW_32, _MINUS_ONE_BELOW_64 = _F(-18.0), -38.0
_ZERO_BELOW_32, _LOG2E_32, _ROUND_32 = _F(-104.0), _F(1.44269504), _F(1.5 * 2**23)
_LN2_HIGH_32, _LN2_LOW_32 = _F(0.693359375), _F(-2.12194440e-4)
_C0_32, _C2_32, _C3_32 = _F(1.0), _F(0.49999994), _F(0.1666652)
_C4_32, _C5_32, _C6_32 = _F(0.041668396), _F(0.008368797), _F(0.0013814433)

_ZERO_BELOW_64, _LOG2E_64, _ROUND_64 = -745.2, 1.4426950408889634, 1.5 * 2.0**52
_LN2_HIGH_64, _LN2_LOW_64 = 0.69314718036912382, 1.9082149292705877e-10


def _power_of_two(int_bits, fraction_bits, bias):
    @Primitive
    def power_of_two(typingctx, rounded):
        """2^(q + lift), for q in the low bits of `rounded`."""

        def build(context, builder, signature, arguments):
            word = ir.IntType(int_bits)
            bits = builder.bitcast(arguments[0], word)
            exponent = builder.shl(bits, ir.Constant(word, fraction_bits))
            biased = builder.add(exponent, ir.Constant(word, bias << fraction_bits))
            return builder.bitcast(biased, arguments[0].type)

        return rounded(rounded), build

    return power_of_two


_power_of_two_32 = _power_of_two(32, 23, 127 + LIFT[np.dtype(np.float32)])
_power_of_two_64 = _power_of_two(64, 52, 1023 + LIFT[np.dtype(np.float64)])


@Helper
def _parts_32(x):
    """e^r − 1 and 2^(q + LIFT)."""
    rounded = x * _LOG2E_32 + _ROUND_32
    q = rounded - _ROUND_32
    r = x - q * _LN2_HIGH_32
    r = r - q * _LN2_LOW_32
    p = ((((_C6_32 * r + _C5_32) * r + _C4_32) * r + _C3_32) * r + _C2_32) * r + _C0_32
    return p * r, _power_of_two_32(rounded)


@Helper
def _parts_64(x):
    rounded = x * _LOG2E_64 + _ROUND_64
    q = rounded - _ROUND_64
    r = x - q * _LN2_HIGH_64
    r = r - q * _LN2_LOW_64
    p = 2.5101346928350340e-08 * r + 2.7621338669142924e-07
    p = p * r + 2.7557266418612632e-06
    p = p * r + 2.4801518641395994e-05
    p = p * r + 1.9841269864380514e-04
    p = p * r + 1.3888888918939168e-03
    p = p * r + 8.3333333333297935e-03
    p = p * r + 4.1666666666620639e-02
    p = p * r + 1.6666666666666668e-01
    p = p * r + 0.5
    p = p * r + 1.0
    return p * r, _power_of_two_64(rounded)


def _exp_lifted_32(x):
    rest, power = _parts_32(x)
    y = (rest + _C0_32) * power
    return _F(0.0) if x < _ZERO_BELOW_32 else y  # NaN is not below anything, and stays


def _exp_lifted_64(x):
    rest, power = _parts_64(x)
    y = (rest + 1.0) * power
    return 0.0 if x < _ZERO_BELOW_64 else y


@by_dtype(_exp_lifted_32, _exp_lifted_64)
def exp_lifted(x):
    """2^LIFT · e^x for x ≤ 0; 0 where e^x rounds to 0, NaN for NaN."""
    return np.exp(x) * np.asarray(x).dtype.type(2.0 ** LIFT[np.asarray(x).dtype])


def _expm1_32(x):
    rest, lifted = _parts_32(x)
    power = lifted * _UNLIFT_32
    y = rest * power + (power - _C0_32)
    return -_C0_32 if x < _MINUS_ONE_BELOW_32 else y


def _expm1_64(x):
    rest, lifted = _parts_64(x)
    power = lifted * _UNLIFT_64
    y = rest * power + (power - 1.0)
    return -1.0 if x < _MINUS_ONE_BELOW_64 else y


@by_dtype(_expm1_32, _expm1_64)
def expm1(x):
    """e^x − 1 for x ≤ 0, accurate near 0 too; NaN for NaN."""
    return np.expm1(x)


def _mantissa_and_exponent(int_bits, fraction_bits, sqrt_half):
    @Primitive
    def mantissa_and_exponent(typingctx, x):
        """(m, n) with x = 2^n·m and m in [√½, √2), both in the type of x."""
        signature = types.UniTuple(x, 2)(x)

        def build(context, builder, signature, arguments):
            word = ir.IntType(int_bits)
            bits = builder.bitcast(arguments[0], word)
            n = builder.ashr(
                builder.sub(bits, ir.Constant(word, sqrt_half)), ir.Constant(word, fraction_bits)
            )
            m = builder.sub(bits, builder.shl(n, ir.Constant(word, fraction_bits)))
            parts = [builder.bitcast(m, arguments[0].type), builder.sitofp(n, arguments[0].type)]
            return context.make_tuple(builder, signature.return_type, parts)

        return signature, build

    return mantissa_and_exponent


_split_32 = _mantissa_and_exponent(32, 23, int(np.sqrt(_F(0.5)).view(np.int32)))
_split_64 = _mantissa_and_exponent(64, 52, int(np.sqrt(0.5).view(np.int64)))


def _log_32(x):
    m, n = _split_32(x)
    s = (m - _F(1)) / (m + _F(1))
    z = s * s
    r = ((_F(1 / 9) * z + _F(1 / 7)) * z + _F(1 / 5)) * z + _F(1 / 3)
    s += s
    y = s + (s * (z * r) + n * _LN2_LOW_32) + n * _LN2_HIGH_32
    return y if x > _F(0) else _F(np.nan)


def _log_64(x):
    m, n = _split_64(x)
    s = (m - 1.0) / (m + 1.0)
    z = s * s
    r = 0.073096717267563075 * z + 0.076657436179328666
    r = r * z + 0.090914480917415433
    r = r * z + 0.11111105518908294
    r = r * z + 0.14285714313285101
    r = r * z + 0.19999999999949096
    r = r * z + 0.33333333333333349
    s += s
    y = s + (s * (z * r) + n * _LN2_LOW_64) + n * _LN2_HIGH_64
    return y if x > 0.0 else np.nan


@by_dtype(_log_32, _log_64)
def log(x):
    """Log of x ≥ 1, in the dtype of x; NaN for NaN and for anything not positive."""
    return np.log(x)
