import numpy as np
import pytest
from tests.nn.training.problems import built_network, shuffled, training_set

from pminusy import CrossEntropy
from pminusy.nn import SGD, BatchNorm, Dense, Tanh
from pminusy.nn.training.step import record_step

N, SIZE, RATE = 10, 5, 0.1


def trained_steps(rng, limit, n_steps=2):
    """The network after each step, the epoch, and its data."""
    network, data = built_network(Dense(6), Tanh(), Dense(3)), training_set(rng, N)
    epoch, optimizer = shuffled(N, SIZE, len(network.parameters)), SGD(RATE)
    epoch.rates[...], epoch.scales[...] = RATE, 1 / SIZE
    optimizer.build(network.parameters)
    before = [parameter.value.copy() for parameter in network.parameters]
    program = record_step(network, data, optimizer, epoch, SIZE, limit)
    for parameter, value in zip(network.parameters, before, strict=True):
        np.testing.assert_array_equal(parameter.value, value)  # recording changes nothing
    assert program.run(0, n_steps)
    return before, network, epoch, data


def gradients(values, network, epoch, data, step):
    """What the first batch's gradients are at these values, layer by layer at once."""
    now = [parameter.value.copy() for parameter in network.parameters]
    for parameter, value in zip(network.parameters, values, strict=True):
        parameter.value[...] = value
        parameter.clear_gradient()
    rows = epoch.order[epoch.starts[step] :][:SIZE]
    Z, backward = network.forward(data.samples._X[rows], training=True)
    backward(CrossEntropy().value_and_gradient(Z, data.targets.labels[rows])[1])
    found = [parameter.gradient.copy() for parameter in network.parameters]
    for parameter, value in zip(network.parameters, now, strict=True):
        parameter.value[...] = value
    return found


def test_a_step_goes_along_the_gradient_of_its_batchs_mean_loss(rng):
    before, network, epoch, data = trained_steps(rng, np.inf, n_steps=1)
    for parameter, value, g in zip(
        network.parameters, before, gradients(before, network, epoch, data, 0), strict=True
    ):
        np.testing.assert_allclose(parameter.value, value - RATE * g, rtol=1e-10, atol=1e-13)


def test_the_norm_of_each_parameters_gradient_is_noted(rng):
    before, network, epoch, data = trained_steps(rng, np.inf, n_steps=1)
    norms = [np.linalg.norm(g) for g in gradients(before, network, epoch, data, 0)]
    np.testing.assert_allclose(epoch.norms[0], norms, rtol=1e-10)


def test_a_larger_gradient_is_scaled_down_to_the_limit(rng):
    before, network, epoch, _ = trained_steps(rng, 0.01, n_steps=1)
    moved = [parameter.value - value for parameter, value in zip(network.parameters, before, strict=True)]
    assert np.linalg.norm(np.concatenate([m.ravel() for m in moved])) == pytest.approx(RATE * 0.01)
    assert np.linalg.norm(epoch.norms[0]) > 0.01  # noted as it was


def test_steps_done_in_one_call_are_the_steps_done_one_by_one(rng):
    _, together, epoch, _ = trained_steps(np.random.default_rng(0), np.inf)
    network, data = built_network(Dense(6), Tanh(), Dense(3)), training_set(np.random.default_rng(0), N)
    optimizer, again = SGD(RATE), shuffled(N, SIZE, len(network.parameters))
    again.rates[...], again.scales[...] = RATE, 1 / SIZE
    optimizer.build(network.parameters)
    program = record_step(network, data, optimizer, again, SIZE, np.inf)
    for step in range(2):
        assert program.run(step, 1)
    for one, other in zip(together.parameters, network.parameters, strict=True):
        np.testing.assert_array_equal(one.value, other.value)
    np.testing.assert_array_equal(epoch.losses, again.losses)


def test_layers_are_recorded_as_in_training(rng):
    network, data = built_network(Dense(4), BatchNorm(), Dense(3)), training_set(rng, N)
    optimizer, epoch = SGD(RATE), shuffled(N, SIZE, len(network.parameters))
    optimizer.build(network.parameters)
    record_step(network, data, optimizer, epoch, SIZE, np.inf).run(0, 1)
    assert network.state["1.running_mean"].any()
