"""A small network with its data, for tests of one part of training at a time."""

import numpy as np

from pminusy.losses.targets import LabelTargets, MassTargets
from pminusy.nn import Chain, Dense
from pminusy.nn.training.batches import DenseSamples
from pminusy.nn.training.epoch import Epoch
from pminusy.nn.training.loss import row_weights
from pminusy.nn.training.step import TrainingSet

FLOAT = np.dtype(np.float64)


def shuffled(n_rows, batch_size, n_parameters=0, seed=0):
    """An epoch whose order is not that of the rows."""
    epoch = Epoch.of(n_rows, batch_size, n_parameters)
    epoch.order[...] = np.random.default_rng(seed).permutation(n_rows)
    return epoch


def label_targets(labels, n_classes, weights=None, smoothing=0.0):
    weights = np.ones(1) if weights is None else np.asarray(weights, float)
    shift = np.full(n_classes, smoothing / n_classes) if smoothing else np.empty(0)
    total = float(np.broadcast_to(weights, len(labels)).sum())
    labels = np.asarray(labels, np.int64)
    return LabelTargets(labels, -1, np.full(n_classes, 1 - smoothing), shift, weights, 1.0, total)


def mass_targets(Y, weights=None):
    weights = np.ones(1) if weights is None else np.asarray(weights, float)
    total = float(np.broadcast_to(weights, len(Y)).sum())
    return MassTargets(Y, np.empty(0), np.empty(0), weights, 1.0, total, "Y")


def built_network(*layers, shape=(4,), seed=0):
    network = Chain(layers or [Dense(3)])
    network.build(shape, FLOAT, np.random.default_rng(seed))
    return network


def training_set(rng, n_rows=10, n_classes=3, shape=(4,)):
    targets = label_targets(rng.integers(0, n_classes, n_rows), n_classes)
    return TrainingSet(
        DenseSamples(rng.standard_normal((n_rows, *shape)), FLOAT), targets, row_weights(targets)
    )
