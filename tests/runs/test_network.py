from dataclasses import replace

import numpy as np
import pytest

from pminusy import SoftmaxNetwork
from pminusy.errors import DataError, InputError
from pminusy.nn import Ending
from pminusy.report import words
from pminusy.runs.fit import fit
from pminusy.runs.options import FitOptions, NetworkOptions
from pminusy.runs.saved import read_manifest, read_model, read_report

SMALL = NetworkOptions({"hidden": (6,), "max_epochs": 3, "batch_size": 16})


class Log:
    def __init__(self):
        self.stages, self.told, self.epochs = [], [], []

    def stage(self, name):
        self.stages.append(name)

    def read(self, dataset):
        pass

    def batches(self, progress):
        self.told.append(progress)

    def epoch(self, record):
        self.epochs.append(record.epoch)


def options(model=SMALL, **more) -> FitOptions:
    return FitOptions(target="kind", model=model, **more)


@pytest.fixture
def model(tmp_path, fruit):
    fit(fruit, tmp_path / "model", options())
    return tmp_path / "model"


def test_the_saved_network_is_the_one_that_was_scored(model, fruit):
    report = read_report(model)
    manifest, pipeline = read_model(model)
    assert [path.name for path in sorted(model.iterdir())] == [
        "metrics.json",
        "model.safetensors",
        "network.safetensors",
        "report.html",
        "report.json",
    ]
    rows = len(report.network.history)
    assert (report.network.training.epochs, rows) == (3, 3)
    assert report.gradient_check.ok
    assert pipeline["classifier"].history_[-1].loss == report.network.history[-1].loss
    assert manifest.classes == ("apple", "plum")
    assert pipeline["classifier"].callbacks == ()


def test_numbers_reach_the_network_as_float32(model):
    network = read_model(model)[1]["classifier"].network_
    assert {parameter.value.dtype for parameter in network.parameters} == {np.dtype(np.float32)}


@pytest.mark.parametrize("change", [lambda content: content[:-9], lambda content: content[:-1] + b"?"])
def test_an_altered_network_is_found_out(model, change):
    path = model / "network.safetensors"
    path.write_bytes(change(path.read_bytes()))
    with pytest.raises(Exception, match=r"network.safetensors: changed since it was written"):
        read_manifest(model)
    path.unlink()
    with pytest.raises(Exception, match=r"network.safetensors: missing; "):
        read_model(model)


def test_a_model_replaces_one_of_another_kind(model, fruit):
    fit(fruit, model, FitOptions(target="kind"), force=True)
    assert not (model / "network.safetensors").exists()
    assert read_report(model).solver.converged
    fit(fruit, model, options(), force=True)
    assert read_report(model).network.training.epochs == 3


def test_the_same_seed_gives_the_same_network_on_any_number_of_threads(tmp_path, fruit):
    weights = []
    for name, threads in (("one", 1), ("two", 2)):
        fit(fruit, tmp_path / name, options(threads=threads))
        weights.append(read_model(tmp_path / name)[1]["classifier"].network_.parameters[0].value)
    assert np.array_equal(*weights)


def test_validation_rows_are_taken_from_the_training_rows_and_counted_apart(tmp_path, fruit):
    log = Log()
    report = fit(
        fruit,
        tmp_path / "model",
        options(NetworkOptions({"max_epochs": 1, "validation_fraction": 0.25})),
        watcher=log,
    )
    assert (report.train.n, report.data.n_train, report.data.n_validation, report.data.n_test) == (
        36,
        36,
        12,
        12,
    )
    assert sum(row.train for row in report.data.classes) == 36
    assert "Trained on 36 rows, validated on 12; tested on 12 held-out rows." in words.headline(report)
    assert "Validation rows" in (tmp_path / "model" / "report.html").read_text()
    assert log.told[-1].rows_per_second > 0
    assert report.network.history[0].validation_loss is not None
    untouched = fit(fruit, tmp_path / "other", options(NetworkOptions({"max_epochs": 1})))
    assert untouched.network.history[0].validation_loss is None
    assert (untouched.train.n, untouched.data.n_validation) == (48, 0)
    assert "validated" not in words.headline(untouched)
    assert "Validation rows" not in (tmp_path / "other" / "report.html").read_text()


def test_early_stopping_keeps_the_best_epoch(tmp_path, fruit):
    stopping = NetworkOptions(
        {
            "hidden": (32,),
            "max_epochs": 60,
            "learning_rate": 0.3,
            "early_stopping": True,
            "n_iter_no_change": 2,
        }
    )
    report = fit(fruit, tmp_path / "model", options(stopping))
    training = report.network.training
    losses = [epoch.validation_loss for epoch in report.network.history]
    assert training.kept_epoch == 1 + int(np.argmin(losses))
    assert training.epochs < 60
    assert training.ending == "early_stopping"


def test_a_fit_that_diverges_in_its_first_epoch_is_told_and_is_no_error(tmp_path, fruit):
    wild = NetworkOptions(
        {"hidden": (6,), "max_epochs": 5, "batch_size": 8, "learning_rate": 1e30, "optimizer": "sgd"}
    )
    report = fit(fruit, tmp_path / "model", options(wild))
    assert report.network.training.ending == "not_finite"
    assert report.network.training.kept_epoch == 0
    assert read_report(tmp_path / "model").network.training.remedy


def test_weights_that_give_no_numbers_are_no_model(tmp_path, fruit, monkeypatch):
    def spoil(self, *parts):
        network = train(self, *parts).network_
        network.parameters[0].value[:] = np.float32(3e38)
        self.result_ = replace(self.result_, ending=Ending.NOT_FINITE, epoch=2, step=1, layer="the loss")
        return self

    train = SoftmaxNetwork.fit
    monkeypatch.setattr(SoftmaxNetwork, "fit", spoil)
    with pytest.raises(InputError, match=r"learning_rate: training diverged at learning_rate=0.003. "):
        fit(fruit, tmp_path / "model", options())
    assert not (tmp_path / "model").exists()


def test_a_watcher_is_told_of_batches_and_epochs(tmp_path, fruit):
    log = Log()
    fit(fruit, tmp_path / "model", options(), watcher=log)
    assert log.stages == ["reading", "encoding", "fitting", "scoring", "writing"]
    assert log.epochs == [1, 2, 3]
    assert (log.told[-1].epoch, log.told[-1].step, log.told[-1].n_steps) == (3, 3, 3)


def test_small_images_are_refused_by_their_size(tmp_path):
    X = np.random.default_rng(0).random((20, 3, 3))
    np.savez(tmp_path / "small.npz", X=X, y=np.arange(20) % 2)
    with pytest.raises(InputError, match="images: expected at least 4 × 4 pixels, got 3 × 3"):
        fit(
            str(tmp_path / "small.npz"),
            tmp_path / "model",
            FitOptions(model=NetworkOptions(convolutions=True)),
        )


def test_a_table_is_no_image(tmp_path, fruit):
    with pytest.raises(DataError, match="expected images"):
        fit(fruit, tmp_path / "model", options(NetworkOptions(convolutions=True)))
    assert not (tmp_path / "model").exists()
