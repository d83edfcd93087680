"""
Convergence, beside scikit-learn's
==================================

Both minimise the same objective. What is drawn is how far each is above the minimum after a number of
iterations, on columns of very different scales, where gradient methods are slow. Iterations do not cost the
same; :doc:`/benchmarks/linear` measures time.
"""

import warnings

import matplotlib.pyplot as plt
import numpy as np
from sklearn.datasets import load_wine
from sklearn.linear_model import LogisticRegression

from pminusy import CrossEntropy, SoftmaxRegression

X, y = load_wine(return_X_y=True)
warnings.simplefilter("ignore")  # most of these fits are stopped on purpose


def objective(model):
    """C = 1 times the sum of the losses, and half the squared norm of the weights."""
    Z = X @ model.coef_.T + model.intercept_
    return CrossEntropy(reduction="sum").value(Z, y) + 0.5 * np.sum(model.coef_**2)


iterations = np.array([1, 2, 3, 5, 8, 12, 20, 40, 80, 160])
minimum = objective(SoftmaxRegression(tol=1e-9, max_iter=1000).fit(X, y))
figure, axes = plt.subplots(figsize=(6, 4))
for name, make in {
    "pminusy, auto": lambda n: SoftmaxRegression(max_iter=n, tol=1e-9),
    "scikit-learn, lbfgs": lambda n: LogisticRegression(max_iter=n, tol=1e-9),
    "scikit-learn, newton-cg": lambda n: LogisticRegression(max_iter=n, tol=1e-9, solver="newton-cg"),
}.items():
    above = [max(objective(make(int(n)).fit(X, y)) - minimum, 1e-10) for n in iterations]
    axes.plot(iterations, above, marker=".", label=name)
axes.set(xscale="log", yscale="log", xlabel="iterations", ylabel="objective − minimum")
axes.legend()
figure.tight_layout()
