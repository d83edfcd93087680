"""The claims of a fitted `SoftmaxRegression`, held against an evaluation of its own in extended precision.

Conventions
-----------
The objective is C Σ_i L_i + ½‖W‖², or Σ_i L_i for infinite C; its gradient is compared in the units of `tol`, those of
the mean loss. Rounding is allowed for where float64 itself cannot say more: a logit of large terms is uncertain by
their size times 2⁻⁵².
"""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import linprog
from sklearn.exceptions import ConvergenceWarning
from threadpoolctl import threadpool_limits

from benchmarks.exam.problems import Problem
from pminusy import SoftmaxRegression

Array = NDArray[Any]

_LONG = np.longdouble
_EPS = float(np.finfo(np.float64).eps)
_SLACK = 32  # roundings
_FAR = 1e-3  # of the objective; or `tol`, where that is more
_BLURRED, _LIGHT = 1e-7, 1e-6
_VISIBLE = 1e-10  # beside the terms that a margin is summed of


@dataclass(frozen=True)
class Exact:
    """The objective at some coefficients: value, largest component of the mean's gradient, and what rounding hides."""

    value: Any
    gradient_norm: float
    value_noise: float
    gradient_noise: float


class Objective:
    """The problem's objective, evaluated in extended precision."""

    def __init__(self, problem: Problem) -> None:
        options = problem.options
        self.X = problem.dense().astype(_LONG)
        n_rows, n_classes = len(self.X), problem.n_classes
        smoothing = _LONG(options["label_smoothing"])
        weight = np.ones(n_rows) if problem.sample_weight is None else problem.sample_weight
        class_weight = np.ones(n_classes)
        for k, value in (options["class_weight"] or {}).items():
            class_weight[k] = value
        Y = problem.mass().astype(_LONG) * (1 - smoothing) + smoothing / n_classes
        self.Y = Y * class_weight.astype(_LONG) * weight.astype(_LONG)[:, None]
        of_rows = class_weight[problem.targets] if problem.targets.ndim == 1 else 1.0
        self.total = float((weight * of_rows).sum())
        self.C, self.fit_intercept = options["C"], options["fit_intercept"]
        self.counted = self.Y.sum(axis=1) > 0
        self.n_classes = n_classes
        self.X[~self.counted] = 0

    @property
    def scale(self) -> float:
        """What a row's loss is multiplied with."""
        return 1.0 if np.isinf(self.C) else self.C

    @property
    def strength(self) -> float:
        """What ½‖W‖² is multiplied with."""
        return 0.0 if np.isinf(self.C) else 1.0

    def at(self, W: Array, b: Array) -> Exact:
        """Evaluate at coefficients (F, D) and intercepts (F,)."""
        W, b = W.astype(_LONG), b.astype(_LONG)
        value, dZ = self.loss(self.X @ W.T + b)
        value = self.scale * value + self.strength * (W**2).sum() / 2
        mean = _LONG(self.total)
        dW = dZ.T @ self.X / mean + (W * self.strength / (self.scale * mean))
        db = dZ.sum(axis=0) / mean * self.fit_intercept
        norm = max(float(np.abs(dW).max(initial=0)), float(np.abs(db).max(initial=0)))
        terms = np.abs(self.X) @ np.abs(W).max(axis=0) + np.abs(b).max(initial=0) + 1
        weighted = self.Y.sum(axis=1) * terms
        columns = np.append(np.abs(self.X).T @ weighted, weighted.sum())
        noise = _SLACK * _EPS * (self.scale * float(weighted.sum()) + float(value))
        return Exact(value, norm, noise, _SLACK * _EPS * float(columns.max() / mean))

    def loss(self, Z: Array) -> tuple[Any, Array]:
        """Σ L and dZ for the free classes."""
        n_held = self.n_classes - Z.shape[1]
        Z = np.concatenate([np.zeros((len(Z), n_held), _LONG), Z], axis=1)
        top = Z.max(axis=1, keepdims=True)
        lse = np.log(np.exp(Z - top).sum(axis=1, keepdims=True)) + top
        s = self.Y.sum(axis=1, keepdims=True)
        return (s * lse).sum() - (self.Y * Z).sum(), (s * np.exp(Z - lse) - self.Y)[:, n_held:]

    def lowest(self, start: tuple[Array, Array]) -> Any:
        """The lowest value that Newton's method finds from a start, on columns of length 1."""
        W, b = (part.astype(np.float64) for part in start)
        X = self.X.astype(np.float64)
        centre = X[self.counted].mean(axis=0) if self.fit_intercept else np.zeros(X.shape[1])
        X = np.where(self.counted[:, None], X - centre, 0.0)
        lengths = np.sqrt((X**2).mean(axis=0))
        lengths[lengths == 0] = 1.0
        A = np.concatenate([X / lengths, np.full((len(X), 1), float(self.fit_intercept))], axis=1)
        ridge = np.append(self.strength / lengths**2, 0.0)
        theta = np.concatenate([W * lengths, (b + W @ centre)[:, None]], axis=1)
        best, Y = np.inf, self.Y.astype(np.float64)
        for _ in range(60):
            value, gradient, hessian = self._quadratic(A, Y, ridge, theta)
            if not value < best:
                break
            best = value
            roots = np.sqrt(hessian.diagonal() + (hessian.diagonal() == 0))
            scaled = hessian / roots / roots[:, None] + 1e-13 * np.eye(len(roots))
            try:
                step = np.linalg.lstsq(scaled, gradient.ravel() / roots, rcond=1e-15)[0]
            except np.linalg.LinAlgError:
                break
            step = -(step / roots).reshape(theta.shape)
            length = 1.0
            while length > 1e-6 and not self._quadratic(A, Y, ridge, theta + length * step)[0] < value:
                length /= 4
            theta = theta + length * step
        W = theta[:, :-1] / lengths
        b = (theta[:, -1] - W @ centre) * self.fit_intercept
        return self.at(W, b).value

    def _quadratic(self, A: Array, Y: Array, ridge: Array, theta: Array) -> tuple[float, Array, Array]:
        n_held, F = self.n_classes - len(theta), len(theta)
        Z = np.concatenate([np.zeros((len(A), n_held)), A @ theta.T], axis=1)
        top = Z.max(axis=1, keepdims=True)
        lse = np.log(np.exp(Z - top).sum(axis=1, keepdims=True)) + top
        s, P = Y.sum(axis=1), np.exp(Z - lse)
        value = self.scale * float(s @ lse[:, 0] - (Y * Z).sum()) + float((ridge * theta**2).sum()) / 2
        P = P[:, n_held:]
        gradient = self.scale * (s[:, None] * P - Y[:, n_held:]).T @ A + ridge * theta
        hessian = np.zeros((F, A.shape[1], F, A.shape[1]))
        for k in range(F):
            for j in range(F):
                weight = s * P[:, k] * ((k == j) - P[:, j])
                hessian[k, :, j, :] = self.scale * A.T @ (A * weight[:, None])
            hessian[k, :, k, :] += np.diag(ridge)
        size = F * A.shape[1]
        return value, gradient, hessian.reshape(size, size)


