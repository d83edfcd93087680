"""scikit-learn's MLPClassifier, one epoch a call."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from sklearn.neural_network import MLPClassifier
from threadpoolctl import threadpool_limits

from benchmarks.networks.problems import N_CLASSES, Array, Problem


def prepare(problem: Problem, images: Array, labels: Array, n_threads: int) -> Callable[[], None]:
    if problem.filters:
        raise NotImplementedError("scikit-learn has no convolutions")
    X = images.reshape(len(images), -1)
    model = MLPClassifier(problem.hidden, batch_size=problem.batch_size, alpha=0.0, random_state=0)

    def epoch() -> None:
        with threadpool_limits(n_threads):
            model.partial_fit(X, labels, classes=np.arange(N_CLASSES))

    return epoch
