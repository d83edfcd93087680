"""The model with all weights 0, where paths begin."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.special import xlogy

from pminusy.linear.sparse.blocks import feature_blocks
from pminusy.linear.sparse.data import Data
from pminusy.linear.sparse.point import Point

Array = NDArray[Any]

_RULED_OUT = 50.0  # how far a class without mass stays below the others' intercepts
_NOTHING = 1e-13  # of the terms that a gradient is summed of
_FIRST_SHARE = 0.01  # of the deviance, that the first of a path with no norm can explain


def null_model(data: Data) -> tuple[float, Array]:
    """The loss with all weights 0, and the intercepts that make it least: (F,)."""
    total = float(data.masses.sum())
    if not data.problem.fit_intercept:
        return total * float(np.log(data.problem.n_classes)), np.zeros(data.n_free)
    loss = -float(xlogy(data.class_mass, data.class_mass / total).sum())
    present = data.class_mass > 0
    logs = np.log(data.class_mass, out=np.zeros_like(data.class_mass), where=present)
    logs[~present] = logs[present].min() - _RULED_OUT
    logs -= logs[0] if data.n_held else logs[present].mean()
    return loss, logs[data.n_held :]


def first_ridge_strength(data: Data) -> float:
    """The λ of ½ λ ‖W‖² from which on hardly anything of the null loss is explained; 0 if nothing can be.

    For large λ the weights are −G/λ, with G the gradient at 0, and lower the loss by at most ‖G‖²/λ.
    """
    loss, intercepts = null_model(data)
    point = Point.at(data, data.logits(np.zeros((0, data.n_free)), intercepts, np.empty(0, np.intp)))
    R = point.R[:, data.n_held :]
    G = data.gradient(R)
    return float((G**2).sum()) / (_FIRST_SHARE * loss) if tells_classes_apart(data, R, G) else 0.0


def tells_classes_apart(data: Data, R: Array, G: Array) -> bool:
    """Whether a gradient G = XᵀR (D, F) is more than what rounding leaves of 0."""
    masses = np.where(data.masses > 0, data.masses, 1.0)
    residual = _NOTHING * np.sqrt((R**2 / masses[:, None]).sum(axis=0))
    return any(
        bool((np.abs(G[features]) > np.outer(data.sizes[features], residual)).any())
        for features in feature_blocks(*G.shape)
    )
