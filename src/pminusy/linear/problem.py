"""A linear classifier to fit, stated in the mean's units."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Any, Protocol

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray

from pminusy.classifier.examples import Examples
from pminusy.classifier.features import compute_dtype
from pminusy.classifier.targets import class_weights
from pminusy.errors import InputError
from pminusy.linear.layout import n_free_columns
from pminusy.losses.cross_entropy import CrossEntropy
from pminusy.losses.targets import Targets

Array = NDArray[Any]

_BLOCK = 4096  # rows


class AnyProblem(Protocol):
    """Mean loss + ½ penalty ‖W‖² over rows, wherever they are."""

    @property
    def X(self) -> Any:
        """Of which `shape` is known and a few rows can be had."""

    @property
    def n_classes(self) -> int:
        """K."""

    @property
    def n_free(self) -> int:
        """Columns of logits that are free."""

    @property
    def penalty(self) -> float:
        """λ."""

    @property
    def fit_intercept(self) -> bool:
        """Whether there is a b."""

    @property
    def dtype(self) -> np.dtype[Any]:
        """Of the coefficients."""

    @property
    def sparse(self) -> bool:
        """Whether X is CSR."""

    @property
    def n_numbers(self) -> int:
        """How many numbers a pass over X reads."""

    @property
    def total_weight(self) -> float:
        """M."""

    @property
    def total_scale(self) -> float:
        """What turns the mean objective into the one that is reported: C M, or M without a penalty."""

    def rules_out(self) -> bool:
        """Whether a row has mass for some classes only."""


@dataclass(frozen=True)
class LinearProblem:
    """Mean loss + ½ penalty ‖W‖²; `settle` gives the targets for logits of a dtype."""

    X: Any
    settle: Callable[[np.dtype[Any]], Targets]
    n_classes: int
    penalty: float
    fit_intercept: bool
    dtype: np.dtype[Any]

    @property
    def n_free(self) -> int:
        """Columns of logits that are free."""
        return n_free_columns(self.n_classes)

    @property
    def sparse(self) -> bool:
        """Whether X is CSR."""
        return sp.issparse(self.X)

    @property
    def n_numbers(self) -> int:
        """How many numbers a pass over X reads."""
        return int(self.X.nnz if self.sparse else self.X.size)

    @property
    def total_weight(self) -> float:
        """M."""
        return self.settle(self.dtype).total_weight

    @property
    def total_scale(self) -> float:
        """What turns the mean objective into the one that is reported: C M, or M without a penalty."""
        return 1.0 / self.penalty if self.penalty else self.total_weight

    def rules_out(self) -> bool:
        """Whether a row has mass for some classes only."""
        targets, n_rows = self.settle(np.dtype(np.float64)), self.X.shape[0]
        supports = (targets.support(slice(start, start + _BLOCK)) for start in range(0, n_rows, _BLOCK))
        return any((support.any(axis=1) & ~support.all(axis=1)).any() for support in supports)


def pose_problem(model: Any, examples: Examples) -> LinearProblem:
    """What a SoftmaxRegression with these parameters is to fit; its C is for the sum, λ = 1/CM for the mean.

    Raises
    ------
    InputError
        Class weights that cannot be used, no row of positive weight, or a C whose inverse is not finite.
    """
    X, targets, weights = examples.X, examples.targets, examples.weights
    loss = CrossEntropy(
        weight=class_weights(model.class_weight, targets, weights),
        label_smoothing=model.label_smoothing,
        reduction="sum",
    )
    shape, dtype = (X.shape[0], targets.n_classes), compute_dtype(X)

    @cache
    def settle(dtype: np.dtype[Any]) -> Targets:
        return loss.settle(targets.encoded, shape, dtype, weights, name="y")

    settled = settle(dtype)
    if not settled.mass().any():
        raise InputError(
            "sample_weight, class_weight: expected at least one row with positive weight, got all zeros"
        )
    penalty = mean_penalty(model.C, settled.total_weight)
    return LinearProblem(X, settle, targets.n_classes, penalty, bool(model.fit_intercept), dtype)


def mean_penalty(C: float, total_weight: float) -> float:
    """λ = 1/CM, 0 for C = ∞.

    Raises
    ------
    InputError
        Weights or a C that leave a λ that is not finite, or that vanishes.
    """
    with np.errstate(divide="ignore", over="ignore"):
        scale, total = np.float64(1.0) / total_weight, np.float64(C) * total_weight
        penalty = 0.0 if np.isinf(C) else float(1.0 / total)
    if not np.isfinite(scale):
        raise InputError(
            "sample_weight, class_weight: expected weights whose sum has a finite inverse, "
            f"got a sum of {total_weight:g}"
        )
    if not np.isfinite(penalty):
        raise InputError(f"C: expected a number whose inverse is finite, got {C!r}")
    if not penalty and np.isfinite(C):
        raise InputError(
            f"C: expected inf, or a number whose product with the total weight is finite, got {C!r}"
        )
    return penalty
