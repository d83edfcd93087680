"""scikit-learn's `LogisticRegression`, whatever its solver."""

from __future__ import annotations

import numpy as np
from sklearn.linear_model import LogisticRegression

from benchmarks.classifiers.competitors.fitted import Fitted


def fit_logistic(solver, X, y, *, C, tol, max_iter, n_threads):
    model = LogisticRegression(solver=solver, C=C, tol=tol, max_iter=max_iter, random_state=0).fit(X, y)
    return Fitted(model.coef_.T, model.intercept_, n_iter=int(np.max(model.n_iter_)))
