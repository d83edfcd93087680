import numpy as np
import pytest
from tests.nn.training.problems import built_network

from pminusy.nn import BatchNorm, Dense, Dropout
from pminusy.nn.training.snapshot import Snapshot, numbers


@pytest.fixture
def network():
    return built_network(Dense(3), BatchNorm(), Dropout(0.5))


def changed(network):
    for array in numbers(network).values():
        array += 1


def test_numbers_are_parameters_and_state_by_name(network):
    assert set(numbers(network)) == {
        *(f"parameter.{i}" for i in range(4)),
        *("state.1.running_mean", "state.1.running_var", "state.2.draws"),
    }


def test_restoring_brings_every_number_back_into_the_same_arrays(network):
    arrays = numbers(network)
    before = {name: array.copy() for name, array in arrays.items()}
    snapshot = Snapshot.of(network)
    changed(network)
    snapshot.restore(network)
    for name, array in numbers(network).items():
        assert array is arrays[name]
        np.testing.assert_array_equal(array, before[name])


def test_a_snapshot_does_not_follow_the_network(network):
    snapshot = Snapshot.of(network)
    changed(network)
    assert not np.array_equal(snapshot.arrays["parameter.0"], network.parameters[0].value)


def test_a_mixture_is_between_the_two_and_takes_integers_from_the_other(network):
    first = Snapshot.of(network)
    changed(network)
    mixed = first.mixed(Snapshot.of(network), 0.25)
    np.testing.assert_allclose(mixed.arrays["parameter.0"], first.arrays["parameter.0"] + 0.25)
    np.testing.assert_array_equal(mixed.arrays["state.2.draws"], network.state["2.draws"])
