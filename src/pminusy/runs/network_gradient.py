"""The gradient that a network was trained with, checked on the network itself and a few of its rows."""

import copy
from dataclasses import replace
from functools import partial
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import issparse

from pminusy import CrossEntropy
from pminusy.datasets.dataset import Features, Labels
from pminusy.gradcheck import GradientCheck, check_gradient
from pminusy.network.estimator import SoftmaxNetwork
from pminusy.nn.layer import Backward
from pminusy.nn.layers.chain import Chain
from pminusy.nn.training.batches import DenseSamples
from pminusy.nn.training.epoch import Epoch
from pminusy.nn.training.snapshot import copies, numbers, put_back
from pminusy.nn.training.sparse_batches import SparseSamples

_N_ROWS = 10
_PER_PARAMETER = 8
# Rectifiers and poolings have kinks, and differences across one are no derivative: where they spoil a check, a smaller
# neighbourhood is looked at. A wrong gradient is wrong in all of them.
_NEIGHBOURHOODS = (1e-1, 1e-3, 1e-5)
_DOUBLE = np.dtype(np.float64)


def check_network_gradient(pipeline: Any, X: Features, y: Labels, seed: int = 0) -> tuple[GradientCheck, str]:
    """Hold the loss's gradient, as back-propagation gives it, against finite differences, in float64.

    The loss is that of training on one batch, with its dropout and its batch's moments.

    Parameters
    ----------
    pipeline : sklearn.pipeline.Pipeline
        Fitted, with the steps "columns" and "classifier".
    X : (N, D) features, as read
    y : (N,) labels
        Of the training rows, of which 10 are used.
    seed : int
        For the choice of rows and of numbers: of each parameter, the 4 of largest gradient and 4 others.

    Returns
    -------
    check : GradientCheck
    place : str
        Where formula and differences are furthest apart, such as "layer 0, Dense: W[3, 17]".

    Examples
    --------
    >>> check_network_gradient(pipeline, X, y)[0].ok   # doctest: +SKIP
    True
    """
    rng = np.random.default_rng(seed)
    rows = np.sort(rng.choice(len(y), min(_N_ROWS, len(y)), replace=False))
    classifier = pipeline["classifier"]
    labels = np.searchsorted(classifier.classes_, y[rows])
    batch_loss = _BatchLoss(classifier, pipeline["columns"].transform(X[rows]), labels, rng)
    for size in _NEIGHBOURHOODS:
        value = partial(batch_loss.value, size=size)
        check = check_gradient(
            value, size * batch_loss.gradient, np.zeros_like(batch_loss.gradient), seed=seed
        )
        if check.ok:
            break
    per_unit = replace(check, claimed=check.claimed / size, measured=check.measured / size)
    return per_unit, batch_loss.name_place(check.worst_index[0])


class _BatchLoss:
    """The mean loss of one batch as a function of a few of the network's numbers, in float64.

    Attributes
    ----------
    gradient : (M,) float64
        By back-propagation, at the trained network.
    """

    def __init__(
        self, classifier: SoftmaxNetwork, X: Any, labels: NDArray[np.int64], rng: np.random.Generator
    ) -> None:
        samples = SparseSamples(X, _DOUBLE) if issparse(X) else DenseSamples(X, _DOUBLE)
        self._batch: Any = samples.batch(Epoch.of(len(labels), len(labels), 0), len(labels))
        self._labels, self._loss = labels, CrossEntropy(label_smoothing=classifier.label_smoothing)
        self._network = network = _in_double(classifier.network_, samples.shape)
        self._state = copies(network.state)
        gradients = self._gradients()
        self._chosen = [_choose(gradient, rng) for gradient in gradients]
        self._values = [parameter.value.reshape(-1) for parameter in network.parameters]
        self._begin = [value[places] for value, places in zip(self._values, self._chosen, strict=True)]
        picked = [gradient[places] for gradient, places in zip(gradients, self._chosen, strict=True)]
        self.gradient = np.concatenate(picked)

    def value(self, moves: NDArray[np.float64], *, size: float) -> float:
        """The loss where the chosen numbers are moved by so much, in units of `size`."""
        ends = np.cumsum([len(places) for places in self._chosen])
        moved = np.split(np.concatenate(self._begin) + size * moves, ends[:-1])
        self._put(moved)
        Z, _ = self._forward()
        self._put(self._begin)
        return float(self._loss.value(Z, self._labels))

    def name_place(self, number: int) -> str:
        """Say which of the network's numbers a chosen one is, counted through all that were chosen."""
        owners = [
            (f"layer {i}, {type(layer).__name__}: {parameter.name}", parameter.value.shape)
            for i, layer in enumerate(self._network.layers)
            for parameter in layer.parameters
        ]
        places = [
            (owner, np.unravel_index(place, shape))
            for (owner, shape), chosen in zip(owners, self._chosen, strict=True)
            for place in chosen
        ]
        owner, index = places[number]
        return f"{owner}[{', '.join(map(str, index))}]"

    def _gradients(self) -> list[NDArray[np.float64]]:
        Z, backward = self._forward()
        for parameter in self._network.parameters:
            parameter.clear_gradient()
        backward(self._loss.gradient(Z, self._labels), to_input=False)
        return [parameter.gradient.reshape(-1) for parameter in self._network.parameters]

    def _forward(self) -> tuple[NDArray[np.float64], Backward]:
        Z, backward = self._network.forward(self._batch, training=True)
        put_back(self._network.state, self._state)
        return Z, backward

    def _put(self, numbers: list[NDArray[np.float64]]) -> None:
        for value, places, chosen in zip(self._values, self._chosen, numbers, strict=True):
            value[places] = chosen


def _in_double(network: Chain, shape: tuple[int, ...]) -> Chain:
    """A copy that computes in float64."""
    double = copy.deepcopy(network)
    double.build(shape, _DOUBLE, np.random.default_rng(0))
    put_back(numbers(double), numbers(network))
    return double


def _choose(gradient: NDArray[np.float64], rng: np.random.Generator) -> NDArray[np.int64]:
    """Places of the largest numbers, and others by chance."""
    half = _PER_PARAMETER // 2
    largest = np.argpartition(-np.abs(gradient), min(half, len(gradient) - 1))[:half]
    others = np.setdiff1d(rng.integers(len(gradient), size=half), largest)
    return np.concatenate([largest, others])
