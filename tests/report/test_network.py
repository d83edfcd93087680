import math
from dataclasses import replace
from types import SimpleNamespace

import numpy as np
import pytest

from pminusy import SoftmaxNetwork
from pminusy.nn import BatchNorm, Conv2d, Dense, Dropout, Ending, EpochRecord
from pminusy.nn.training.history import TrainingResult
from pminusy.report import words
from pminusy.report.first_layer import picture_first_layer
from pminusy.report.model import Report
from pminusy.report.network import _named, _remedy, network_outcome


@pytest.fixture(scope="module")
def data():
    rng = np.random.default_rng(0)
    y = np.arange(60) % 3
    return (rng.normal(size=(60, 6)) + y[:, None]).astype(np.float32), y


@pytest.fixture(scope="module")
def model(data):
    X, y = data
    model = SoftmaxNetwork(hidden=(5,), max_epochs=3, batch_size=16, schedule="constant")
    return model.fit(X, y, X_val=X[:9], y_val=y[:9])


def record(epoch=1, loss=1.0, accuracy=0.5, validation=None):
    return EpochRecord(epoch, loss, accuracy, 1.0, (1.0,), 1e-3, 0.1, 100.0, validation, None)


def test_the_layers_are_told_with_their_shapes_and_parameters(model, data):
    outcome = network_outcome(model, data[0][:1], None)
    assert [(layer.name, layer.shape, layer.n_parameters) for layer in outcome.layers] == [
        ("Dense(5)", (5,), 35),
        ("ReLU()", (5,), 0),
        ("Dense(3)", (3,), 18),
    ]
    assert outcome.layers[0].parameters == ("W", "b")
    assert outcome.training.n_parameters == 53
    assert outcome.first_layer is None


def test_every_epoch_is_told_as_it_was(model, data):
    outcome = network_outcome(model, data[0][:1], None)
    for told, was in zip(outcome.history, model.history_, strict=True):
        assert (told.loss, told.validation_loss) == (was.loss, was.validation_loss)
        assert told.gradient_norms == was.layer_norms
        assert len(told.gradient_norms) == 4
    assert outcome.rates == (3e-3,)
    assert outcome.training.seconds == sum(was.seconds for was in model.history_)


def test_a_long_history_keeps_both_ends(model, data):
    history = [record(epoch) for epoch in range(1, 1001)]
    long = SimpleNamespace(**vars(model) | {"history_": history, "embed": model.embed})
    epochs = [epoch.epoch for epoch in network_outcome(long, data[0][:1], None).history]
    assert (len(epochs), epochs[0], epochs[-1]) == (200, 1, 1000)


@pytest.mark.parametrize(
    ("layer", "name"),
    [
        (Dense(3, init="glorot_uniform"), "Dense(3)"),
        (Conv2d(16, 3), "Conv2d(16, 3)"),
        (Conv2d(16, (3, 5), padding="same"), "Conv2d(16, (3, 5), padding='same')"),
        (Dropout(0.5), "Dropout(0.5)"),
        (BatchNorm(), "BatchNorm()"),
    ],
)
def test_a_layer_is_written_as_it_would_be_made(layer, name):
    assert _named(layer) == name


@pytest.mark.parametrize(
    ("ending", "history", "told"),
    [
        (Ending.NOT_FINITE, [], "Use a smaller learning rate, or set max_gradient_norm."),
        (Ending.EARLY_STOPPING, [record(validation=2.0), record(validation=3.0)], ""),
        (
            Ending.MAX_EPOCHS,
            [record(validation=2.0), record(validation=1.0)],
            "Train for more epochs: the validation loss",
        ),
        (
            Ending.MAX_EPOCHS,
            [record(validation=1.0), record(validation=2.0)],
            "lowest after epoch 1 and rose",
        ),
        (Ending.MAX_EPOCHS, [record(validation=1.0), record(validation=1.01)], ""),
        (Ending.MAX_EPOCHS, [record(loss=2.0), record(loss=1.0)], "Train for more epochs: the training loss"),
        (Ending.MAX_EPOCHS, [record(loss=1.0), record(loss=0.995)], ""),
        (Ending.CONVERGED, [record(loss=2.0), record(loss=1.0)], ""),
    ],
)
def test_what_to_try(ending, history, told):
    falling = "training loss" in told
    remedy = _remedy(TrainingResult(ending, len(history), len(history), still_falling=falling), history)
    assert told in remedy
    assert bool(told) == bool(remedy)


def test_the_units_with_the_largest_weights_are_shown_first():
    W = np.zeros((6, 100), np.float32)
    W[2, 7], W[:, 90] = 9.0, 1.0
    shown = picture_first_layer(SimpleNamespace(parameters=[SimpleNamespace(value=W)]), (2, 3))
    assert (shown.convolves, shown.n, len(shown.pictures)) == (False, 100, 44)
    assert shown.pictures[0].levels == (0, 0, 255, 0, 0, 0)
    assert (shown.pictures[1].height, shown.pictures[1].width) == (2, 3)
    assert len(set(shown.pictures[1].levels)) == 1


def test_filters_are_shown_as_they_lie_over_the_image():
    layer = Conv2d(3, (2, 3))
    layer.build((8, 8, 1), np.dtype(np.float32), np.random.default_rng(0))
    layer.parameters[0].value[:] = 0
    layer.parameters[0].value[1, 2, 0, 1] = -0.5
    shown = picture_first_layer(layer, (8, 8))
    assert (shown.convolves, shown.n, len(shown.pictures)) == (True, 3, 3)
    assert shown.pictures[0].levels == (0, 0, 0, 0, 0, -255)
    assert shown.pictures[0].peak == 0.5


def test_a_report_of_a_network_comes_back_from_json(network_report):
    assert Report.from_json(network_report.to_json()) == network_report
    assert network_report.solver is None
    assert network_report.weights == ()


def test_a_report_from_before_there_were_networks_is_read(digits_report):
    text = digits_report.to_json().replace(', "network": null', "")
    assert "network" not in text
    assert Report.from_json(text) == digits_report


def test_the_verdict_tells_what_it_took_and_what_is_kept(network_report):
    training = replace(
        network_report.network.training, epochs=7, kept_epoch=4, seconds=2.0, rows_per_second=1264.0
    )
    report = replace(network_report, network=replace(network_report.network, training=training))
    verdict = words.training_verdict(report)
    assert (verdict.good, verdict.label) == (True, "Trained")
    assert "Training took 7 epochs and 2.0 s, about 1,300 images per second." in verdict.sentence.replace(
        "\xa0", " "
    )
    assert verdict.sentence.endswith("The model uses the weights from epoch 4.")


def test_a_network_that_diverged_says_where(network_report, data):
    X, y = data
    model = SoftmaxNetwork(hidden=(5,), max_epochs=3, learning_rate=1e30, optimizer="sgd")
    with pytest.warns(match="non-finite"):
        model.fit(X, y)
    outcome = network_outcome(model, X[:1], None)
    assert outcome.training.ending == "not_finite"
    assert "First seen in epoch" in outcome.training.reason
    verdict = words.training_verdict(replace(network_report, network=outcome))
    assert (verdict.good, verdict.label) == (False, "Diverged")
    assert "smaller learning rate" in verdict.remedy
    assert math.isfinite(outcome.training.rows_per_second)
