"""scikit-learn's `LinearModelLoss.loss_gradient`, which its L-BFGS calls."""

from __future__ import annotations

import numpy as np
from sklearn._loss import HalfMultinomialLoss
from sklearn.linear_model._linear_loss import LinearModelLoss


def prepare(X, y, W, b, penalty, n_threads):
    loss = LinearModelLoss(HalfMultinomialLoss(n_classes=len(b)), fit_intercept=True)
    coefficients = np.asfortranarray(np.column_stack([W.T, b]))
    labels = y.astype(X.dtype)

    def run():
        value, gradient = loss.loss_gradient(
            coefficients, X, labels, l2_reg_strength=penalty, n_threads=n_threads
        )
        return float(value), gradient[:, :-1].T

    return run
