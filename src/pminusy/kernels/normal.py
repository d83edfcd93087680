"""The standard normal distribution: Φ(x) and φ(x), written so that a loop over them becomes vector instructions.

    φ(x) = e^(−x²/2)/√(2π)        Φ(−a) = φ(a)·R(a) for a ≥ 0,  Φ(a) = 1 − Φ(−a),  erf(x) = 2 Φ(√2 x) − 1

R, Mills' ratio, falls smoothly from √(π/2) like 1/a. So R(a)/√(2π)·(a + k) is a polynomial in u = (a − k)/(a + k),
which runs from −1 to 1: one exponential, one division, and digits that stay right where Φ is tiny. The polynomials take
the right values at Chebyshev's nodes, by arithmetic of 50 digits, for a up to where Φ(−a) rounds to 0; they are off by
1.3e-8 and 1.2e-17, relatively. The rounding of x² adds x²/4 ulp to that of the other steps, which stays below 4 ulp.

Source: for polynomials in (a − k)/(a + k), J. L. Schonfelder, Mathematics of Computation 32 (1978) 1232-1240.
"""

from __future__ import annotations

import math

import numpy as np

from pminusy.kernels.exp import LIFT, exp_lifted
from pminusy.kernels.machine.functions import by_dtype

_F = np.float32
_DENSITY = 1 / math.sqrt(2 * math.pi)

_HALF_32, _ONE_32, _ZERO_32, _K_32, _LOWEST_32 = _F(0.5), _F(1), _F(0), _F(4), _F(-14.5)
_UNLIFT_32 = _F(2.0 ** -LIFT[np.dtype(_F)])
_DENSITY_32 = _F(_DENSITY)
_C0_32, _C1_32, _C2_32, _C3_32 = _F(0.755285144), _F(-0.607896626), _F(0.387136668), _F(-0.186523005)
_C4_32, _C5_32, _C6_32 = _F(0.0604064688), _F(-0.00752721308), _F(-0.00352357398)
_C7_32, _C8_32, _C9_32 = _F(0.0015693137), _F(0.000194801847), _F(-0.000122983154)

_K_64, _LOWEST_64 = 5.0, -39.0
_UNLIFT_64 = 2.0 ** -LIFT[np.dtype(np.float64)]


def _normal_32(x):
    a = x if x < _ZERO_32 else -x
    a = _LOWEST_32 if a < _LOWEST_32 else a  # NaN is not below anything, and stays
    power = exp_lifted(-_HALF_32 * a * a) * _UNLIFT_32
    share = _ONE_32 / (_K_32 - a)
    u = (-a - _K_32) * share
    p = (((_C9_32 * u + _C8_32) * u + _C7_32) * u + _C6_32) * u + _C5_32
    p = ((((p * u + _C4_32) * u + _C3_32) * u + _C2_32) * u + _C1_32) * u + _C0_32
    tail = power * (p * share)
    return tail if x < _ZERO_32 else _ONE_32 - tail, power * _DENSITY_32


def _normal_64(x):
    a = x if x < 0.0 else -x
    a = _LOWEST_64 if a < _LOWEST_64 else a
    power = exp_lifted(-0.5 * a * a) * _UNLIFT_64
    share = 1.0 / (_K_64 - a)
    u = (-a - _K_64) * share
    p = -1.5877468827473365e-10 * u + 1.753048401408232e-09
    p = p * u + 7.66307180076004e-09
    p = p * u - 9.31356099432606e-09
    p = p * u - 6.594221662477223e-08
    p = p * u + 4.2274993740065346e-08
    p = p * u + 4.331410356862585e-07
    p = p * u - 3.366153681012471e-07
    p = p * u - 2.76926709599743e-06
    p = p * u + 3.9809021578680414e-06
    p = p * u + 1.6681213742042063e-05
    p = p * u - 4.97628142705858e-05
    p = p * u - 5.937572800991586e-05
    p = p * u + 0.0005448990647731298
    p = p * u - 0.0007978693984660701
    p = p * u - 0.0029933767705085422
    p = p * u + 0.020795066799883178
    p = p * u - 0.06911863870631016
    p = p * u + 0.1650203661703847
    p = p * u - 0.31353315667130455
    p = p * u + 0.4953056159699764
    p = p * u - 0.6653825028900567
    p = p * u + 0.769193049750063
    tail = power * (p * share)
    return tail if x < 0.0 else 1.0 - tail, power * _DENSITY


@by_dtype(_normal_32, _normal_64)
def normal(x):
    """(Φ(x), φ(x)) of a number; NaN for NaN. Compiled, both are in the dtype of x."""
    return math.erfc(-x / math.sqrt(2)) / 2, math.exp(-x * x / 2) * _DENSITY
