"""The gap of a fitted sparse classifier by the closed forms, in the mean's units: a certificate of its own."""

from __future__ import annotations

from typing import Any

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray

from pminusy.formulas import elastic_net as formulas
from pminusy.formulas.targets import mass_of_labels, mass_of_rows

Array = NDArray[Any]


def dense(X: Any) -> Array:
    return np.asarray(X.toarray() if sp.issparse(X) else X, np.float64)


def mass(
    y: Array, n_classes: int, weights: Array | None, class_weight: Array | None, smoothing: float
) -> Array:
    """Y with rows times their weights, over the total weight."""
    per_class = np.ones(n_classes) if class_weight is None else class_weight
    form = mass_of_labels if y.ndim == 1 else mass_of_rows
    Y = form(y, per_class, smoothing)
    weights = np.ones(len(Y)) if weights is None else weights
    total = weights * (per_class[y] if y.ndim == 1 else 1)
    return Y * weights[:, None] / total.sum()


def relative_gap(
    model: Any, X: Any, Y: Array, total_weight: float, factors: Array | None = None
) -> tuple[float, float]:
    """(the objective's gap over the null objective, the objective) of a SoftmaxRegression for targets `mass` gives."""
    X, W, b = dense(X), model.coef_.T.astype(np.float64), model.intercept_.astype(np.float64)
    strength = (np.ones(X.shape[1]) if factors is None else factors) / (model.C * total_weight)
    net = formulas.ElasticNet(model.l1_ratio * strength, (1 - model.l1_ratio) * strength, model.group)
    n_held, n_classes = Y.shape[1] - len(b), Y.shape[1]
    Q = formulas.probabilities(X, W, b, n_classes)
    present = Y.sum(axis=0) > 0
    Q = np.where(present, Q, 0) if model.fit_intercept else Q
    Q = Q / Q.sum(axis=1, keepdims=True)
    A = np.concatenate([np.ones((len(X), int(model.fit_intercept))), X[:, strength == 0]], axis=1)
    if A.shape[1]:
        Q = formulas.balanced(A, Q, Y, n_held)
    assert (Q >= 0).all()
    candidates = [Q, formulas.feasible(X, Y, Q, net, n_held)]
    X_penalised = np.where(strength > 0, X, 0)  # the other features' gradients vanish but for rounding
    dual = max(formulas.dual_value(X_penalised, Y, each, net, n_held) for each in candidates)
    at = formulas.objective(X, Y, W, b, net)
    return (at - dual) / null_objective(Y, model.fit_intercept), at


def null_objective(Y: Array, fit_intercept: bool) -> float:
    shares = Y.sum(axis=0)
    if not fit_intercept:
        return float(shares.sum() * np.log(len(shares)))
    counted = shares[shares > 0]
    return -float(counted @ np.log(counted / counted.sum()))
