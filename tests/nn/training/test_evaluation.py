import numpy as np
import pytest
from tests.nn.training.problems import FLOAT, built_network

from pminusy.nn import BatchNorm, Dense, Dropout
from pminusy.nn.training.batches import DenseSamples
from pminusy.nn.training.evaluation import evaluate


@pytest.mark.parametrize("n_rows", [0, 1, 255, 256, 257, 600])
def test_all_rows_are_evaluated_in_order_whatever_remains_of_the_last_block(rng, n_rows):
    network, X = built_network(Dense(3)), rng.standard_normal((n_rows, 4))
    W, b = (parameter.value for parameter in network.parameters)
    Z = evaluate(network, DenseSamples(X, FLOAT), FLOAT)
    assert Z.shape == (n_rows, 3)
    np.testing.assert_allclose(Z, X @ W + b, rtol=1e-12)


def test_layers_that_differ_while_training_do_what_they_do_afterwards(rng):
    network, X = built_network(Dense(5), BatchNorm(), Dropout(0.5)), rng.standard_normal((20, 4))
    before = {name: kept.copy() for name, kept in network.state.items()}
    Z = evaluate(network, DenseSamples(X, FLOAT), FLOAT)
    np.testing.assert_array_equal(Z, network.forward(X)[0])
    for name, kept in network.state.items():
        np.testing.assert_array_equal(kept, before[name])
