"""
Soft targets from annotators' votes
===================================

Five annotators label each sample, and they disagree where classes overlap. Taking the most frequent label
throws that away. With the counts as targets, the gradient is :math:`s\\,p - y`, with s the number of votes,
and nothing else changes.
"""

import matplotlib.pyplot as plt
import numpy as np

from pminusy import SoftmaxRegression, softmax

rng = np.random.default_rng(3)
W = np.array([[2.0, -1.0, -1.0], [0.0, 1.7, -1.7]])


def true_probabilities(X):
    """What the annotators' votes are drawn from."""
    return softmax(X @ W)


X_test = rng.normal(size=(2000, 2))
sizes = [20, 40, 80, 160, 320]
errors = {"votes": [], "most frequent label": []}
for n in sizes:
    sums = dict.fromkeys(errors, 0.0)
    for _ in range(8):
        X = rng.normal(size=(n, 2))
        votes = np.array([rng.multinomial(5, p) for p in true_probabilities(X)])
        fits = {
            "votes": SoftmaxRegression().fit(X, votes, classes=[0, 1, 2]),
            "most frequent label": SoftmaxRegression().fit(X, votes.argmax(axis=1)),
        }
        for name, model in fits.items():
            sums[name] += np.abs(model.predict_proba(X_test) - true_probabilities(X_test)).mean() / 8
    for name, total in sums.items():
        errors[name].append(total)

figure, axes = plt.subplots(figsize=(6, 4))
for name, error in errors.items():
    axes.plot(sizes, error, marker="o", label=name)
axes.set(xlabel="samples, five votes each", ylabel="mean error of a probability")
axes.legend()
figure.tight_layout()
