import json

import numpy as np
import pytest

from pminusy.runs import network as module

NETWORK = ("--model", "network", "--epochs", "3", "--hidden", "8")


def settings(tmp_path, name) -> dict[str, str]:
    report = json.loads((tmp_path / name / "report.json").read_text())
    return {fact["name"]: fact["value"] for fact in report["settings"]}


def test_a_network_is_trained_predicted_with_and_reported_on(pminusy, table, tmp_path):
    outcome = pminusy("fit", table, "--target", "answer", *NETWORK, "--out", "model")
    assert (outcome.code, outcome.message) == (0, "")
    assert "Neural network on table" in outcome.out
    assert "Trained: Completed all epochs. Training took 3 epochs and " in " ".join(outcome.out.split())
    assert "Gradient check passed: " in outcome.out
    assert max(map(len, outcome.out.splitlines())) <= 80
    predicted = pminusy("predict", "model", table, "--proba").out.splitlines()
    assert predicted[0] == "predicted,p(no),p(yes)"
    assert len(predicted) == 41
    report = pminusy("report", "model")
    assert report.code == 0
    for words in ("Layers", "Dense(8)", "Epochs", "HTML report with charts: model/report.html"):
        assert words in report.out


def test_every_option_of_a_network_is_heeded(pminusy, table, tmp_path):
    options = {
        "hidden": "8,4",
        "activation": "gelu",
        "dropout": "0.25",
        "optimizer": "adamw",
        "learning-rate": "0.01",
        "schedule": "cosine",
        "weight-decay": "0.001",
        "batch-size": "8",
        "epochs": "2",
        "max-steps": "50",
        "tol": "0.0002",
        "label-smoothing": "0.05",
        "max-gradient-norm": "5",
        "validation-fraction": "0.25",
        "patience": "2",
    }
    given = [word for name, value in options.items() for word in (f"--{name}", value)]
    switches = ["--batch-norm", "--balanced", "--early-stopping"]
    outcome = pminusy(
        "fit", table, "--target", "answer", "--model", "network", *given, *switches, "--out", "model"
    )
    assert (outcome.code, outcome.message) == (0, "")
    found = settings(tmp_path, "model")
    assert found["hidden"] == "8, 4"
    assert found["batch_norm"] == found["early_stopping"] == "True"
    assert found["class_weight"] == "balanced"
    assert found["max_epochs"] == options.pop("epochs")
    assert found["n_iter_no_change"] == options.pop("patience")
    for name, value in options.items():
        if name != "hidden":
            assert found[name.replace("-", "_")] == value
    report = json.loads((tmp_path / "model" / "report.json").read_text())
    names = [layer["name"] for layer in report["network"]["layers"]]
    assert names[:4] == ["Dense(8)", "BatchNorm()", "GELU()", "Dropout(0.25)"]
    assert len(report["network"]["history"]) == 2
    assert report["network"]["history"][0]["validation_loss"] > 0


@pytest.mark.parametrize("layout", ["NHWC", "NCHW"])
@pytest.mark.parametrize("model", ["cnn", "network", "linear"])
def test_colour_tells_classes_apart(pminusy, tmp_path, layout, model):
    rng = np.random.default_rng(0)
    y = np.arange(120) % 3
    images = rng.integers(0, 99, (120, 6, 8, 3)).astype(np.uint8)
    images[np.arange(120), :, :, y] += 120
    X = images if layout == "NHWC" else np.moveaxis(images, 3, 1)
    np.savez(tmp_path / "colours.npz", X=X, y=np.array(["red", "green", "blue"])[y])
    outcome = pminusy("fit", "colours.npz", "--model", model)
    assert (outcome.code, outcome.message) == (0, "")
    assert outcome.out.startswith("colours: 120 colour images of 6 × 8 pixels; target: y, 3 classes\n")
    answers = pminusy("predict", "colours-model", "colours.npz").out.split()[1:]
    assert answers == np.array(["red", "green", "blue"])[y].tolist()


