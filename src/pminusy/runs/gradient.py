"""The gradient that a model was trained with, checked on the model itself and a few of its rows."""

from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import issparse

from pminusy import CrossEntropy
from pminusy.datasets.dataset import Features, Labels
from pminusy.gradcheck import GradientCheck, check_gradient

_N_ROWS = 20
_MAX_CLASSES = 64
_MAX_INPUTS = 64


def check_model_gradient(pipeline: Any, X: Features, y: Labels, seed: int = 0) -> GradientCheck:
    """Hold the loss's gradient with respect to the weights against finite differences, in float64.

    For rows A of encoded features, L(W) is the mean cross-entropy of the logits A·Wᵀ + b, and
    ∂L/∂W = dZᵀ·A with dZ = (p − y)/n. Where there are many classes or inputs, W is the weights of some; the logits
    are those of all.

    Parameters
    ----------
    pipeline : sklearn.pipeline.Pipeline
        Fitted, with the steps "columns" and "classifier".
    X : (N, D) features, as read
    y : (N,) labels
        Of the training rows, of which 20 are used.
    seed : int
        For the choice of rows; of inputs, past 64 that are not 0 in all of those rows; and of classes, past 64: the
        rows' own and others.

    Returns
    -------
    GradientCheck
        Its `worst_index` is a place in `coef_`: class and input, or 0 and input where there are two classes.

    Examples
    --------
    >>> check_model_gradient(pipeline, X, y).ok   # doctest: +SKIP
    True
    """
    rng = np.random.default_rng(seed)
    rows = np.sort(rng.choice(len(y), min(_N_ROWS, len(y)), replace=False))
    classifier = pipeline["classifier"]
    labels = np.searchsorted(classifier.classes_, y[rows])
    encoded = pipeline["columns"].transform(X[rows])
    inputs = _inputs_in_use(encoded, rng)
    # Two classes have one row of weights: that of the second class's logit, the first one's being 0.
    binary = len(classifier.classes_) == 2
    classes = np.array([1]) if binary else _classes_to_check(labels, len(classifier.classes_), rng)
    weights = np.array([0]) if binary else classes
    A = _dense(encoded[:, inputs])
    W = classifier.coef_[np.ix_(weights, inputs)].astype(np.float64)
    fixed = np.zeros((len(labels), len(classifier.classes_)))
    fixed[:, -len(classifier.coef_) :] = _dense(encoded @ classifier.coef_.T) + classifier.intercept_
    fixed[:, classes] -= A @ W.T
    loss = CrossEntropy()

    def logits(W: NDArray[np.float64]) -> NDArray[np.float64]:
        Z = fixed.copy()
        Z[:, classes] += A @ W.T
        return Z

    check = check_gradient(
        lambda W: loss.value(logits(W), labels),
        lambda W: loss.gradient(logits(W), labels)[:, classes].T @ A,
        W,
        seed=seed,
    )
    row, column = check.worst_index
    return replace(check, worst_index=(int(weights[row]), int(inputs[column])))


def _inputs_in_use(encoded: Any, rng: np.random.Generator) -> NDArray[np.int64]:
    used = np.flatnonzero(np.asarray(abs(encoded).sum(axis=0)).ravel())
    if len(used) <= _MAX_INPUTS:
        return used
    return np.sort(rng.choice(used, _MAX_INPUTS, replace=False))


def _classes_to_check(
    labels: NDArray[np.int64], n_classes: int, rng: np.random.Generator
) -> NDArray[np.int64]:
    if n_classes <= _MAX_CLASSES:
        return np.arange(n_classes)
    own = np.unique(labels)
    others = np.setdiff1d(np.arange(n_classes), own)
    return np.union1d(own, rng.choice(others, _MAX_CLASSES - len(own), replace=False))


def _dense(array: Any) -> NDArray[np.float64]:
    return np.asarray(array.toarray() if issparse(array) else array, dtype=np.float64)
