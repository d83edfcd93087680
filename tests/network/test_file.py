import json
import os
import signal
import subprocess
import sys
import textwrap
from dataclasses import dataclass

import numpy as np
import pytest
from safetensors import safe_open
from safetensors.numpy import load_file, save_file
from sklearn.exceptions import NotFittedError
from tests.network.networks import Interruption, Recorder, X, Y, assert_same_bits, small

from pminusy import InputError, ModelFileError, SoftmaxNetwork
from pminusy.nn import (
    SGD,
    AdamW,
    BatchNorm,
    Checkpoint,
    Conv2d,
    Dense,
    Dropout,
    Flatten,
    ReduceOnPlateau,
    ReLU,
    Residual,
    register,
)

IMAGES = (X.reshape(-1, 8, 8) / 16).astype(np.float32)
EVERYTHING = {
    "hidden": (20, 12),
    "dropout": 0.2,
    "batch_norm": True,
    "optimizer": AdamW(learning_rate=0.02),
    "schedule": ReduceOnPlateau(patience=0, threshold=0.05),
    "early_stopping": True,
    "n_iter_no_change": 3,
    "max_epochs": 20,
    "max_gradient_norm": 5.0,
    "label_smoothing": 0.1,
    "random_state": 3,
}


@pytest.fixture
def path(tmp_path):
    return tmp_path / "model.safetensors"


def saved(model, path):
    model.save(path)
    return SoftmaxNetwork.load(path)


MODELS = {
    "defaults": lambda: small().fit(X, Y),
    "everything": lambda: small(**EVERYTHING).fit(X, Y),
    "no hidden layers": lambda: small(hidden=()).fit(X.astype(np.float32), Y),
    "texts as labels": lambda: small(class_weight={"a": 2.0}).fit(X, np.array(["b", "a", "é"])[Y % 3]),
    "objects as labels": lambda: small().fit(X, np.array(["b", "a", "c"], object)[Y % 3]),
    "small numbers as labels": lambda: small(class_weight="balanced").fit(X, (Y % 3).astype(np.int8)),
    "truth values as labels": lambda: small(class_weight={True: 2.0}).fit(X, Y % 2 == 0),
    "images": lambda: small(
        layers=(
            Conv2d(4, (3, 3), padding="same"),
            Residual(Conv2d(4, 3, padding=1)),
            BatchNorm(),
            ReLU(),
            Flatten(),
        )
    ).fit(IMAGES, Y),
    "a random state": lambda: small(random_state=np.random.RandomState(3), hidden=np.array([5, 4])).fit(X, Y),
    "partly fitted": lambda: small().partial_fit(X, Y),
    "calibrated": lambda: small(max_epochs=20).fit(X[:200], Y[:200]).calibrate(X[200:], Y[200:]),
}


@pytest.mark.parametrize("kind", MODELS)
def test_a_saved_model_comes_back_whole(path, kind):
    model = MODELS[kind]()
    same = saved(model, path)
    x = IMAGES if kind == "images" else X
    assert_same_bits(same, model)
    np.testing.assert_array_equal(same.predict_proba(x), model.predict_proba(x))
    np.testing.assert_array_equal(same.predict(x), model.predict(x))
    assert same.classes_.dtype == model.classes_.dtype
    assert same.history_ == model.history_
    assert same.result_ == model.result_
    assert same.temperature_ == model.temperature_
    assert same.n_features_in_ == model.n_features_in_
    assert (
        repr(same.get_params()).replace(" ", "") == repr(model.get_params()).replace(" ", "")
        or kind == "a random state"
    )
    model.partial_fit(x, model.predict(x))
    assert_same_bits(same.partial_fit(x, same.predict(x)), model)


def test_the_file_is_safetensors_and_json(path):
    small().fit(X, Y).save(path)
    arrays = load_file(path)
    assert arrays["network.parameter.0"].shape == (64, 12)
    assert arrays["optimizer.v.3"].shape == (10,)
    with safe_open(path, "numpy") as file:
        text = file.metadata()["pminusy"]
    assert json.loads(text)["content"]["parameters"]["batch_size"] == 32
    assert os.listdir(path.parent) == [path.name]


def test_names_of_columns_are_kept(path):
    import pandas as pd

    frame = pd.DataFrame(X[:, 20:23], columns=["a", "b", "c"])
    same = saved(small().fit(frame, Y), path)
    assert same.feature_names_in_.tolist() == ["a", "b", "c"]
    same.predict(frame)


def test_only_a_fitted_model_is_saved(path):
    with pytest.raises(NotFittedError):
        small().save(path)
    assert not path.exists()


