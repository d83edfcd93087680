import numpy as np
import pytest
from tests.nn.training.problems import FLOAT, built_network

from pminusy import CrossEntropy
from pminusy.nn import BatchNorm, Dense, Dropout
from pminusy.nn.training.batches import DenseSamples
from pminusy.nn.training.evaluation import evaluate, measure


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


class _InParts(DenseSamples):
    """Samples that are evaluated some rows at a time, as those that are not in memory."""

    def parts(self):
        for start in range(0, len(self), 7):
            yield start, DenseSamples(self._X[start : start + 7], FLOAT)


def test_what_is_kept_of_parts_is_put_together_in_order(rng):
    network, X = built_network(Dense(3)), rng.standard_normal((20, 4))
    whole = evaluate(network, DenseSamples(X, FLOAT), FLOAT)
    np.testing.assert_array_equal(evaluate(network, _InParts(X, FLOAT), FLOAT), whole)
    best = evaluate(network, _InParts(X, FLOAT), FLOAT, lambda Z: Z.argmax(axis=1))
    np.testing.assert_array_equal(best, whole.argmax(axis=1))


@pytest.mark.parametrize("kind", ["labels", "mass"])
@pytest.mark.parametrize("samples", [DenseSamples, _InParts])
def test_losses_and_hits_are_added_up_over_parts(rng, kind, samples):
    network, X = built_network(Dense(3)), rng.standard_normal((20, 4))
    labels, weights = rng.integers(0, 3, 20), rng.random(20)
    y = labels if kind == "labels" else np.eye(3)[labels] * 0.6 + 0.1
    loss = CrossEntropy(reduction="sum", label_smoothing=0.1)
    Z = evaluate(network, DenseSamples(X, FLOAT), FLOAT)
    total, n_right = measure(network, samples(X, FLOAT), loss.settle(y, (20, 3), FLOAT, weights), FLOAT)
    assert total == pytest.approx(loss.value(Z, y, weights), rel=1e-12)
    assert n_right == (Z.argmax(axis=1) == labels).sum()
