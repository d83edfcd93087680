"""Labels, class weights and label smoothing as rows of target mass. See docs/derivations/target_mass.md."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[Any]


def mass_of_labels(labels: Array, class_weight: Array, smoothing: float = 0.0) -> Array:
    """y_k = (1 − ε)·w_c·[k = c] + (ε/K)·w_k for label c: (N, K)."""
    n_classes = len(class_weight)
    hit = (1 - smoothing) * class_weight[labels][:, None] * np.eye(n_classes)[labels]
    return hit + smoothing / n_classes * class_weight


def mass_of_rows(Y: Array, class_weight: Array, smoothing: float = 0.0) -> Array:
    """y_k = w_k·((1 − ε)·Y_k + ε/K): (N, K)."""
    return class_weight * ((1 - smoothing) * Y + smoothing / len(class_weight))
