"""A linear classifier to fit, stated in the mean's units."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from pminusy.classifier.examples import Examples
from pminusy.classifier.features import compute_dtype
from pminusy.classifier.targets import class_weights
from pminusy.errors import InputError
from pminusy.linear.layout import n_free_columns
from pminusy.losses.cross_entropy import CrossEntropy
from pminusy.losses.targets import Targets

Array = NDArray[Any]


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
    def total_scale(self) -> float:
        """What turns the mean objective into the one that is reported: C M, or M without a penalty."""
        return 1.0 / self.penalty if self.penalty else self.settle(self.dtype).total_weight


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
    with np.errstate(divide="ignore", over="ignore"):
        scale, total = np.float64(1.0) / settled.total_weight, np.float64(model.C) * settled.total_weight
        penalty = 0.0 if np.isinf(model.C) else float(1.0 / total)
    if not np.isfinite(scale):
        raise InputError(
            "sample_weight, class_weight: expected weights whose sum has a finite inverse, "
            f"got a sum of {settled.total_weight:g}"
        )
    if not np.isfinite(penalty):
        raise InputError(f"C: expected a number whose inverse is finite, got {model.C!r}")
    if not penalty and np.isfinite(model.C):
        raise InputError(
            f"C: expected inf, or a number whose product with the total weight is finite, got {model.C!r}"
        )
    return LinearProblem(X, settle, targets.n_classes, penalty, bool(model.fit_intercept), dtype)
