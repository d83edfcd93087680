"""Numerical checks of gradients and Hessian-vector products.

Two tests, both in float64. Along random directions v, the odd part of the Taylor remainder

    r(h) = ½(f(x + hv) − f(x − hv)) − h⟨g, v⟩

decreases like h³ if g is the gradient and like h if it is not: the slope of log r against log h tells them apart.
Single coordinates are compared with a central difference extrapolated to h → 0 (Ridders' method), which comes with an
error estimate. The rounding noise of f is measured first, so that noise is never mistaken for an error.

Sources: C. J. F. Ridders, Advances in Engineering Software 4 (1982) 75-76; J. J. Moré and S. M. Wild, SIAM Journal on
Scientific Computing 33 (2011) 1292-1314 (the noise).
"""

from pminusy.gradcheck.checks import assert_gradient, check_gradient, check_hvp
from pminusy.gradcheck.verdict import GradientCheck

__all__ = ["GradientCheck", "assert_gradient", "check_gradient", "check_hvp"]
