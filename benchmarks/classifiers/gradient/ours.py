"""Our objective, which `SoftmaxRegression` minimises."""

from __future__ import annotations

import numpy as np

from pminusy import CrossEntropy, threads
from pminusy.blocks.dense import DenseRows
from pminusy.linear.objective import ridge_objective


def prepare(X, y, W, b, penalty, n_threads):
    targets = CrossEntropy(reduction="sum").settle(y, (len(y), len(b)), X.dtype, None, name="y")
    objective = ridge_objective(DenseRows(X, X.dtype), targets, len(b), penalty, True)
    parameters = np.concatenate([W.T.ravel(), b])
    gradient = np.empty_like(parameters)

    def run():
        with threads(n_threads):
            value = objective.value_and_gradient(parameters, gradient)
        return float(value), objective.layout.unpack(gradient)[0].T

    return run
