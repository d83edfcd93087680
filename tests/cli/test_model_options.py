import re

import pytest

from pminusy import SoftmaxNetwork, SoftmaxRegression
from pminusy.cli.model_options import MODEL_OPTIONS, Model, model_options
from pminusy.errors import InputError
from pminusy.linear.options import check_parameters as check_linear
from pminusy.network.options import check_parameters as check_network
from pminusy.nn.names import ACTIVATIONS
from pminusy.runs.options import LinearOptions, NetworkOptions


def test_what_is_not_given_is_as_by_default():
    nothing = {"C": None, "epochs": None, "balanced": False}
    assert model_options(Model.LINEAR, nothing) == LinearOptions()
    assert model_options(Model.NETWORK, nothing) == NetworkOptions()
    assert model_options(Model.CNN, nothing) == NetworkOptions(convolutions=True)


def test_what_is_given_is_heeded():
    given = {"hidden": "64, 32", "dropout": 0.0, "balanced": True}
    expected = NetworkOptions({"hidden": (64, 32), "dropout": 0.0, "class_weight": "balanced"})
    assert model_options(Model.NETWORK, given) == expected


def test_C_is_a_number_or_chosen():
    assert model_options(Model.LINEAR, {"C": "2"}) == LinearOptions(C=2.0)
    given = {"C": "Auto", "l1_ratio": 0.5, "group": True, "one_standard_error": True}
    expected = LinearOptions(C="auto", l1_ratio=0.5, group=True, one_standard_error=True)
    assert model_options(Model.LINEAR, given) == expected


def test_tol_and_patience_are_those_of_the_model():
    assert model_options(Model.LINEAR, {"tol": 0.5}) == LinearOptions(tol=0.5)
    given = {"tol": 0.5, "patience": 3, "max_steps": 40}
    expected = NetworkOptions({"tol": 0.5, "n_iter_no_change": 3, "max_steps": 40})
    assert model_options(Model.NETWORK, given) == expected


@pytest.mark.parametrize(
    ("model", "given", "message"),
    [
        (
            "linear",
            {"batch_size": 3},
            "batch-size: only valid with --model network or cnn, got --model linear",
        ),
        ("linear", {"early_stopping": True}, "early-stopping: only valid with --model network or cnn"),
        ("cnn", {"C": "1.0"}, "C: only valid with --model linear, got --model cnn"),
        ("network", {"hidden": "a,b"}, "hidden: expected integers separated by commas, got 'a,b'"),
        ("network", {"hidden": ""}, "hidden: expected integers separated by commas, got ''"),
        ("linear", {"max_steps": 9}, "max-steps: only valid with --model network or cnn"),
        ("network", {"l1_ratio": 0.5}, "l1-ratio: only valid with --model linear, got --model network"),
        ("linear", {"C": "large"}, "C: expected a number > 0 or auto, got 'large'"),
        ("linear", {"C": "-1"}, "C: expected a number > 0 or auto, got -1"),
        ("linear", {"C": "nan"}, "C: expected a number > 0 or auto, got nan"),
        ("linear", {"l1_ratio": 1.5}, "l1-ratio: expected a number in [0, 1], got 1.5"),
        ("linear", {"l1_ratio": float("nan")}, "l1-ratio: expected a number in [0, 1], got nan"),
        ("linear", {"group": True}, "group: expected --l1-ratio > 0 with it, got none"),
        ("linear", {"one_standard_error": True}, "one-standard-error: expected --C auto with it, got 1"),
    ],
)
def test_what_does_not_belong_is_refused(model, given, message):
    with pytest.raises(InputError, match=re.escape(message)):
        model_options(Model(model), given)


@pytest.mark.parametrize(
    "option", [option for option in MODEL_OPTIONS if option.kind is int], ids=lambda option: option.name
)
def test_the_smallest_integers_are_those_of_the_estimator(option):
    linear = option.models == "linear"
    estimator, check = (SoftmaxRegression, check_linear) if linear else (SoftmaxNetwork, check_network)
    name = option.parameter or option.name
    check(estimator(**{name: option.least}))
    with pytest.raises(InputError, match=name):
        check(estimator(**{name: option.least - 1}))


def test_the_help_names_every_activation(pminusy):
    help_text = " ".join(pminusy("fit", "--help").out.split())
    for name in ACTIVATIONS:
        assert re.search(rf"\b{name}\b", help_text), name
