"""Layers together: whole networks."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.nn.checks import assert_gradients, assert_recorded_like_eager, built, one_step

from pminusy import InputError, ShapeError
from pminusy.nn import (
    GELU,
    BatchNorm,
    Chain,
    Dense,
    Dropout,
    Embedding,
    Flatten,
    LayerNorm,
    LeakyReLU,
    Residual,
    Sigmoid,
    SiLU,
    Tanh,
)

NETWORKS = {
    "dense": lambda: Chain([Dense(5), Tanh(), Dense(4), Sigmoid(), Dense(2)]),
    "normalised": lambda: Chain([Dense(4), BatchNorm(epsilon=0.1), SiLU(), LayerNorm(0.1), Dense(2)]),
    "residual": lambda: Chain(
        [Residual(Chain([LayerNorm(0.1), Dense(6), GELU(), Dense(3)])), Residual(Tanh()), Dense(2)]
    ),
    "dropped": lambda: Chain([Dropout(0.3), Dense(6), SiLU(), Dropout(0.5), Dense(2), Dropout(0.0)]),
    "nested": lambda: Chain([Chain([Dense(3), Chain([Tanh()])]), Chain([]), Residual(Residual(Dense(3)))]),
}


@pytest.mark.parametrize("name", NETWORKS)
@settings(max_examples=4)
@given(seed=st.integers(0, 2**32 - 1), n_rows=st.integers(2, 5), training=st.booleans())
def test_gradients(name, seed, n_rows, training):
    network = built(NETWORKS[name](), (3,), seed=seed)
    X = np.random.default_rng(seed).standard_normal((n_rows, 3))
    assert_gradients(network, X, training=training, max_coordinates=6, n_directions=2)


def test_gradients_from_indices(rng):
    network = built(Chain([Embedding(6, 2), LayerNorm(0.1), Flatten(), Dense(3), Tanh()]), (4,))
    assert_gradients(network, rng.integers(0, 6, (5, 4)))


def test_one_layer_used_twice_adds_its_gradients(rng):
    shared = Dense(3)
    assert_shared_gradients(shared, built(Chain([shared, Tanh()]), (3,)), rng)


def assert_shared_gradients(shared, block, rng):
    """d/dW of block(block(X)) by finite differences: the layer stands in the network twice."""
    network = Chain([block, block])
    X, W = rng.standard_normal((4, 3)), shared.parameters[0]
    for parameter in shared.parameters:
        parameter.clear_gradient()
    Y, backward = network.forward(X)
    backward(np.ones_like(Y))
    gradient, step = W.gradient.copy(), 1e-6
    measured = np.empty_like(gradient)
    for place in np.ndindex(gradient.shape):
        ends = []
        for sign in (1, -1):
            W.value[place] += sign * step
            ends.append(network.forward(X)[0].sum())
            W.value[place] -= sign * step
        measured[place] = (ends[0] - ends[1]) / (2 * step)
    np.testing.assert_allclose(gradient, measured, rtol=1e-7, atol=1e-9)


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
@pytest.mark.parametrize("name", NETWORKS)
@pytest.mark.parametrize("n_rows", [1, 41, 300])
def test_recorded_like_eager(rng, name, dtype, n_rows):
    network = built(NETWORKS[name](), (3,), dtype)
    assert_recorded_like_eager(network, rng.standard_normal((n_rows, 3)).astype(dtype))


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_a_layer_used_twice_recorded_like_eager(rng, dtype):
    shared = Chain([Dense(70), LayerNorm(), Tanh()])
    built(shared, (70,), dtype)
    assert_recorded_like_eager(Shared(shared), rng.standard_normal((50, 70)).astype(dtype))


class Shared:
    """A layer twice, its parameters and its state counted once."""

    def __init__(self, layer):
        self.parameters, self.state = layer.parameters, layer.state
        self.forward = Chain([layer, layer]).forward


def test_gradients_go_no_further_back_than_parameters_stand(rng):
    network = built(Chain([Tanh(), Dense(3), Tanh()]), (3,))
    X, dY = rng.standard_normal((2, 4, 3))
    full = one_step(network, X, dY, training=True)
    _, backward = network.forward(X, training=True)
    for parameter in network.parameters:
        parameter.clear_gradient()
    assert backward(dY, to_input=False) is None
    for parameter, gradient in zip(network.parameters, full.gradients, strict=True):
        np.testing.assert_array_equal(parameter.gradient, gradient)


def test_parameters_and_state_in_order():
    network = built(Chain([Dense(4), BatchNorm(), Residual(Chain([Dropout(0.5), Dense(4)]))]), (3,))
    assert [parameter.name for parameter in network.parameters] == ["W", "b", "scale", "shift", "W", "b"]
    assert list(network.state) == ["1.running_mean", "1.running_var", "2.0.draws"]


def test_an_empty_chain_is_the_identity(rng):
    X = rng.standard_normal((3, 2))
    Y, backward = Chain([]).forward(X)
    assert Y is X
    assert backward(X) is X


def test_an_error_names_the_layer(rng):
    with pytest.raises(ShapeError, match=r"layer 1: layer 0: Dense.*expected samples of shape \(D,\)"):
        Chain([LeakyReLU(), Chain([Dense(2)])]).build((2, 2), np.dtype(np.float32), rng)
    with pytest.raises(InputError, match="layer 1: Dense: units"):
        Chain([Dense(2), Dense(0)]).build((2,), np.dtype(np.float32), rng)


def test_two_dropouts_of_one_network_have_masks_of_their_own(rng):
    network = Chain([Dropout(0.5), Dropout(0.5)])
    network.build((1000,), np.dtype(np.float64), rng)
    Y, _ = network.forward(np.ones((20, 1000)), training=True)
    assert (Y != 0).mean() == pytest.approx(0.25, abs=0.02)