@pytest.mark.parametrize("schedule", [ReduceOnPlateau(patience=0, threshold=0.05), "cosine", "one_cycle"])
@pytest.mark.parametrize("epoch", [2, 7])
def test_an_interrupted_fit_goes_on_to_the_same_bits(path, schedule, epoch):
    options = {**EVERYTHING, "schedule": schedule}
    whole = small(**options).fit(X, Y)
    assert whole.n_iter_ > 7
    with pytest.raises(KeyboardInterrupt):
        small(**options, callbacks=[Checkpoint(path), Interruption(epoch)]).fit(X, Y)
    half = SoftmaxNetwork.load(path)
    assert half.n_iter_ == epoch - 1
    assert half.predict_proba(X).shape == (len(Y), 10)
    resumed = half.resume(X, Y)
    assert_same_bits(resumed, whole)
    assert resumed.result_ == whole.result_


def test_an_interrupted_fit_of_wide_layers_goes_on_to_the_same_bits(path):
    options = {"hidden": (300, 150), "max_epochs": 4}
    whole = small(**options).fit(X, Y)
    with pytest.raises(KeyboardInterrupt):
        small(**options, callbacks=[Checkpoint(path), Interruption(3)]).fit(X, Y)
    assert_same_bits(SoftmaxNetwork.load(path).resume(X, Y), whole)


@pytest.mark.parametrize("callbacks", [(), (Recorder(last_epoch=4),)])
def test_validation_data_and_weights_are_given_again(path, rng, callbacks):
    data = {"sample_weight": rng.random(300), "X_val": X[300:], "y_val": Y[300:]}
    options = {**EVERYTHING, "optimizer": SGD(0.01, momentum=0.9)}
    whole = small(**options).fit(X[:300], Y[:300], **data)
    stopped = small(**options, callbacks=[Recorder(last_epoch=4)]).fit(X[:300], Y[:300], **data)
    assert stopped.n_iter_ == 4
    resumed = saved(stopped, path).resume(X[:300], Y[:300], **data)
    assert_same_bits(resumed, whole)


def test_a_fit_that_has_ended_stays_so_and_may_be_given_more_epochs(path):
    model = small(**EVERYTHING).fit(X, Y)
    assert_same_bits(saved(model, path).resume(X, Y), model)
    short, long = (small(max_epochs=n, schedule="constant").fit(X, Y) for n in (2, 6))
    assert_same_bits(saved(short, path).set_params(max_epochs=6).resume(X, Y), long)


def test_a_killed_process_leaves_a_checkpoint_to_go_on_from(path):
    script = textwrap.dedent(
        f"""
        import os, signal, sys
        from pminusy.nn import *
        from tests.network.networks import X, Y, small
        from tests.network.test_file import EVERYTHING

        class Kill:
            def on_batches(self, progress):
                if progress.epoch == 5:
                    os.kill(os.getpid(), signal.SIGKILL)
            def on_epoch(self, model, record):
                pass

        small(**EVERYTHING, callbacks=[Checkpoint({str(path)!r}), Kill()]).fit(X, Y)
        """
    )
    root = os.path.dirname(os.path.dirname(os.path.dirname(__file__)))
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([root, os.environ.get("PYTHONPATH", "")])}
    killed = subprocess.run([sys.executable, "-c", script], env=environment, capture_output=True, text=True)
    assert killed.returncode == -signal.SIGKILL, killed.stderr
    half = SoftmaxNetwork.load(path)
    assert half.n_iter_ == 4
    assert_same_bits(half.resume(X, Y), small(**EVERYTHING).fit(X, Y))


def test_a_checkpoint_after_every_few_epochs(path):
    small(max_epochs=7, callbacks=[Checkpoint(path, every=3)]).fit(X, Y)
    assert SoftmaxNetwork.load(path).n_iter_ == 6
    with pytest.raises(InputError, match="every: expected an integer ≥ 1, got 0"):
        Checkpoint(path, every=0)


CHANGES = {
    "X: expected .* as in the interrupted fit, got .300, 64.": {"X": X[:300], "y": Y[:300]},
    "X: expected": {"X": X + 1},
    "y: expected .* of 10 classes": {"y": Y[::-1]},
    "sample_weight: expected None, as": {"sample_weight": np.ones(len(Y))},
    "X_val: expected None, as": {"X_val": X, "y_val": Y},
}


@pytest.mark.parametrize("message", CHANGES)
def test_other_data_are_refused(path, message):
    model = saved(small(callbacks=[Recorder(last_epoch=1)]).fit(X, Y), path)
    with pytest.raises(InputError, match=message):
        model.resume(**{"X": X, "y": Y, **CHANGES[message]})
    assert model.n_iter_ == 1


def test_objects_without_a_text_of_their_own_are_recognised():
    class Plain(Dropout):
        __repr__ = object.__repr__

    options = {"layers": [Plain(0.2), Dense(7)], "max_epochs": 5}
    whole = small(**options).fit(X, Y)
    half = small(**options, callbacks=[Recorder(last_epoch=2)]).fit(X, Y)
    assert_same_bits(half.set_params(callbacks=()).resume(X, Y), whole)


