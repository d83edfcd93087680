import copy

import numpy as np
import pytest
from tests.network.networks import X, Y, small

from pminusy import InputError, nn
from pminusy.classifier.examples import read_examples
from pminusy.network.training import Beginning


def beginning(X=X, y=Y, weights=None, validation=None, **options):
    model = small(**options)

    def read(X, y, weights=None):
        return read_examples(copy.copy(model), X, y, weights, None, reset=True)

    return Beginning.of(model, read(X, y, weights), validation and read(*validation))


@pytest.mark.parametrize(
    "options",
    [{}, {"verbose": 1}, {"max_epochs": 99}, {"n_threads": 1}, {"random_state": 5}, {"warm_start": True}],
)
def test_what_a_fit_may_go_on_with(options):
    beginning().check(beginning(**options))


def test_equal_data_elsewhere_in_memory_are_the_same():
    beginning(validation=(X[:9], Y[:9])).check(beginning(X.copy(), Y.tolist(), validation=(X[:9], Y[:9])))


@pytest.mark.parametrize(
    ("name", "options"),
    [
        ("hidden", {"hidden": (13,)}),
        ("learning_rate", {"learning_rate": 0.7}),
        ("optimizer", {"optimizer": nn.SGD()}),
        ("X", {"X": X + 1}),
        ("X", {"X": X[:-1], "y": Y[:-1]}),
        ("y", {"y": np.roll(Y, 1)}),
        ("sample_weight", {"weights": np.arange(400.0)}),
        ("X_val", {"validation": (X[:9], Y[:9])}),
    ],
)
def test_another_parameter_or_other_data_are_named(name, options):
    with pytest.raises(InputError, match=f"^{name}: expected .*, as in the interrupted fit, got"):
        beginning().check(beginning(**options))


def test_a_copy_keeps_the_objects_that_it_was_made_of():
    optimizer = nn.Adam()
    began = beginning(optimizer=optimizer)
    assert copy.deepcopy(began).parameters["optimizer"] is optimizer
