import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from torch import nn as tnn

from pminusy import SoftmaxNetwork, nn
from pminusy.errors import InputError
from pminusy.torch import from_sequential, to_sequential

pytestmark = [pytest.mark.torch, pytest.mark.filterwarnings("ignore::UserWarning")]
RNG = np.random.default_rng(4)
X, Y = RNG.standard_normal((60, 5)), RNG.integers(0, 3, 60)
LAYERS = [
    nn.ReLU(),
    nn.LeakyReLU(0.2),
    nn.GELU(),
    nn.SiLU(),
    nn.Tanh(),
    nn.Sigmoid(),
    nn.BatchNorm(momentum=0.3, epsilon=1e-3),
    nn.LayerNorm(epsilon=1e-3),
    nn.Dropout(0.25),
]


def fitted(layers, dtype=np.float64):
    return SoftmaxNetwork(layers=layers, max_epochs=2, batch_size=10, learning_rate=0.05).fit(
        X.astype(dtype), Y
    )


def logits_of(module, X):
    with torch.no_grad():
        return module(torch.from_numpy(X)).numpy()


@settings(max_examples=20, deadline=None)
@given(
    st.lists(st.integers(1, 7).map(nn.Dense) | st.sampled_from(LAYERS), max_size=5),
    st.sampled_from([np.float32, np.float64]),
)
def test_there_and_back(layers, dtype):
    model, rows = fitted(layers, dtype), X.astype(dtype)
    module = to_sequential(model)
    np.testing.assert_allclose(logits_of(module, rows), model.decision_function(rows), atol=1e-4)
    back = from_sequential(module, model.classes_)
    np.testing.assert_array_equal(back.decision_function(rows), model.decision_function(rows))
    assert back.network_.parameters[0].value.dtype == dtype
    assert [repr(layer) for layer in back.layers] == [repr(layer) for layer in layers] or any(
        isinstance(layer, nn.Dense) for layer in layers
    )  # how a dense layer began is not kept


def test_the_temperature_is_multiplied_into_the_last_layer():
    labels = (X[:, :3] + RNG.standard_normal((60, 3))).argmax(1)
    model = (
        SoftmaxNetwork(hidden=(20,), max_epochs=60).fit(X[:30], labels[:30]).calibrate(X[30:], labels[30:])
    )
    assert model.temperature_ != 1
    np.testing.assert_allclose(logits_of(to_sequential(model), X), model.decision_function(X), rtol=1e-9)


def test_the_weights_are_copies():
    model = fitted([nn.Dense(4), nn.Tanh()])
    before = model.decision_function(X)
    module = to_sequential(model)
    back = from_sequential(module)
    for parameter in module.parameters():
        parameter.data.zero_()
    np.testing.assert_array_equal(model.decision_function(X), before)
    np.testing.assert_array_equal(back.decision_function(X), before)


def test_a_module_predicts_under_its_classes_is_saved_and_trains_on(tmp_path):
    torch.manual_seed(0)
    module = tnn.Sequential(
        tnn.Sequential(tnn.Linear(5, 8, bias=False), tnn.Identity()), tnn.SiLU(), tnn.Linear(8, 3)
    )
    model = from_sequential(module, classes=["a", "b", "c"])
    rows = X.astype(np.float32)
    np.testing.assert_allclose(model.decision_function(rows), logits_of(module, rows), atol=1e-5)
    assert set(model.predict(rows)) <= {"a", "b", "c"}
    model.save(tmp_path / "m.safetensors")
    again = SoftmaxNetwork.load(tmp_path / "m.safetensors")
    np.testing.assert_array_equal(again.predict_proba(rows), model.predict_proba(rows))
    labels = np.array(["a", "b", "c"])[Y]
    before = -model.predict_log_proba(rows)[np.arange(60), Y].mean()
    for _ in range(20):
        model.partial_fit(rows, labels)
    assert -model.predict_log_proba(rows)[np.arange(60), Y].mean() < before


def test_layer_normalisation_without_scales():
    module = tnn.Sequential(tnn.LayerNorm(5, elementwise_affine=False), tnn.Linear(5, 3)).double()
    np.testing.assert_allclose(from_sequential(module).decision_function(X), logits_of(module, X), atol=1e-9)


def test_networks_for_images_are_refused():
    model = SoftmaxNetwork(layers=[nn.Conv2d(2, 2)], max_epochs=1).fit(RNG.random((30, 4, 4)), Y[:30])
    with pytest.raises(InputError, match="expected a network of dense layers, got one with Conv2d"):
        to_sequential(model)


@pytest.mark.parametrize(
    ("modules", "message"),
    [
        ([], "ends in a Linear"),
        ([tnn.Linear(5, 3), tnn.ReLU()], "ends in a Linear"),
        ([tnn.Linear(5, 4), tnn.GELU("tanh"), tnn.Linear(4, 3)], r"got GELU\(approximate='tanh'\)"),
        (
            [tnn.Linear(5, 4), tnn.BatchNorm1d(4, track_running_stats=False), tnn.Linear(4, 3)],
            "got BatchNorm1d",
        ),
        ([tnn.Conv1d(5, 4, 1), tnn.Linear(4, 3)], "got Conv1d"),
        ([tnn.Linear(5, 3).to(torch.bfloat16)], "expected weights of float32 or float64, got torch.bfloat16"),
    ],
)
def test_modules_without_a_counterpart_are_refused(modules, message):
    with pytest.raises(InputError, match=message):
        from_sequential(tnn.Sequential(*modules))


@pytest.mark.parametrize("classes", [[0, 1], [0, 1, 1], [[0, 1, 2]]])
def test_classes_that_do_not_match_are_refused(classes):
    with pytest.raises(InputError, match="classes: expected 3 different labels"):
        from_sequential(tnn.Sequential(tnn.Linear(5, 3)), classes)
