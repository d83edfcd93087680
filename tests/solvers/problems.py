"""Small convex functions f(x) = h(B(x − m)) + ½⟨x, r∘x⟩ + 1 for the solvers: their derivatives are a line each.

And the solvers, given what they need of such a function's second derivatives; they start from zero.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.special import expit, logsumexp, softmax

from pminusy.solvers.lbfgs import minimize_lbfgs
from pminusy.solvers.newton import minimize_newton
from pminusy.solvers.newton_cg import minimize_newton_cg
from pminusy.solvers.result import Solution

Array = NDArray[Any]
Outer = Callable[[Array], tuple[float, Array, Array]]  # z ↦ h, ∇h, ∇²h


def half_square(z: Array) -> tuple[float, Array, Array]:
    return 0.5 * float(z @ z), z, np.eye(len(z), dtype=z.dtype)


def softplus_mean(z: Array) -> tuple[float, Array, Array]:
    p = expit(z)
    return float(np.logaddexp(0, z).mean()), p / len(z), np.diag(p * (1 - p)) / len(z)


def log_sum_exp(z: Array) -> tuple[float, Array, Array]:
    p = softmax(z)
    return float(logsumexp(z)), p, np.diag(p) - np.outer(p, p)


@dataclass
class Convex:
    """An objective that every solver can take; its preconditioner is the inverse of the Hessian's diagonal."""

    h: Outer
    B: Array
    m: Array
    r: Array
    dtype: np.dtype[Any] = field(default_factory=lambda: np.dtype(np.float64))
    total_scale: float = 10.0
    negligible: float = 0.0
    offset: float = 1.0
    passes: int = 0
    at: Array = field(default_factory=lambda: np.empty(0))

    def value_and_gradient(self, parameters: Array, gradient: Array) -> float:
        self.passes, self.at = self.passes + 1, parameters.copy()
        value, slopes, _ = self.h(self.B @ (parameters - self.m))
        gradient[:] = self.B.T @ slopes + self.r * parameters
        return float(self.dtype.type(value + 0.5 * parameters @ (self.r * parameters) + self.offset))

    def gradient_norm(self, gradient: Array) -> float:
        return float(np.abs(gradient).max())

    def hessian_product(self, direction: Array, product: Array) -> None:
        self.passes += 1
        product[:] = self.hessian() @ direction

    def preconditioner(self) -> Callable[..., Array]:
        diagonal = self.hessian().diagonal()
        return lambda residual, out=None: np.divide(residual, diagonal, out=out)

    def hessian(self) -> Array:
        H = self.B.T @ self.h(self.B @ (self.at - self.m))[2] @ self.B + np.diag(self.r)
        return H.astype(self.dtype)

    def in_float32(self) -> Convex:
        B, m, r = (array.astype(np.float32) for array in (self.B, self.m, self.r))
        return replace(self, B=B, m=m, r=r, dtype=np.dtype(np.float32))

    def value(self, parameters: Array) -> float:
        return replace(self).value_and_gradient(parameters, np.empty_like(parameters))

    def gradient(self, parameters: Array) -> Array:
        gradient = np.empty_like(parameters)
        replace(self).value_and_gradient(parameters, gradient)
        return gradient

    @property
    def zeros(self) -> Array:
        return np.zeros(len(self.m), self.dtype)


def quadratic(condition: float, size: int = 10) -> Convex:
    """½‖B(x − m)‖² + 1 with eigenvalues from 1 down to 1 / condition, along no axis; its minimum is 1, at m."""
    rng = np.random.default_rng(size)
    rotation = np.linalg.qr(rng.standard_normal((size, size)))[0]
    roots = np.geomspace(1, condition**-0.5, size)
    return Convex(half_square, roots[:, None] * rotation, rng.standard_normal(size), np.zeros(size))


def smooth(h: Outer, spread: float = 1.0, size: int = 8) -> Convex:
    """A function with curvature that varies, of columns whose sizes differ by `spread`, and a small ridge."""
    rng = np.random.default_rng(1)
    B = rng.standard_normal((60, size)) * np.geomspace(1, spread, size)
    return Convex(h, B, rng.standard_normal(size) / np.geomspace(1, spread, size), np.full(size, 1e-3))


def newton(objective: Convex, start: Array | None = None, **options: Any) -> Solution:
    at = objective.zeros if start is None else start
    return minimize_newton(objective, at, hessian=objective.hessian, **options)


def newton_cg(objective: Convex, start: Array | None = None, **options: Any) -> Solution:
    at = objective.zeros if start is None else start
    return minimize_newton_cg(objective, at, preconditioner=objective.preconditioner, **options)


def lbfgs(objective: Convex, start: Array | None = None, **options: Any) -> Solution:
    at = objective.zeros if start is None else start
    return minimize_lbfgs(objective, at, preconditioner=objective.preconditioner, **options)