def test_other_parameters_are_refused(path):
    model = saved(small(callbacks=[Recorder(last_epoch=1)]).fit(X, Y), path)
    with pytest.raises(InputError, match=r"hidden: expected \(12,\), as in the interrupted fit, got \(13,\)"):
        model.set_params(hidden=(13,)).resume(X, Y)
    model.set_params(hidden=(12,)).partial_fit(X, Y)
    with pytest.raises(InputError, match="trained with fit only"):
        model.resume(X, Y)


@pytest.mark.parametrize("keep", [0, 4, 100, -1000, -1])
def test_a_truncated_file_is_refused(path, keep):
    small().fit(X, Y).save(path)
    path.write_bytes(path.read_bytes()[:keep])
    with pytest.raises(ModelFileError, match=r"model\.safetensors: not readable as a saved SoftmaxNetwork"):
        SoftmaxNetwork.load(path)


def test_an_altered_file_is_refused(path):
    small().fit(X, Y).save(path)
    whole = path.read_bytes()
    for place in np.linspace(8, len(whole) - 1, 200).astype(int):
        altered = bytearray(whole)
        altered[place] ^= 0x01
        path.write_bytes(altered)
        with pytest.raises(ModelFileError):
            SoftmaxNetwork.load(path)


def rewrite(path, change):
    """Alter a file with care: it agrees with its checksum."""
    from pminusy.array_file import _digest

    arrays = load_file(path)
    with safe_open(path, "numpy") as file:
        whole = json.loads(file.metadata()["pminusy"])
    change(whole, arrays)
    text = json.dumps(whole)
    save_file(arrays, path, {"pminusy": text, "sha256": _digest(text, arrays)})


def put(*keys, value):
    def change(whole, arrays):
        for key in keys[:-1]:
            whole = whole[key]
        whole[keys[-1]] = value

    return change


def drop_an_array(whole, arrays):
    del arrays["optimizer.m.1"]


def widen_an_array(whole, arrays):
    arrays["network.parameter.1"] = np.zeros(13)


FORGERIES = {
    "newer version, in format 99": put("version", value=99),
    "expected a saved SoftmaxNetwork, got a Tree": put("kind", value="Tree"),
    "different architecture: expected arrays": drop_an_array,
    "different architecture: expected network.parameter.1": widen_an_array,
    "os.system: unknown class": put(
        "content", "optimizer", value={"class": "os.system", "options": {"command": "x"}}
    ),
    "not readable as a network": put(
        "content", "optimizer", value={"class": "Adam", "options": {"beta1": 7}}
    ),
    "not readable as a network: ": put("content", "parameters", value={"unheard": 1}),
    "not readable as a network: '": put("content", "state", value=[]),
}


@pytest.mark.parametrize("message", FORGERIES)
def test_a_file_that_is_no_such_model_is_refused(path, message):
    small().fit(X, Y).save(path)
    rewrite(path, FORGERIES[message])
    with pytest.raises(ModelFileError, match=message.split("'")[0]):
        SoftmaxNetwork.load(path)


def test_other_files_are_refused(path, tmp_path):
    save_file({"a": np.zeros(3)}, path)
    with pytest.raises(ModelFileError, match="expected a saved SoftmaxNetwork, got another kind of file"):
        SoftmaxNetwork.load(path)
    with pytest.raises(ModelFileError, match="No such file"):
        SoftmaxNetwork.load(tmp_path / "nothing")
    with pytest.raises(ModelFileError):
        SoftmaxNetwork.load(tmp_path)


def test_where_nothing_can_be_written_nothing_changes(path, tmp_path):
    model = small().fit(X, Y)
    with pytest.raises(ModelFileError, match="cannot be written"):
        model.save(tmp_path / "no" / "folder")
    (tmp_path / "folder").mkdir()
    with pytest.raises(ModelFileError, match="cannot be written"):
        model.save(tmp_path / "folder")
    assert sorted(os.listdir(tmp_path)) == ["folder"]


@dataclass(eq=False)
class Doubled(Dropout):
    """A layer of one's own."""

    rate: float = 0.0

    def forward(self, X, *, training=False):
        Y, backward = ReLU().forward(X)
        return Y, backward


def test_a_layer_of_ones_own_is_registered_first(path, monkeypatch):
    from pminusy.nn import registry

    monkeypatch.setattr(registry, "_classes", dict(registry._classes))
    model = small(layers=[Doubled()]).fit(X, Y)
    with pytest.raises(
        InputError, match=r"layers: expected a value that can be saved, got Doubled.*register"
    ):
        model.save(path)
    assert not path.exists()
    register(Doubled)
    same = saved(model, path)
    np.testing.assert_array_equal(same.predict_proba(X), model.predict_proba(X))
    del registry._classes["Doubled"]
    with pytest.raises(ModelFileError, match=r"Doubled: unknown class; .* pminusy\.nn\.register"):
        SoftmaxNetwork.load(path)


def test_what_is_registered_has_a_name_of_its_own():
    with pytest.raises(InputError, match="expected a dataclass"):
        register(int)

    @dataclass
    class Dense:
        pass

    with pytest.raises(InputError, match="unused name, got Dense"):
        register(Dense)
