"""Weights of rows and classes mean the same at every batch size: (1/Σw) Σ w_i L_i is what is minimised."""

import numpy as np
import pytest
import scipy.sparse as sp
from tests.network.networks import Interruption, X, Y, assert_same_bits, small, weights_of

import pminusy
from pminusy import SoftmaxNetwork
from pminusy.nn import SGD, Checkpoint

N, RATE = 60, 1e-9  # so small a rate that the weights stay where the gradient is taken
SOME, LABELS = X[:N] / 16, Y[:N] % 3
WEIGHTS = np.random.default_rng(0).exponential(size=N) ** 2
CLASS_WEIGHTS = {0: 4.0, 1: 0.25, 2: 1.0}
AS = {"dense": np.asarray, "sparse": sp.csr_matrix}


def still(batch_size, **options):
    """A network whose weights hardly move in its only epoch."""
    training = {"optimizer": SGD(RATE), "schedule": "constant", "batch_size": batch_size, "max_epochs": 1}
    return SoftmaxNetwork(**{"hidden": (5,), "activation": "tanh", **training, **options})


def gradient_of_objective(model, X, y, weights, **loss):
    """The exact gradient over all rows at once, in one array."""
    parameters = model.network_.parameters
    Z, backward = model.network_.forward(X, training=True)
    for parameter in parameters:
        parameter.clear_gradient()
    backward(pminusy.CrossEntropy(**loss).gradient(Z, y, weights))
    return np.concatenate([parameter.gradient.ravel() for parameter in parameters])


@pytest.mark.parametrize("batch_size", [1, 2, 15, 60])
@pytest.mark.parametrize("kind", AS)
@pytest.mark.parametrize("by", ["rows", "classes", "both"])
def test_the_mean_of_an_epochs_gradients_is_that_of_the_objective(batch_size, kind, by):
    weights = None if by == "rows" else CLASS_WEIGHTS
    of_rows = None if by == "classes" else WEIGHTS
    options = {"class_weight": weights, "label_smoothing": 0.1}
    before = weights_of(still(batch_size, **{**options, "optimizer": SGD(1e-300)}).fit(SOME, LABELS))
    model = still(batch_size, **options).fit(AS[kind](SOME), LABELS, of_rows)
    found = (before - weights_of(model)) / RATE / (N / batch_size)
    loss = {"weight": None if weights is None else list(weights.values()), "label_smoothing": 0.1}
    expected = gradient_of_objective(model, SOME, LABELS, of_rows, **loss)
    np.testing.assert_allclose(found, expected, rtol=1e-5, atol=1e-6 * abs(expected).max())
    value = pminusy.CrossEntropy(**loss).value(model.decision_function(SOME), LABELS, of_rows)
    assert model.history_[0].loss == pytest.approx(value, rel=1e-5)


@pytest.mark.parametrize(("batch_size", "max_epochs"), [(1, 12), (3, 20), (16, 60), (64, 200), (300, 400)])
@pytest.mark.parametrize("by", ["rows", "classes"])
def test_probabilities_are_those_of_the_weighted_classes(batch_size, max_epochs, by):
    y = np.arange(300) % 3  # nothing to tell the classes by; the last batch of 64 is smaller
    weights = {0: 7.0, 1: 2.0, 2: 1.0}
    options = {"class_weight": weights} if by == "classes" else {}
    model = SoftmaxNetwork(
        hidden=(), batch_size=batch_size, max_epochs=max_epochs, learning_rate=0.01, tol=0, **options
    )
    of_rows = np.array([weights[k] for k in y]) if by == "rows" else None
    p = model.fit(np.zeros((300, 1)), y, of_rows).predict_proba(np.zeros((1, 1)))
    np.testing.assert_allclose(p, [[0.7, 0.2, 0.1]], atol=0.02)


def test_a_smaller_last_batch_counts_each_row_like_the_others():
    weights = np.where(np.arange(N) % 2, 3.0, 0.5)
    steps = []
    for seed in range(40):
        model = still(32, hidden=(), layers=[], random_state=seed)
        start = weights_of(
            still(32, hidden=(), layers=[], random_state=seed, optimizer=SGD(1e-300)).fit(SOME, LABELS)
        )
        steps.append((start - weights_of(model.fit(np.zeros_like(SOME), LABELS, weights)))[-3:] / RATE / 2)
    p = model.predict_proba(np.zeros((1, SOME.shape[1])))[0]
    shares = np.bincount(LABELS, weights) / weights.sum()
    np.testing.assert_allclose(np.mean(steps, axis=0), p - shares, atol=0.02)


def test_rows_of_weight_0_are_as_if_they_were_not_there():
    weights = np.where(np.arange(len(Y)) % 3 == 1, 0.0, 1.5)
    counted = weights > 0
    far = np.where(counted[:, None], X, 1e12)
    options = {"batch_norm": True, "dropout": 0.2, "batch_size": None, "max_epochs": 2}
    for early_stopping in (False, True):
        given = small(**options, early_stopping=early_stopping).fit(far, Y, weights, classes=range(10))
        without = small(**options, early_stopping=early_stopping)
        assert_same_bits(given, without.fit(X[counted], Y[counted], weights[counted], classes=range(10)))
    assert_same_bits(
        small(**options).partial_fit(far, Y, range(10), weights),
        small(**options).partial_fit(X[counted], Y[counted], range(10), weights[counted]),
    )


def test_weights_that_are_all_alike_change_nothing():
    expected = small().fit(X, Y)
    np.testing.assert_allclose(
        weights_of(small().fit(X, Y, np.full(len(Y), 0.25))), weights_of(expected), rtol=1e-12
    )


def test_the_loss_of_weighted_validation_rows_is_their_mean():
    class_weight = {k: k + 1.0 for k in range(10)}
    model = small(class_weight=class_weight, max_epochs=2).fit(X, Y, X_val=X[:50], y_val=Y[:50])
    loss = pminusy.CrossEntropy(weight=list(class_weight.values()))
    expected = loss.value(model.decision_function(X[:50]), Y[:50])
    assert model.history_[-1].validation_loss == pytest.approx(expected)


@pytest.mark.parametrize("batch_size", [1, 7])
def test_a_weighted_fit_resumes_to_the_same_bits(tmp_path, batch_size):
    weights = np.random.default_rng(1).random(len(Y))
    options = {"batch_size": batch_size, "class_weight": "balanced", "max_epochs": 4}
    checkpoint = Checkpoint(tmp_path / "network.safetensors")
    whole = small(**options).fit(X, Y, weights)
    with pytest.raises(KeyboardInterrupt):
        small(**options, callbacks=[checkpoint, Interruption(3)]).fit(X, Y, weights)
    assert_same_bits(SoftmaxNetwork.load(checkpoint.path).resume(X, Y, weights), whole)


def test_weights_of_any_scale_give_the_same_model():
    weights = np.random.default_rng(2).random(len(Y)) + 0.1
    one, other = (small(batch_size=9, tol=0).fit(X, Y, scale * weights) for scale in (1.0, 2.0**-80))
    np.testing.assert_allclose(one.predict_proba(X), other.predict_proba(X), rtol=1e-7, atol=1e-12)
