"""Fits that end badly: what they say, and that they leave behind what was there."""

import math
from dataclasses import dataclass
from importlib.util import find_spec

import numpy as np
import pytest
import scipy.sparse as sp
from sklearn.exceptions import ConvergenceWarning
from tests.network.networks import (
    Interruption,
    Recorder,
    X,
    Y,
    assert_same_bits,
    everything_of,
    small,
    weights_of,
)

from pminusy import InputError, ShapeError, TargetError
from pminusy.kernels.kinds import Matrix
from pminusy.kernels.operations import operation
from pminusy.nn import SGD, BatchNorm, Conv2d, Dense, Embedding, Ending, Flatten, MaxPool2d, ReLU, Residual
from pminusy.nn.layers.elementwise import Elementwise


def test_a_huge_learning_rate_stops_and_says_where():
    options = {"hidden": (12, 7), "optimizer": SGD(1e30), "max_epochs": 10}
    with pytest.warns(
        ConvergenceWarning, match=r"epoch 1, step [1-5], in .* learning_rate, set max_gradient_norm"
    ):
        model = small(**options).fit(X.astype(np.float32), Y)
    result = model.result_
    assert result.ending is Ending.NOT_FINITE
    assert result.layer.startswith(("the output of layer", "the gradient of layer", "the update of"))
    assert model.history_ == []
    assert result.best_epoch == 0
    fresh = small(**{**options, "optimizer": SGD(1e-300)}).fit(X.astype(np.float32), Y)
    np.testing.assert_array_equal(weights_of(model), weights_of(fresh))
    assert np.isfinite(model.predict_proba(X)).all()


@operation
def _root(X: Matrix, Y: Matrix, step, first, last):
    for n in range(first, last):
        for j in range(X.shape[1]):
            Y[n, j] = math.sqrt(X[n, j])


@operation
def _root_backward(Y: Matrix, dY: Matrix, dX: Matrix, step, first, last):
    for n in range(first, last):
        for j in range(Y.shape[1]):
            dX[n, j] = dY[n, j] / (2 * Y[n, j])


@dataclass(frozen=True)
class Root(Elementwise):
    """√X: NaN below 0, and of no finite slope at 0."""

    forward_operation = _root
    backward_operation = _root_backward
    backward_reads_output = True


@pytest.mark.skipif(find_spec("numba") is None, reason="layers of one's own are compiled by Numba")
def test_nan_made_by_a_layer_names_the_layer():
    with pytest.warns(ConvergenceWarning, match=r"epoch 1, step 1, in the output of layer 1, Root\(\)\."):
        model = small(layers=[Dense(5), Root()]).fit(X, Y)
    assert (model.result_.epoch, model.result_.step) == (1, 1)
    assert np.isfinite(weights_of(model)).all()


@pytest.mark.skipif(find_spec("numba") is None, reason="layers of one's own are compiled by Numba")
def test_a_gradient_that_is_not_finite_names_the_layer():
    zeros = np.zeros_like(X)
    with pytest.warns(ConvergenceWarning, match=r"in the gradient of layer 0, Dense\(units=5"):
        model = small(layers=[Dense(5), Root()]).fit(zeros, Y)
    assert np.isfinite(weights_of(model)).all()


def test_an_overflow_in_the_last_step_of_all_is_seen():
    one_step = {"hidden": (), "batch_size": len(Y), "max_epochs": 1, "optimizer": SGD(1e38)}
    with pytest.warns(ConvergenceWarning, match="epoch 1, step 1, in the output of layer 0"):
        model = small(**one_step).fit(X.astype(np.float32), Y)
    assert np.isfinite(weights_of(model)).all()


def test_statistics_that_overflow_are_seen():
    far = (X * 1e25).astype(np.float32)  # whose squares are infinite, though batch norm's output is not
    with pytest.warns(ConvergenceWarning, match="the running_var of layer 0, BatchNorm"):
        model = small(layers=[BatchNorm(), Dense(4), ReLU()]).fit(far, Y)
    assert np.isfinite(model.network_.state["0.running_var"]).all()


def test_what_was_finite_is_kept_and_can_be_trained_on():
    options = {"hidden": (12,), "batch_norm": True, "random_state": 1}
    model = small(**options, max_epochs=2).fit(X, Y)
    expected = small(**options, max_epochs=2).fit(X, Y).partial_fit(X, Y)
    huge = X * 1e200
    with pytest.warns(ConvergenceWarning, match="epoch 3"):
        model.partial_fit(huge, Y)
    assert model.n_iter_ == 2
    model.partial_fit(
        X, Y
    )  # the optimiser's moments and the running statistics are those of the second epoch too
    assert_same_bits(model, expected)


@pytest.mark.parametrize("error", [KeyboardInterrupt, ZeroDivisionError])
@pytest.mark.parametrize("method", ["fit", "partial_fit", "resume"])
def test_an_interrupted_call_leaves_the_model_as_it_was(method, error):
    model = small(dropout=0.2, batch_norm=True, callbacks=[Recorder(last_epoch=2)], max_epochs=9).fit(X, Y)
    model.callbacks = [Interruption(3 if method != "fit" else 2, error)]
    before = everything_of(model)
    with pytest.raises(error):
        getattr(model, method)(X, Y)
    assert_same(everything_of(model), before)


