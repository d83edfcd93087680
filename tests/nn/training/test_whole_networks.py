"""The gradient of a whole recorded step, against finite differences of the loss it is claimed for."""

import numpy as np
import pytest

import pminusy
from pminusy import SoftmaxNetwork
from pminusy.nn import (
    GELU,
    SGD,
    AvgPool2d,
    BatchNorm,
    Chain,
    Conv2d,
    Dense,
    Embedding,
    Flatten,
    LayerNorm,
    Residual,
    Sigmoid,
    SiLU,
    Tanh,
)

N, K = 12, 3
NETWORKS = {
    "no hidden layers": ((5,), []),
    "dense": ((5,), [Dense(4), Tanh(), Dense(6), GELU()]),
    "normalised": ((5,), [Dense(4), BatchNorm(), SiLU(), LayerNorm()]),
    "residual": ((5,), [Dense(4), Residual(Chain([Dense(3), Sigmoid(), Dense(4)])), Tanh()]),
    "convolutional": (
        (6, 5, 2),
        [Conv2d(3, 3, padding="same"), BatchNorm(), Tanh(), AvgPool2d(2), Flatten(), Dense(4)],
    ),
    "embedding": ((4,), [Embedding(7, 3), Flatten(), Dense(4), Tanh()]),
}
LOSSES = {
    "labels": {},
    "smoothed": {"label_smoothing": 0.2},
    "class weights": {"class_weight": {0: 2.0, 1: 0.5}},
}


def assert_gradient_of_first_step(shape, layers, options, y, sample_weight=None):
    rng = np.random.default_rng(1)
    first_is_embedding = layers and isinstance(layers[0], Embedding)
    X = rng.integers(0, 7, (N, *shape)) if first_is_embedding else rng.standard_normal((N, *shape))
    # So small a rate that the weights stay where the gradient was taken.
    training = {"optimizer": SGD(1e-300), "batch_size": N, "max_epochs": 1}
    model = SoftmaxNetwork(layers=layers, **training, **options)
    model.fit(X.astype(np.float64), y, sample_weight, classes=range(K))
    parameters = model.network_.parameters
    weight = [options.get("class_weight", {}).get(k, 1.0) for k in range(K)]
    loss = pminusy.CrossEntropy(weight=weight, label_smoothing=options.get("label_smoothing", 0.0))
    sizes = np.cumsum([parameter.value.size for parameter in parameters])[:-1]
    if sample_weight is not None:  # rows of weight 0 are as if they were not there, even to batch norm
        X, y, sample_weight = (array[sample_weight > 0] for array in (X, np.asarray(y), sample_weight))

    def value(weights):
        for parameter, part in zip(parameters, np.split(weights, sizes), strict=True):
            parameter.value[...] = part.reshape(parameter.value.shape)
        Z, _ = model.network_.forward(X, training=True)
        return loss.value(Z, y, sample_weight)

    gradient = np.concatenate([parameter.gradient.ravel().copy() for parameter in parameters])
    weights = np.concatenate([parameter.value.ravel() for parameter in parameters])
    assert model.history_[0].loss == pytest.approx(value(weights), rel=1e-12)
    assert model.history_[0].gradient_norm == pytest.approx(np.linalg.norm(gradient), rel=1e-12)
    pminusy.assert_gradient(value, gradient, weights, atol=1e-13)


@pytest.mark.parametrize("network", NETWORKS)
@pytest.mark.parametrize("loss", LOSSES)
def test_gradient_with_labels(network, loss):
    assert_gradient_of_first_step(*NETWORKS[network], LOSSES[loss], np.arange(N) % K)


@pytest.mark.parametrize("network", ["dense", "convolutional"])
def test_gradient_with_weights_of_rows(network, rng):
    weights = np.where(rng.random(N) < 0.3, 0.0, rng.random(N))
    assert_gradient_of_first_step(*NETWORKS[network], {"label_smoothing": 0.1}, np.arange(N) % K, weights)


@pytest.mark.parametrize("network", ["dense", "embedding"])
def test_gradient_with_target_mass(network, rng):
    mass = rng.random((N, K))
    mass[3] = 0
    assert_gradient_of_first_step(*NETWORKS[network], {}, mass)
