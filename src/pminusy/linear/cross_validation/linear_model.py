"""The parameters of a linear classifier as one array, in and out of a `SoftmaxRegression`.

Parameters are (F, D + 1), the intercept last, or (F, D) without one; F = K, but 1 for two classes, as in `coef_`.
"""

from __future__ import annotations

import warnings
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.base import clone
from sklearn.exceptions import ConvergenceWarning

from pminusy.classifier.examples import Examples
from pminusy.linear.regression import SoftmaxRegression

Array = NDArray[Any]


def fit_to_numbers(model: SoftmaxRegression, rows: Examples) -> SoftmaxRegression:
    """Fit to class numbers or mass, without a word where it does not converge: the caller sums that up.

    The filter holds for this module alone and stays: filters belong to the process, and restoring them would take from
    other threads what they have set meanwhile.
    """
    warnings.filterwarnings("ignore", category=ConvergenceWarning, module=f"{__name__}$")
    numbers = np.arange(rows.targets.n_classes)
    return model.fit(rows.X, rows.targets.encoded, rows.weights, classes=numbers)


def parameters_of(model: SoftmaxRegression) -> Array:
    """The coefficients of a fitted model, and its intercept if it fits one."""
    columns = (model.coef_, model.intercept_[:, None]) if model.fit_intercept else (model.coef_,)
    return np.concatenate(columns, axis=1)


def with_parameters(model: SoftmaxRegression, parameters: Array, classes: Array) -> SoftmaxRegression:
    """A copy of `model` as if it had been fitted, with these parameters and classes."""
    fitted = clone(model)
    n_features = parameters.shape[1] - bool(model.fit_intercept)
    fitted.n_features_in_, fitted.classes_ = n_features, classes
    fitted.coef_ = np.ascontiguousarray(parameters[:, :n_features])
    no_intercept = np.zeros(len(parameters), parameters.dtype)
    fitted.intercept_ = parameters[:, -1].copy() if model.fit_intercept else no_intercept
    return fitted
