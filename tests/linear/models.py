"""Linear classifiers twice: as the objective that is trained, and from the formulas, in the user's coordinates."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray

from pminusy import CrossEntropy
from pminusy.blocks.memory import in_memory
from pminusy.blocks.standardisation import Standardisation
from pminusy.classifier.features import compute_dtype
from pminusy.formulas import cross_entropy as formulas
from pminusy.formulas.targets import mass_of_labels, mass_of_rows
from pminusy.linear.objective import LinearObjective, ridge_objective
from pminusy.linear.problem import LinearProblem

Array = NDArray[Any]


@dataclass(frozen=True)
class LinearModel:
    """(1/M) Σ L + ½ penalty ‖W‖² over rows X, for labels (N,) or mass (N, K); coefficients W are (F, D)."""

    X: Any  # dense of any dtype and order, or CSR
    targets: Array
    n_classes: int
    penalty: float = 0.1
    fit_intercept: bool = True
    weights: Array | None = None
    class_weight: Array | None = None
    smoothing: float = 0.0
    standardised: bool = False

    @property
    def n_free(self) -> int:
        return 1 if self.n_classes == 2 else self.n_classes

    def objective(self) -> LinearObjective:
        dtype = np.dtype(np.float64) if self.standardised else compute_dtype(self.X)
        loss = CrossEntropy(weight=self.class_weight, label_smoothing=self.smoothing, reduction="sum")
        shape = self.X.shape[0], self.n_classes
        settled = loss.settle(self.targets, shape, dtype, self.weights)
        rows: Any = in_memory(self.X, dtype)
        if self.standardised:
            moved = Standardisation.of(self.X, centred=self.fit_intercept, counted=np.ones(len(self.X), bool))
            rows = replace(rows, standardisation=moved)
        return ridge_objective(rows, settled, self.n_classes, self.penalty, self.fit_intercept)

    def exact_X(self) -> Array:
        return np.asarray(self.X.toarray() if sp.issparse(self.X) else self.X).astype(float)

    def Y(self) -> Array:
        """The mass that the targets mean, divided by M."""
        class_weight = np.ones(self.n_classes) if self.class_weight is None else self.class_weight
        weights = np.ones(self.X.shape[0]) if self.weights is None else self.weights
        if self.targets.ndim == 1:
            total = weights @ class_weight[self.targets]
            return weights[:, None] * mass_of_labels(self.targets, class_weight, self.smoothing) / total
        rows = mass_of_rows(self.targets.astype(float), class_weight, self.smoothing)
        return weights[:, None] * rows / weights.sum()

    def logits(self, W: Array, b: Array) -> Array:
        Z = self.exact_X() @ W.astype(float).T + b
        return np.concatenate([np.zeros((len(Z), self.n_classes - self.n_free)), Z], axis=1)

    def value(self, W: Array, b: Array) -> float:
        return float(formulas.value(self.logits(W, b), self.Y()).sum()) + self.penalty / 2 * float(
            np.vdot(W, W)
        )

    def gradient(self, W: Array, b: Array) -> tuple[Array, Array]:
        dZ = formulas.gradient(self.logits(W, b), self.Y())[:, self.n_classes - self.n_free :]
        return dZ.T @ self.exact_X() + self.penalty * W, dZ.sum(axis=0) * self.fit_intercept

    def hessian_product(self, W: Array, b: Array, V: Array, c: Array) -> tuple[Array, Array]:
        U = self.logits(V, c)
        dU = formulas.hvp(self.logits(W, b), self.Y(), U)[:, self.n_classes - self.n_free :]
        return dU.T @ self.exact_X() + self.penalty * V, dU.sum(axis=0) * self.fit_intercept


def parameters_of(objective: LinearObjective, size: float, seed: int = 0) -> Array:
    values = size * np.random.default_rng(seed).standard_normal(objective.layout.n_parameters)
    return values.astype(objective.dtype)


def evaluate(objective: LinearObjective, parameters: Array) -> tuple[float, Array]:
    gradient = np.full_like(parameters, np.nan)
    return objective.value_and_gradient(parameters, gradient), gradient


def product(objective: LinearObjective, direction: Array) -> Array:
    result = np.full_like(direction, np.nan)
    objective.hessian_product(direction, result)
    return result


def as_user_has_it(objective: LinearObjective, gradient: Array) -> tuple[Array, Array]:
    """A gradient with respect to coefficients (F, D) and intercepts."""
    return objective.layout.user_gradient(gradient)


def flat(objective: LinearObjective, parts: tuple[Array, Array]) -> Array:
    """The parameters of one column of ones after the features."""
    W, b = parts
    return objective.layout.pack(W.T if objective.rows.sparse else W, b)


def with_ones(objective: LinearObjective) -> Array:
    """X, with a last column of ones if there is an intercept."""
    return objective.rows.take(slice(None), n_ones=int(objective.layout.fit_intercept))


def pose(
    X: Any,
    targets: Array,
    n_classes: int,
    *,
    penalty: float = 0.1,
    fit_intercept: bool = True,
    weights: Array | None = None,
    dtype: Any = np.float64,
    **loss: Any,
) -> LinearProblem:
    """The problem of fitting these targets; `loss` are options of CrossEntropy."""

    def settle(dtype: np.dtype[Any]) -> Any:
        return CrossEntropy(reduction="sum", **loss).settle(targets, (X.shape[0], n_classes), dtype, weights)

    return LinearProblem(X, settle, n_classes, penalty, fit_intercept, np.dtype(dtype))
