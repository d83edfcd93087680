"""When training ends, and what it says of the loss then."""

import warnings

import numpy as np
import pytest
from sklearn.exceptions import ConvergenceWarning
from tests.network.networks import Interruption, Recorder, X, Y, assert_same_bits, small, weights_of

from pminusy import CrossEntropy, SoftmaxNetwork
from pminusy.nn import SGD, Adam, AdamW, Checkpoint, Cosine, Ending

NOTHING = np.zeros((60, 2))  # to learn from but the frequencies of the classes
LABELS = np.arange(60) % 3
STILL = {"optimizer": SGD(1e-300), "max_epochs": 40, "n_iter_no_change": 4}


def test_training_ends_once_the_loss_has_not_fallen():
    model = small(**STILL, schedule="constant").fit(NOTHING, LABELS)
    assert model.result_.ending is Ending.CONVERGED
    assert "The training loss stopped falling." in str(model.result_)
    assert model.n_iter_ == 5  # the first epoch is lower than none before


@pytest.mark.parametrize("schedule", ["cosine", "one_cycle", Cosine(warmup=0.0, final=0.1)])
def test_of_a_schedule_that_lowers_the_rate_only_the_end_is_still_done(schedule):
    recorder = Recorder()
    model = SoftmaxNetwork(**STILL, schedule=schedule, hidden=(), callbacks=[recorder]).fit(X, Y % 2)
    still = small(**{**STILL, "n_iter_no_change": 40}, schedule=schedule, hidden=(), batch_size=None).fit(
        X, Y % 2
    )
    assert model.result_.ending is Ending.CONVERGED
    assert model.n_iter_ == 5 + 4
    rates = [record.learning_rate for record in still.history_]
    assert [record.learning_rate for record in model.history_] == rates[:5] + rates[-4:]
    assert recorder.batches[-1].n_epochs == model.n_iter_


def test_a_loss_that_falls_by_more_than_tol_goes_on():
    options = {"hidden": (), "max_epochs": 30, "n_iter_no_change": 3, "schedule": "constant"}
    assert small(**options, tol=0).fit(X, Y).result_.ending is Ending.MAX_EPOCHS
    assert small(**options, tol=10.0).fit(X, Y).n_iter_ == 4


def test_early_stopping_watches_the_validation_loss():
    noise = np.random.default_rng(0).integers(0, 2, len(Y))
    options = {"hidden": (64,), "max_epochs": 80, "n_iter_no_change": 3, "learning_rate": 0.01}
    model = small(**options, early_stopping=True).fit(X, noise)
    assert model.result_.ending is Ending.EARLY_STOPPING
    assert model.result_.best_epoch == 1 + np.argmin([record.validation_loss for record in model.history_])
    assert model.result_.best_epoch < model.n_iter_ < 80


def test_weights_are_averaged_over_the_epochs_in_which_the_loss_did_not_fall():
    options = {
        "hidden": (5,),
        "learning_rate": 0.02,
        "schedule": "constant",
        "n_iter_no_change": 3,
        "tol": 0.01,
    }
    recorder = Weights()
    model = small(**options, max_epochs=200, callbacks=[recorder]).fit(X, Y)
    result = model.result_
    assert result.ending is Ending.CONVERGED
    assert result.n_averaged in (1, 3)
    mean = np.mean(recorder.weights[-result.n_averaged :], axis=0)
    np.testing.assert_allclose(weights_of(model), mean, rtol=1e-9, atol=1e-12)


class Weights(Recorder):
    """A callback that keeps the weights after each epoch."""

    def __init__(self):
        super().__init__()
        self.weights = []

    def on_epoch(self, model, record):
        self.weights.append(weights_of(model))


def test_epochs_that_run_out_while_the_loss_falls_are_told():
    with pytest.warns(
        ConvergenceWarning, match="The loss was still falling.* Increase max_epochs or max_steps"
    ):
        model = small(max_epochs=2).fit(X, Y)
    assert model.result_.still_falling
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert not SoftmaxNetwork().fit(X, Y).result_.still_falling
        small().partial_fit(X, Y).partial_fit(X, Y)


def test_steps_are_a_limit_too():
    assert small(max_epochs=9, max_steps=14).fit(X, Y).n_iter_ == 2  # of 13 steps
    assert small(max_epochs=9, max_steps=13).fit(X, Y).n_iter_ == 1
    assert small(max_epochs=2, max_steps=1000).fit(X, Y).n_iter_ == 2


