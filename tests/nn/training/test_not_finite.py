import numpy as np
import pytest
from tests.nn.training.problems import FLOAT, built_network

from pminusy.nn import BatchNorm, Dense, ReLU
from pminusy.nn.training.batches import DenseSamples
from pminusy.nn.training.epoch import Epoch
from pminusy.nn.training.not_finite import first_not_finite, is_finite

N = 6


@pytest.fixture
def network():
    return built_network(Dense(5), BatchNorm(), ReLU(), Dense(3))


def found(network, rng, spoil_epoch=lambda epoch: None):
    epoch = Epoch.of(N, 3, len(network.parameters))
    spoil_epoch(epoch)
    samples = DenseSamples(rng.standard_normal((N, 4)), FLOAT)
    return first_not_finite(network, samples, epoch, 1, 3)


def test_where_all_is_finite_it_was_the_loss(network, rng):
    assert is_finite(network)
    assert found(network, rng) == "the loss"


def test_an_output_comes_first(network, rng):
    network.parameters[-1].value[0] = np.nan
    assert not is_finite(network)
    assert found(network, rng, lambda epoch: epoch.norms.fill(np.inf)).startswith(
        "the output of layer 3, Dense("
    )


def test_a_gradient_is_named_by_its_layer(network, rng):
    def spoil(epoch):
        epoch.norms[1, 2] = np.inf

    assert found(network, rng, spoil).startswith("the gradient of layer 1, BatchNorm(")


def test_another_steps_gradient_does_not_count(network, rng):
    def spoil(epoch):
        epoch.norms[0] = np.nan

    assert found(network, rng, spoil) == "the loss"


def test_an_update_that_no_output_shows_is_found_in_the_parameter(network, rng):
    network.parameters[0].value[:, 0] = 0.0
    network.layers[0].forward = lambda X, training: (np.ones((len(X), 5)), None)  # reads no weights
    network.parameters[0].value[0, 0] = np.inf
    assert found(network, rng).startswith("the update of W of layer 0, Dense(")


def test_a_layers_state_is_looked_at_last(network, rng):
    network.layers[1].forward = lambda X, training: (X, None)  # leaves its averages as they are
    network.layers[1].state["running_var"][2] = np.nan
    assert not is_finite(network)
    assert found(network, rng).startswith("the running_var of layer 1, BatchNorm(")