def test_a_first_fit_that_is_interrupted_leaves_nothing():
    model = small(callbacks=[Interruption(2)])
    before = dict(vars(model))
    with pytest.raises(KeyboardInterrupt):
        model.fit(X, Y)
    assert vars(model) == before


def assert_same(now, before):
    assert now.keys() == before.keys()
    for name, value in before.items():
        assert now[name] is value or repr(now[name]) == repr(value), name


BAD_PARAMETERS = {
    "hidden: expected a sequence of integers ≥ 1, got 12": {"hidden": 12},
    "hidden: expected an integer ≥ 1, got 0": {"hidden": (3, 0)},
    "hidden: expected an integer ≥ 1, got 2.5": {"hidden": (2.5,)},
    "activation: expected one of relu, .* got 'step'": {"activation": "step"},
    "dropout: expected a number in .* got 1": {"dropout": 1},
    "batch_norm: expected True or False, got 'yes'": {"batch_norm": "yes"},
    "layers: expected a sequence of layers, .* got Dense": {"layers": Dense(3)},
    "layers: expected layers, such as pminusy.nn.Dense.10., got 3": {"layers": [3]},
    "layers: expected layers, such as .* got <class": {"layers": [Dense]},
    "layers: expected Embedding.* as the first layer": {"layers": [Dense(3), Embedding(3, 2)]},
    "optimizer: expected one of adam, adamw, sgd, got 'rmsprop'": {"optimizer": "rmsprop"},
    "optimizer: expected a name or an optimiser, .* got <class": {"optimizer": SGD},
    "optimizer: expected a name or an optimiser, .* got None": {"optimizer": None},
    "learning_rate: expected a number in .* got 0": {"learning_rate": 0},
    "learning_rate: expected a number in .* got nan": {"learning_rate": float("nan")},
    "schedule: expected one of constant, .* got 'linear'": {"schedule": "linear"},
    "schedule: expected a name or a schedule, .* got 3": {"schedule": 3},
    "weight_decay: expected a number in .* got -1": {"weight_decay": -1},
    "batch_size: expected an integer ≥ 1, got 0": {"batch_size": 0},
    "batch_size: expected an integer ≥ 1, got 'auto'": {"batch_size": "auto"},
    "max_epochs: expected an integer ≥ 1, got 0": {"max_epochs": 0},
    "label_smoothing: expected a number in .0, 1., got 2": {"label_smoothing": 2},
    "class_weight: expected classes among": {"class_weight": {77: 1}},
    "class_weight: expected None": {"class_weight": "even"},
    "validation_fraction: expected a number in": {"validation_fraction": 1.0},
    "validation_fraction: expected at least one row left": {
        "early_stopping": True,
        "validation_fraction": 0.9999,
    },
    "max_steps: expected an integer ≥ 1, got 2.5": {"max_steps": 2.5},
    "n_iter_no_change: expected an integer ≥ 1, got 0": {"n_iter_no_change": 0},
    "tol: expected a number in .* got -1": {"tol": -1},
    "tol: expected a number in .* got None": {"tol": None},
    "n_threads: expected an integer ≥ 1 or None, got -1": {"n_threads": -1},
    "n_threads: expected an integer ≥ 1 or None, got True": {"n_threads": True},
    "callbacks: expected a sequence of callbacks": {"callbacks": Recorder()},
    "callbacks: expected callbacks, .* got <function": {"callbacks": [lambda progress: None]},
    "verbose: expected an integer ≥ 0, got -1": {"verbose": -1},
    "image_layout: expected one of": {"image_layout": "CHWN"},
    "max_gradient_norm: expected a number in .* got 0": {"max_gradient_norm": 0},
}


@pytest.mark.parametrize("message", BAD_PARAMETERS)
def test_parameters_outside_their_range(message):
    model = small().fit(X, Y)
    model.set_params(**BAD_PARAMETERS[message])
    before = everything_of(model)
    with pytest.raises(InputError, match=message):
        model.fit(X, Y)
    assert_same(everything_of(model), before)


IMAGES = X.reshape(-1, 8, 8)
with_nan = X.copy()
with_nan[7, 3] = np.nan
nan_in_image = IMAGES.copy()
nan_in_image[5, 2, 1] = np.inf