def test_what_stands_in_for_parameters_that_are_none():
    model = SoftmaxNetwork(tol=0, n_iter_no_change=99).fit(X, Y)
    assert model.chosen_ == {
        "schedule": "cosine",
        "weight_decay": 1 / 400,
        "batch_size": 40,
        "max_epochs": 60,
    }
    assert model.n_iter_ == 60
    with_steps = SoftmaxNetwork(max_steps=25, optimizer="adamw", schedule="constant").fit(X, Y)
    assert with_steps.chosen_ == {"weight_decay": 0.01, "batch_size": 40, "max_epochs": 3}
    weights = np.r_[np.ones(100), np.zeros(300)]
    assert small(batch_size=None).fit(X, Y, weights).chosen_["weight_decay"] == 1 / 100
    asked = small(schedule=Cosine(), weight_decay=0.5, batch_size=7, max_epochs=1).fit(X, Y)
    assert asked.chosen_ == {}
    assert small(optimizer=AdamW(weight_decay=0.25)).fit(X, Y).chosen_["weight_decay"] == 0.25


def test_defaults_are_what_they_say():
    given = {"schedule": "cosine", "batch_size": 40, "max_epochs": 60}
    assert_same_bits(SoftmaxNetwork(hidden=(9,)).fit(X, Y), SoftmaxNetwork(hidden=(9,), **given).fit(X, Y))


@pytest.mark.parametrize("y", [Y, np.random.default_rng(0).integers(0, 3, len(Y))])
def test_weight_decay_grows_with_the_loss_of_the_epoch_before(y):
    rate, momentum, n_classes = 0.05, 0.9, y.max() + 1
    options = {"optimizer": "sgd", "learning_rate": rate, "schedule": "constant", "average_last": 0}
    models = [small(**options, hidden=(), batch_size=400, max_epochs=n).fit(X / 16, y) for n in (3, 4, 5)]
    before, now, after = (model.network_.parameters[0].value for model in models)
    gradient = (X / 16).T @ CrossEntropy().gradient(models[1].predict_log_proba(X / 16), y)
    pull = (now - after - momentum * (before - now)) / rate - gradient
    loss = min(np.log(n_classes), models[1].history_[-1].loss)
    np.testing.assert_allclose(pull, (1 + 4 * loss) / 400 * now, rtol=1e-6, atol=1e-10)


def test_partial_fit_knows_neither_rows_nor_epochs():
    model = small(batch_size=None, max_epochs=None).partial_fit(X, Y)
    assert model.chosen_ == {
        "schedule": "constant",
        "weight_decay": 0.0,
        "batch_size": 40,
        "max_epochs": None,
    }
    assert_same_bits(model, small(batch_size=40, optimizer=Adam(3e-3)).partial_fit(X, Y))


@pytest.mark.parametrize("schedule", [None, "constant", "cosine"])
def test_partial_fit_goes_on_after_training_has_ended(schedule):
    model = small(**STILL, schedule=schedule).fit(NOTHING, LABELS)
    n_epochs = model.n_iter_
    model.set_params(optimizer="adam")
    for _ in range(3):
        before = weights_of(model)
        model.partial_fit(NOTHING, LABELS)
        assert model.result_.ending is Ending.MAX_EPOCHS
    assert model.n_iter_ == n_epochs + 3
    assert schedule is not None or model.history_[-1].learning_rate == 1e-300
    assert len(before) == len(weights_of(model))


@pytest.mark.parametrize("schedule", [None, "constant"])
@pytest.mark.parametrize("epoch", [2, 6, 8])
def test_a_fit_that_ends_by_its_loss_resumes_to_the_same_bits(tmp_path, schedule, epoch):
    options = {
        "hidden": (4,),
        "learning_rate": 0.02,
        "schedule": schedule,
        "max_epochs": 40,
        "n_iter_no_change": 3,
    }
    options["tol"] = 0.02
    whole = small(**options).fit(X, Y % 2)
    assert whole.result_.ending is Ending.CONVERGED
    assert whole.n_iter_ > epoch
    checkpoint = Checkpoint(tmp_path / "network.safetensors")
    with pytest.raises(KeyboardInterrupt):
        small(**options, callbacks=[checkpoint, Interruption(epoch)]).fit(X, Y % 2)
    resumed = SoftmaxNetwork.load(checkpoint.path).resume(X, Y % 2)
    assert_same_bits(resumed, whole)
    assert resumed.result_ == whole.result_
    whole.save(checkpoint.path)
    again = SoftmaxNetwork.load(checkpoint.path)
    assert again.chosen_ == whole.chosen_
    assert_same_bits(again.resume(X, Y % 2), whole)