@dataclass(frozen=True)
class Examined:
    """Of each claim that does not hold, what was claimed and what is true; and whether separation was left open."""

    violations: tuple[str, ...]
    undecided: bool


def examine(problem: Problem) -> Examined:
    """Fit, and compute every claim again."""
    model = _begun(problem)
    with warnings.catch_warnings(record=True) as caught, threadpool_limits(1):
        warnings.simplefilter("always")
        model.fit(**problem.fit_arguments())
    categories = [each.category for each in caught]
    violations = (*_endings(model, problem, categories), *_certificate(model, problem))
    return Examined(violations, model.result_.separable is None)


def _certificate(model: SoftmaxRegression, problem: Problem) -> Iterator[str]:
    result, objective = model.result_, Objective(problem)
    exact = objective.at(model.coef_, model.intercept_)
    if not np.isfinite(float(exact.value)):
        return
    if abs(result.objective - exact.value) > exact.value_noise:
        yield f"objective {result.objective!r}, in truth {exact.value}"
    if abs(result.gradient_norm - exact.gradient_norm) > 1e-9 * exact.gradient_norm + exact.gradient_noise:
        yield f"gradient norm {result.gradient_norm!r}, in truth {exact.gradient_norm}"
    if result.converged and exact.gradient_norm > problem.options["tol"] + exact.gradient_noise:
        yield f"converged, with a gradient of {exact.gradient_norm:.3g}"
    zero = np.zeros_like(model.coef_, np.float64), np.zeros_like(model.intercept_, np.float64)
    lowest = min(objective.lowest((model.coef_, model.intercept_)), objective.lowest(zero), exact.value)
    gap = float(exact.value - lowest)
    if gap > result.gap * (1 + 1e-9):
        yield f"gap bound {result.gap!r}, but it is {gap:.6g} above the minimum"
    visible = (
        max(_FAR, problem.options["tol"]) * float(exact.value)
        + exact.value_noise
        + _unresolved(problem, objective)
    )
    if result.converged and gap > visible and objective.strength:
        yield f"converged, {gap / float(exact.value):.2%} above the minimum"
    if objective.strength:
        if result.separable is not False:
            yield f"separable is {result.separable}, with a penalty"
    else:
        yield from _separation(model, problem, objective)


def _unresolved(problem: Problem, objective: Objective) -> float:
    """What a loss may differ by where it is the logarithm of a sum near 1, of the precision that the fit computes in.

    It matters where the loss has no minimum, but tends to 0: as it does where only one class has a weight.
    """
    return float(np.finfo(problem.X.dtype).eps) * objective.scale * float(objective.Y.sum())


