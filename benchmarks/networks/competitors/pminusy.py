"""Ours: the loop that `SoftmaxNetwork.fit` runs."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from benchmarks.networks.problems import N_CLASSES, Array, Problem
from pminusy import CrossEntropy
from pminusy.kernels.parallel import threads
from pminusy.nn import Adam, Constant, Conv2d, Dense, Flatten, MaxPool2d, ReLU
from pminusy.nn.architecture import classifier
from pminusy.nn.training.batches import DenseSamples
from pminusy.nn.training.loss import row_weights
from pminusy.nn.training.options import TrainingOptions
from pminusy.nn.training.state import TrainingState
from pminusy.nn.training.step import TrainingSet
from pminusy.nn.training.train import Trainer


def prepare(problem: Problem, images: Array, labels: Array, n_threads: int) -> Callable[[], None]:
    dtype = np.dtype(np.float32)
    X = images if problem.filters else images.reshape(len(images), -1)
    samples = DenseSamples(X, dtype)
    network = classifier(_layers(problem), len(samples.shape), N_CLASSES)
    network.build(samples.shape, dtype, np.random.default_rng(0))
    targets = CrossEntropy().settle(labels, (len(X), N_CLASSES), dtype)
    optimizer = Adam()
    optimizer.build(network.parameters)
    options = TrainingOptions(
        batch_size=problem.batch_size,
        max_epochs=10**6,
        planned_epochs=10**6,
        tol=0.0,
        n_iter_no_change=10**6,
        seed=0,
        early_stopping=False,
        max_gradient_norm=np.inf,
    )
    data = TrainingSet(samples, targets, row_weights(targets))
    trainer = Trainer(network, data, None, optimizer, Constant(), options, TrainingState())

    def epoch() -> None:
        with threads(n_threads):
            trainer.run(lambda _: None, lambda _: True)

    return epoch


def _layers(problem: Problem) -> list:
    convolutions = [layer for n in problem.filters for layer in (Conv2d(n, 3), ReLU(), MaxPool2d(2))]
    dense = [layer for units in problem.hidden for layer in (Dense(units), ReLU())]
    return [*convolutions, *([Flatten()] if convolutions else []), *dense]