def test_a_cnn_takes_images(pminusy, tmp_path):
    outcome = pminusy("fit", "digits", "--model", "cnn", "--epochs", "1", "--hidden", "16")
    assert (outcome.code, outcome.message) == (0, "")
    assert "Convolutional network on digits" in outcome.out
    assert settings(tmp_path, "digits-model")["model"] == "cnn"
    assert pminusy("predict", "digits-model", "digits").out.startswith("predicted\n")


BAD_INPUT = {
    "no images": (
        ["--model", "cnn"],
        "table.csv: expected images, as IDX or as arrays (N, H, W) or (N, H, W, C), got a table",
    ),
    "an option of the other": (["--epochs", "3"], "epochs: only valid with --model network or cnn"),
    "unknown model": (["--model", "tree"], "'tree' is not one of"),
    "unknown activation": ([*NETWORK, "--activation", "rel"], "activation: expected one of relu, leaky_relu"),
    "unknown optimizer": ([*NETWORK, "--optimizer", "adm"], "optimizer: expected one of "),
    "unknown schedule": ([*NETWORK, "--schedule", "cos"], "schedule: expected one of "),
    "all dropped": ([*NETWORK, "--dropout", "1"], "dropout: expected a number in [0, 1), got 1.0"),
    "no rate": ([*NETWORK, "--learning-rate", "0"], "learning_rate: expected a number in (0, inf), got 0.0"),
    "no validation": (
        [*NETWORK, "--validation-fraction", "0"],
        "validation_fraction: expected a number in (0, 1)",
    ),
    "no units": (["--model", "network", "--hidden", "0"], "hidden: expected an integer ≥ 1, got 0"),
    "no epochs": (["--model", "network", "--epochs", "0"], "--epochs"),
    "too much smoothing": (
        [*NETWORK, "--label-smoothing", "2"],
        "label_smoothing: expected a number in [0, 1]",
    ),
    "a folder as checkpoint": ([*NETWORK, "--checkpoint", "."], ".: expected a file, got a directory"),
    "a checkpoint nowhere": ([*NETWORK, "--checkpoint", "no/c"], "no/c: no such directory: no"),
    "no checkpoint": ([*NETWORK, "--checkpoint", "table.csv"], "table.csv: "),
}


@pytest.mark.parametrize("case", BAD_INPUT)
def test_bad_input_is_an_error_and_writes_nothing(pminusy, table, tmp_path, case):
    arguments, message = BAD_INPUT[case]
    outcome = pminusy("fit", table, "--target", "answer", *arguments)
    assert outcome.code == 2
    assert outcome.message.startswith("error: ")
    assert message in outcome.message
    assert [path.name for path in tmp_path.iterdir()] == ["table.csv"]


def test_an_interrupted_fit_goes_on_to_the_same_bits(pminusy, table, tmp_path, monkeypatch):
    fit = ("fit", table, "--target", "answer", *NETWORK, "--early-stopping", "--batch-size", "8")
    assert pminusy(*fit, "--out", "whole").code == 0

    def interrupt(self, model, record):
        if record.epoch == 2:
            raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(module._Teller, "on_epoch", interrupt)
        outcome = pminusy(*fit, "--out", "parts", "--checkpoint", "run")
    assert outcome.code == 130
    assert "Rerun the same command to resume from the last epoch in run." in outcome.message
    assert not (tmp_path / "parts").exists()
    outcome = pminusy(*fit, "--out", "parts", "--checkpoint", "run")
    assert outcome.code == 0
    assert "Resuming from run after 1 epoch." in outcome.out
    whole, parts = (pminusy("predict", name, table, "--proba").out for name in ("whole", "parts"))
    assert whole == parts


def test_a_checkpoint_of_another_run_is_refused(pminusy, table, tmp_path):
    fit = ("fit", table, "--target", "answer", *NETWORK, "--checkpoint", "run")
    assert pminusy(*fit, "--out", "one").code == 0
    before = (tmp_path / "run").read_bytes()
    for change in (["--batch-size", "8"], ["--seed", "5"], ["--drop", "colour"]):
        outcome = pminusy(*fit, "--out", "two", *change)
        assert outcome.code == 2
        assert "checkpoint: run belongs to a different run; use another file: " in outcome.message
    assert (tmp_path / "run").read_bytes() == before
    assert not (tmp_path / "two").exists()