def _begun(problem: Problem) -> SoftmaxRegression:
    """A model, fitted with another C before where the problem says so."""
    if problem.begins_at is None:
        return SoftmaxRegression(**problem.options)
    model = SoftmaxRegression(**problem.options | {"C": problem.begins_at, "warm_start": True})
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return model.fit(**problem.fit_arguments()).set_params(C=problem.options["C"])


def _endings(model: SoftmaxRegression, problem: Problem, caught: list[type[Warning]]) -> Iterator[str]:
    result, options = model.result_, problem.options
    strange = [category.__name__ for category in caught if category is not ConvergenceWarning]
    if strange:
        yield f"warnings {strange}"
    if result.converged == (ConvergenceWarning in caught):
        yield f"converged is {result.converged}, warnings {[category.__name__ for category in caught]}"
    if options["solver"] not in ("auto", result.method):
        yield f"method {result.method}"
    if result.n_iter > options["max_iter"] or len(result.history) != result.n_iter + 1:
        yield f"{result.n_iter} iterations, {len(result.history)} records"
    if not (np.isfinite(model.coef_).all() and np.isfinite(model.intercept_).all()):
        yield "coefficients that are not finite"


def _separation(model: SoftmaxRegression, problem: Problem, objective: Objective) -> Iterator[str]:
    result, support = model.result_, objective.Y > 0
    if (result.separating_direction is not None) != bool(result.separable):
        yield f"separable is {result.separable}, the direction {result.separating_direction}"
    if result.separating_direction is not None:
        V, c = result.separating_direction
        X = objective.X.astype(np.float64)
        terms = np.abs(X) @ np.abs(V).max(axis=0) + np.abs(c).max()
        Z = (X @ V.T + c) / np.where(terms > 0, terms, 1.0)[:, None]
        Z = np.concatenate([np.zeros((len(Z), problem.n_classes - Z.shape[1])), Z], axis=1)[objective.counted]
        own = support[objective.counted]
        falls = (Z.min(axis=1, where=own, initial=np.inf) - Z.max(axis=1)).min()
        rises = (Z.max(axis=1) - Z.min(axis=1)).max()
        if not (rises > 0 and falls >= -_VISIBLE):
            yield f"a direction with margins from {falls:.3g} to {rises:.3g}"
    separable = _is_separable(problem, objective)
    if None not in (separable, result.separable) and separable != result.separable:
        yield f"separable is {result.separable}, in truth {separable}"
    if result.separable and result.converged:
        yield "converged, though the rows can be separated"


def _is_separable(problem: Problem, objective: Objective) -> bool | None:
    """Whether some direction lowers the loss for ever, by a linear programme; None where it is too close to call.

    That is so for rows that weigh next to nothing beside the others, and for columns that vary so little beside
    their mean that float64 cannot hold coefficients for them.
    """
    masses = objective.Y.sum(axis=1)[objective.counted].astype(np.float64)
    X = objective.X.astype(np.float64)[objective.counted]
    centre = X.mean(axis=0) if objective.fit_intercept else np.zeros(X.shape[1])
    X = X - centre
    lengths = np.sqrt((X**2).mean(axis=0))
    varies = lengths > 100 * _EPS * np.abs(centre)
    blurred = varies & (lengths < _BLURRED * np.abs(centre))
    if blurred.any() or masses.min() < _LIGHT * masses.sum():
        return None
    X = X[:, varies] / lengths[varies]
    A = np.concatenate([X, np.full((len(X), 1), float(objective.fit_intercept))], axis=1)
    rising, alike = _margins(A, (objective.Y > 0)[objective.counted])
    equal = {"A_eq": alike, "b_eq": np.zeros(len(alike))} if len(alike) else {}
    bounds = {"A_ub": -rising, "b_ub": np.zeros(len(rising)), "bounds": (-1, 1)}
    if not rising.size:
        return False
    found = linprog(-rising.sum(axis=0), **bounds, **equal)
    if found.status != 0:
        return None
    gain = -found.fun
    return None if 1e-7 < gain < 1e-3 else bool(gain >= 1e-3)


def _margins(A: Array, support: Array) -> tuple[Array, Array]:
    """How the margins of a class with mass depend on all parameters: over classes without mass, and over the others."""
    (n_rows, n_classes), size = support.shape, A.shape[1]
    own, rising, alike = support.argmax(axis=1), [], []
    for other in range(n_classes):
        block = np.zeros((n_rows, n_classes, size))
        block[np.arange(n_rows), own] += A
        block[:, other] -= A
        rising.append(block[~support[:, other]].reshape(-1, n_classes * size))
        alike.append(block[support[:, other] & (own != other)].reshape(-1, n_classes * size))
    return np.concatenate(rising), np.concatenate(alike)
