"""Ours, choosing its solver itself."""

from __future__ import annotations

from benchmarks.classifiers.competitors.fitted import Fitted
from pminusy import SoftmaxRegression


def fit(X, y, *, C, tol, max_iter, n_threads):
    model = SoftmaxRegression(C=C, tol=tol, max_iter=max_iter, n_threads=n_threads, random_state=0).fit(X, y)
    return Fitted(model.coef_.T, model.intercept_, passes=model.result_.passes)