BAD_DATA = {
    "X: expected finite numbers, got NaN at row 7, column 3": {"X": with_nan},
    "X: expected finite numbers, got NaN at row 7, column 4": {
        "X": sp.csr_matrix(np.roll(with_nan, 1, axis=1))
    },
    r"X: expected finite numbers, got inf at row 5, index \[2, 1\]": {"X": nan_in_image},
    "X_val: expected finite numbers, got NaN at row 7": {"X_val": with_nan, "y_val": Y},
    "X: expected at most 4 axes": {"X": X.reshape(-1, 2, 4, 4, 2)},
    "0 sample": {"X": X[:0], "y": Y[:0]},
    "y: expected one label for each of 400 rows of X, got 399": {"y": Y[1:]},
    "y: expected at least 2 classes": {"y": np.zeros(400, int)},
    "to pass target mass, set classes=": {"y": np.eye(10)[Y]},
    "y: expected finite mass ≥ 0, got -1.0 at row 0, class 0": {"y": -np.eye(10)[Y], "classes": range(10)},
    "y: expected labels among": {"classes": [1, 2, 3]},
    "sample_weight: expected finite weights": {"sample_weight": -np.ones(400)},
    "sample_weight, class_weight: expected at least one row of y with positive weight": {
        "sample_weight": np.zeros(400)
    },
    "X_val, y_val: expected both or neither": {"X_val": X},
    "y_val: expected labels among .* got 10 at row 0": {"X_val": X, "y_val": np.full(400, 10)},
    "y_val: expected one label for each of 400 rows of X_val, got 3": {"X_val": X, "y_val": Y[:3]},
    "X has 63 features, but": {"X_val": X[:, 1:], "y_val": Y},
    r"X_val: expected samples of shape \(64,\), got \(64, 1, 1\)": {"X_val": X[..., None, None], "y_val": Y},
}


@pytest.mark.parametrize("message", BAD_DATA)
def test_data_that_cannot_be_used(message):
    model = small().fit(X, Y)
    before = everything_of(model)
    with pytest.raises(ValueError, match=message):
        model.fit(**{"X": X, "y": Y, **BAD_DATA[message]})
    assert_same(everything_of(model), before)


MISFITS = {
    r"layer 0: Conv2d.*: expected samples of shape \(H, W, C\), got \(64,\)": (X, [Conv2d(3, 3)]),
    r"layer 1: Conv2d.*: expected images of at least \(9, 9\) pixels, .* got \(8, 8\)": (
        IMAGES,
        [Conv2d(3, 1), Conv2d(3, 9)],
    ),
    r"layer 1: .*expected samples of shape \(H, W, C\), got \(3,\)": (X, [Dense(3), MaxPool2d()]),
    r"layer 0: Residual: expected .* shape of its samples, \(64,\), got \(3,\)": (X, [Residual(Dense(3))]),
    r"layer 1: Dense.*: expected samples of shape \(D,\), got \(64, 2\); put Flatten": (
        X.astype(int),
        [Embedding(17, 2), Dense(3)],
    ),
    r"X: expected a dense array, as the first layer is BatchNorm.*, got a sparse": (
        sp.csr_matrix(X),
        [BatchNorm(), Dense(3)],
    ),
    r"X: expected a dense array, as the first layer is Embedding": (
        sp.csr_matrix(X),
        [Embedding(17, 2), Flatten()],
    ),
    r"X: expected indices in \[0, 5\) for Embedding.*": (X, [Embedding(5, 2), Flatten()]),
    r"X: expected indices in .* got -1": (X - 1, [Embedding(17, 2), Flatten()]),
    r"X: expected integers for the embedding, got 2.5 at": (X / 2, [Embedding(17, 2), Flatten()]),
}


@pytest.mark.parametrize("message", MISFITS)
def test_layers_that_dont_fit_each_other_or_the_samples(message):
    samples, layers = MISFITS[message]
    with pytest.raises(InputError, match=message):
        small(layers=layers).fit(samples, Y)


def test_samples_unlike_those_it_was_built_for():
    model = small(layers=[Conv2d(2, 3), Flatten()]).fit(IMAGES, Y)
    for call in (
        model.predict,
        model.predict_proba,
        lambda x: model.partial_fit(x, Y),
        lambda x: model.embed(x, 0),
    ):
        with pytest.raises(ShapeError, match=r"X: expected samples of shape \(8, 8, 1\), got \(8, 7, 1\)"):
            call(IMAGES[..., 1:])
    with pytest.raises(ValueError, match="7 features"):
        model.predict(IMAGES[:, 1:])
    indices = small(layers=[Embedding(17, 2), Flatten()]).fit(X, Y)
    with pytest.raises(InputError, match=r"X: expected indices in \[0, 17\)"):
        indices.predict(X + 1)


def test_partial_fit_keeps_to_the_first_calls_classes():
    model = small().partial_fit(X, Y, classes=range(10))
    with pytest.raises(InputError, match="classes: expected those of the first call"):
        model.partial_fit(X, Y, classes=range(11))
    with pytest.raises(TargetError, match="y: expected labels among"):
        model.partial_fit(X, Y + 1)


def test_embed_knows_its_layers():
    model = small().fit(X, Y)
    for wrong in (3, -4, 1.5, "logits"):
        with pytest.raises(InputError, match="layer: expected an integer in"):
            model.embed(X, wrong)


def test_more_rows_a_batch_than_there_are_is_told():
    with pytest.warns(UserWarning, match="batch_size: expected at most the number of rows, 400, got 500"):
        large = small(batch_size=500).fit(X, Y)
    assert_same_bits(large, small(batch_size=400).fit(X, Y))
