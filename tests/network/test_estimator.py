import copy
import io
import pickle
import warnings

import joblib
import numpy as np
import pandas as pd
import pytest
import scipy.sparse as sp
import skops.io
from sklearn.base import clone
from sklearn.datasets import load_digits
from sklearn.model_selection import GridSearchCV
from sklearn.neural_network import MLPClassifier
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler
from sklearn.utils.estimator_checks import parametrize_with_checks
from tests.network.networks import INPUTS, Recorder, X, Y, assert_same_bits, small, weights_of

from pminusy import SoftmaxNetwork, SoftmaxRegression
from pminusy.classifier.examples import Examples
from pminusy.classifier.targets import ClassTargets
from pminusy.network.validation import share_out
from pminusy.nn import (
    SGD,
    AdamW,
    BatchNorm,
    Chain,
    Conv2d,
    Dense,
    Embedding,
    Ending,
    Flatten,
    MaxPool2d,
    ReLU,
)

IMAGES = (X.reshape(-1, 8, 8) / 16).astype(np.float32)
CONVOLUTIONAL = (Conv2d(4, 3), BatchNorm(), ReLU(), MaxPool2d())


@parametrize_with_checks([SoftmaxNetwork()])
def test_scikit_learns_own_checks_without_exception(estimator, check):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        check(estimator)


def test_learns_as_well_as_scikit_learn():
    samples, labels = load_digits(return_X_y=True)
    train, test = slice(1300), slice(1300, None)
    ours = SoftmaxNetwork(hidden=(64,), max_epochs=60).fit(samples[train], labels[train])
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        theirs = MLPClassifier((64,), max_iter=60, batch_size=128, random_state=0).fit(
            samples[train], labels[train]
        )
    assert ours.score(samples[test], labels[test]) > theirs.score(samples[test], labels[test]) - 0.03
    assert ours.score(samples[train], labels[train]) > 0.99


def test_without_hidden_layers_it_is_softmax_regression():
    X_, y = X[:, :20] / 16, Y % 3
    options = {"optimizer": "sgd", "learning_rate": 0.02, "batch_size": 400, "max_epochs": 4000, "tol": 0}
    network = SoftmaxNetwork(hidden=(), weight_decay=0.05, schedule="constant", **options).fit(X_, y)
    # Σ_i L_i / N + λ/2 ‖W‖² is 1/(C N) of Σ_i C L_i + 1/2 ‖W‖² for λ = 1/(C N)
    regression = SoftmaxRegression(C=1 / (0.05 * len(y)), tol=1e-9, max_iter=1000).fit(X_, y)
    W, b = (parameter.value for parameter in network.network_.parameters)
    np.testing.assert_allclose(W.T, regression.coef_, atol=1e-5)
    np.testing.assert_allclose(b - b.mean(), regression.intercept_ - regression.intercept_.mean(), atol=1e-4)


@pytest.mark.parametrize(
    "labels",
    [
        np.array(["b", "a", "c"]),
        np.array(["b", "a", "c"], object),
        np.array([10, -3, 7]),
        np.array([10, -3, 7], np.int8),
        np.array([True, False]),
        np.array([0.0, 1.0, 2.0]),
    ],
)
def test_labels_of_any_kind_come_back(labels):
    y = labels[Y % len(labels)]
    model = small(max_epochs=30).fit(X, y)
    assert model.classes_.tolist() == sorted(labels)
    assert model.predict(X).dtype == y.dtype
    assert model.score(X, y) > 0.8


def test_target_mass_of_one_label_is_that_label():
    labels = small().fit(X, Y)
    for mass in (np.eye(10)[Y], np.asfortranarray(np.eye(10)[Y]), np.eye(10, dtype=np.float32)[Y]):
        soft = small().fit(X, mass, classes=range(10))
        np.testing.assert_allclose(weights_of(soft), weights_of(labels), rtol=1e-9, atol=1e-12)
        assert [r.accuracy for r in soft.history_] == [r.accuracy for r in labels.history_]


def test_label_smoothing_is_soft_targets():
    smooth = small(label_smoothing=0.3).fit(X, Y)
    soft = small().fit(X, 0.7 * np.eye(10)[Y] + 0.03, classes=range(10))
    np.testing.assert_allclose(weights_of(smooth), weights_of(soft), rtol=1e-9, atol=1e-12)


def test_class_weights_are_weights_of_rows(rng):
    weights = rng.uniform(0.5, 2, 10)
    by_class = small(class_weight=dict(enumerate(weights))).fit(X, Y)
    by_row = small().fit(X, Y, sample_weight=weights[Y])
    np.testing.assert_allclose(weights_of(by_class), weights_of(by_row), rtol=1e-9, atol=1e-12)
    y = np.where(Y < 8, 0, Y)
    balanced = small(class_weight="balanced").fit(X, y)
    by_hand = small().fit(
        X, y, sample_weight=(len(y) / (3 * np.bincount(y)[[0, 8, 9]]))[np.maximum(y - 7, 0)]
    )
    np.testing.assert_allclose(weights_of(balanced), weights_of(by_hand), rtol=1e-9, atol=1e-12)


def test_rows_of_no_weight_teach_nothing(rng):
    weights = (rng.random(len(Y)) < 0.5).astype(float)
    wrong = np.where(weights == 0, (Y + 1) % 10, Y)
    options = {"batch_size": len(Y), "max_epochs": 20}
    assert_equal = np.testing.assert_array_equal
    assert_equal(
        weights_of(small(**options).fit(X, wrong, weights)), weights_of(small(**options).fit(X, Y, weights))
    )


@pytest.mark.parametrize("kind", INPUTS)
def test_x_of_any_kind_gives_the_same_model(kind):
    single = kind not in (
        "float64",
        "fortran",
        "strided",
        "reversed",
        "read-only",
        "list",
        "csr",
        "csr_array",
        "csc",
    )
    expected = small().fit(X.astype(np.float32) if single else X, Y)
    same = INPUTS[kind](X)
    if kind == "read-only":
        same.flags.writeable = False
    model = small().fit(same, Y)
    assert weights_of(model).dtype == (np.float32 if single else np.float64)
    if "csr" in kind or "csc" in kind:
        np.testing.assert_allclose(weights_of(model), weights_of(expected), atol=1e-5 if single else 1e-10)
        np.testing.assert_allclose(model.predict_proba(same), expected.predict_proba(X), atol=1e-5)
    else:
        assert_same_bits(model, expected)
        np.testing.assert_array_equal(model.predict_proba(same), expected.predict_proba(X))


def test_data_frames_bring_their_names():
    frame = pd.DataFrame(X, columns=[f"pixel {j}" for j in range(64)])
    model = small().fit(frame, pd.Series(Y))
    assert_same_bits(model, small().fit(X, Y))
    assert model.feature_names_in_.tolist() == frame.columns.tolist()
    with pytest.raises(ValueError, match="feature names"):
        model.predict(frame[frame.columns[::-1]])
    assert not hasattr(model.fit(X, Y), "feature_names_in_")


def test_bool_is_0_and_1():
    assert_same_bits(small().fit(X > 8, Y), small().fit((X > 8).astype(np.float32), Y))


def test_wide_sparse_data_is_never_made_dense():
    import tracemalloc

    rng = np.random.default_rng(0)
    wide = sp.random_array((3000, 20_000), density=1e-3, format="csr", rng=rng, dtype=np.float32)
    y = rng.integers(0, 2, 3000)
    small(max_epochs=1, hidden=(4,)).fit(wide[:64], y[:64])
    tracemalloc.start()
    small(max_epochs=1, hidden=(4,)).fit(wide, y).predict_proba(wide)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 30e6  # the set as an array would take 240 MB


def test_images_in_any_layout_are_the_same_images(rng):
    colours = rng.random((len(Y), 6, 5, 3)).astype(np.float32)
    colours[:, 0, 0, 0] = Y
    last = small(layers=CONVOLUTIONAL).fit(colours, Y)
    first = small(layers=CONVOLUTIONAL, image_layout="NCHW").fit(colours.transpose(0, 3, 1, 2), Y)
    contiguous = np.ascontiguousarray(colours.transpose(0, 3, 1, 2))
    assert_same_bits(last, first)
    assert_same_bits(last, small(layers=CONVOLUTIONAL, image_layout="NCHW").fit(contiguous, Y))
    np.testing.assert_array_equal(last.predict_proba(colours), first.predict_proba(contiguous))


def test_images_without_channels_have_one():
    assert_same_bits(
        small(layers=CONVOLUTIONAL).fit(IMAGES, Y), small(layers=CONVOLUTIONAL).fit(IMAGES[..., None], Y)
    )
    assert_same_bits(small().fit(IMAGES, Y), small().fit(IMAGES.reshape(-1, 64), Y))


@pytest.mark.parametrize("wrap", [list, lambda layers: [Chain(layers)]])
def test_an_embedding_takes_integers(wrap):
    indices = (X[:, 20:30]).astype(int)
    layers = wrap([Embedding(17, 3), Flatten(), Dense(10), ReLU()])
    model = small(layers=layers, max_epochs=40, learning_rate=0.01, weight_decay=0.0).fit(indices, Y)
    assert model.score(indices, Y) > 0.8
    np.testing.assert_array_equal(model.predict(indices.astype(np.float64)), model.predict(indices))


def test_an_embedding_takes_integers_with_several_axes():
    indices = X[:, 20:30].astype(int)
    options = {"layers": [Embedding(17, 3), Flatten(), Dense(10)]}
    flat, square = small(**options).fit(indices, Y), small(**options).fit(indices.reshape(-1, 5, 2), Y)
    assert_same_bits(flat, square)


@pytest.mark.parametrize("n_threads", [1, 2, 3])
@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_same_seed_same_bits_whatever_the_threads(n_threads, dtype):
    options = {
        "dropout": 0.2,
        "batch_norm": True,
        "early_stopping": True,
        "hidden": (20, 12),
        "random_state": 5,
    }
    expected = small(**options).fit(X.astype(dtype), Y)
    model = small(**options, n_threads=n_threads).fit(X.astype(dtype), Y)
    assert_same_bits(model, expected)
    np.testing.assert_array_equal(model.predict_proba(X), expected.predict_proba(X))
    other = small(**{**options, "random_state": 6}).fit(X.astype(dtype), Y)
    assert not np.array_equal(weights_of(other), weights_of(expected))


@pytest.mark.parametrize("max_gradient_norm", [None, 1.0])
@pytest.mark.parametrize("n_threads", [1, 2, 3])
def test_same_bits_where_wide_layers_are_shared_out_by_columns(n_threads, max_gradient_norm):
    options = {"hidden": (300, 300), "max_gradient_norm": max_gradient_norm, "optimizer": AdamW()}
    expected = small(**options).fit(X, Y)
    assert_same_bits(small(**options, n_threads=n_threads).fit(X, Y), expected)


def test_sgd_by_name_has_momentum():
    options = {"schedule": "constant", "weight_decay": 0.01}
    named = small(optimizer="sgd", learning_rate=0.02, **options).fit(X / 16, Y)
    assert_same_bits(named, small(optimizer=SGD(0.02, 0.9, weight_decay=0.01), **options).fit(X / 16, Y))


def test_random_states_are_seeds():
    assert_same_bits(small(random_state=3).fit(X, Y), small(random_state=np.random.RandomState(3)).fit(X, Y))
    assert_same_bits(small().fit(X, Y), small().fit(X, Y))


def test_early_stopping_keeps_the_best_epoch():
    options = {
        "hidden": (64,),
        "learning_rate": 0.03,
        "max_epochs": 60,
        "early_stopping": True,
        "n_iter_no_change": 4,
        "tol": 0,
        "schedule": "constant",
    }
    recorder = Recorder()
    model = small(**options, callbacks=[recorder]).fit(X, Y)
    validation = [record.validation_loss for record in model.history_]
    best = int(np.argmin(validation)) + 1
    assert model.result_.ending is Ending.EARLY_STOPPING
    assert model.result_.best_epoch == best
    assert model.n_iter_ == model.result_.n_epochs == best + 4
    again = small(**{**options, "max_epochs": best}, callbacks=[recorder]).fit(X, Y)
    np.testing.assert_array_equal(weights_of(model), weights_of(again))


def test_validation_data_are_measured_after_every_epoch():
    model = small(hidden=()).fit(X[:300], Y[:300], X_val=X[300:], y_val=Y[300:])
    last = model.history_[-1]
    probabilities = model.predict_proba(X[300:])
    assert last.validation_loss == pytest.approx(
        -np.log(probabilities[np.arange(100), Y[300:]]).mean(), rel=1e-9
    )
    assert last.validation_accuracy == model.score(X[300:], Y[300:])
    without = small(hidden=()).fit(X[:300], Y[:300])
    np.testing.assert_array_equal(weights_of(model), weights_of(without))
    assert without.history_[-1].validation_loss is None


def hold_out_rows(y, fraction, weights=None):
    """As the estimator shares rows out."""
    rows = Examples(np.arange(len(y))[:, None], ClassTargets(np.arange(10), y), weights)
    return (part.X[:, 0] for part in share_out(rows, fraction, 0))


def test_held_out_rows_count_by_their_weight(rng):
    weights = np.where(rng.random(len(Y)) < 0.3, 0.0, 1.0)
    model = small(early_stopping=True, validation_fraction=0.5, max_epochs=1)
    for wrong in (3, 4):  # whatever the labels of rows without weight: they are not even looked at
        model.fit(X, np.where(weights == 0, wrong, Y), weights)
        counted = model.history_[0].validation_loss
        _, held = hold_out_rows(Y, 0.5, weights)
        P = model.predict_proba(X[held])[np.arange(len(held)), Y[held]]
        assert counted == pytest.approx(-(weights[held] @ np.log(P)) / weights[held].sum(), rel=1e-9)


def test_history_tells_of_every_epoch():
    model = small(schedule="cosine", max_epochs=5, learning_rate=0.01).fit(X, Y)
    assert [record.epoch for record in model.history_] == [1, 2, 3, 4, 5] == list(range(1, model.n_iter_ + 1))
    first, last = model.history_[0], model.history_[-1]
    assert first.loss > last.loss > 0
    assert first.accuracy < last.accuracy <= 1
    assert first.learning_rate > last.learning_rate >= 0
    assert len(first.layer_norms) == len(model.network_.parameters)
    assert first.gradient_norm <= np.sum(first.layer_norms) + 1e-12
    assert first.seconds > 0 < first.rows_per_second
    assert model.result_.ending is Ending.MAX_EPOCHS


def test_the_first_epochs_record_is_that_of_the_first_step():
    options = {"optimizer": "sgd", "learning_rate": 0.1, "schedule": "constant", "weight_decay": 0}
    model = small(batch_size=len(Y), max_epochs=1, **options).fit(X, Y)
    fresh = copy.deepcopy(model)
    fresh.network_.build((64,), np.dtype(np.float64), np.random.default_rng(0))
    P = fresh.predict_proba(X)
    record = model.history_[0]
    assert record.loss == pytest.approx(-np.log(P[np.arange(len(Y)), Y]).mean(), rel=1e-9)
    assert record.accuracy == (P.argmax(axis=1) == Y).mean()
    moved = (weights_of(model) - weights_of(fresh)) / -0.1
    assert record.gradient_norm == pytest.approx(np.linalg.norm(moved), rel=1e-9)


def test_callbacks_are_told_and_may_end_the_fit():
    recorder = Recorder(last_epoch=2)
    model = small(callbacks=[recorder], max_epochs=9).fit(X, Y)
    assert model.result_.ending is Ending.CALLBACK
    assert [record for record, _ in recorder.epochs] == model.history_
    assert recorder.epochs[-1][1] == model.score(X, Y)
    last = [progress for progress in recorder.batches if progress.epoch == 2][-1]
    assert (last.step, last.n_steps, last.n_epochs) == (13, 13, 9)
    assert last.loss == pytest.approx(model.history_[1].loss)
    assert last.accuracy == pytest.approx(model.history_[1].accuracy)
    assert last.seconds_left == 0 < last.rows_per_second


def test_verbose_prints_a_line_for_every_nth_epoch(capsys):
    model = small(verbose=2, max_epochs=5, early_stopping=True).fit(X, Y)
    lines = capsys.readouterr().out.splitlines()
    assert lines == [str(model.history_[1]), str(model.history_[3])]
    assert lines[0].startswith(f"epoch   2: loss {model.history_[1].loss:.4f}, accuracy ")
    assert f"validation loss {model.history_[1].validation_loss:.4f}" in lines[0]


def test_warm_start_goes_on_from_the_last_weights():
    model = small(warm_start=True, optimizer="sgd", learning_rate=1e-10).fit(X, Y)
    before = weights_of(model)
    np.testing.assert_allclose(weights_of(model.fit(X, Y)), before, atol=1e-6)
    assert model.n_iter_ == 3
    assert not np.allclose(weights_of(model.set_params(random_state=1, warm_start=False).fit(X, Y)), before)
    model.set_params(warm_start=True).fit(
        X[:, :50], Y
    )  # other samples, other layers, other classes: a fresh start
    model.set_params(hidden=(7,)).fit(X, Y)
    model.fit(X, Y % 3)
    assert model.predict_proba(X).shape == (len(Y), 3)


def test_partial_fit_is_an_epoch_at_a_time():
    options = {"dropout": 0.1, "schedule": "constant", "weight_decay": 0, "average_last": 0}
    whole, parts = small(**options), small(**options)
    whole.fit(X, Y)
    for _ in range(3):
        parts.partial_fit(X, Y)
    assert_same_bits(parts, whole)
    assert parts.n_iter_ == 3


def test_partial_fit_may_see_some_classes_at_a_time():
    model = small().partial_fit(X[Y < 5], Y[Y < 5], classes=range(10))
    model.partial_fit(X[Y >= 5], Y[Y >= 5])
    model.partial_fit(X[Y == 3], Y[Y == 3])
    assert model.predict_proba(X).shape == (len(Y), 10)
    assert len(model.history_) == 3


def test_embed_gives_what_a_layer_gives():
    model = small(hidden=(12, 7)).fit(X, Y)
    hidden = np.maximum(model.embed(X, 0), 0)
    np.testing.assert_array_equal(model.embed(X, 1), hidden)
    assert model.embed(X[:3], -2).shape == (3, 7)
    Z = model.embed(X, -1)
    np.testing.assert_array_equal(Z, model.decision_function(X))
    images = small(layers=CONVOLUTIONAL, max_epochs=1).fit(IMAGES, Y)
    assert images.embed(IMAGES[:5], 0).shape == (5, 6, 6, 4)


def test_two_classes_have_one_decision():
    model = small().fit(X, Y % 2)
    Z = model.embed(X, -1)
    np.testing.assert_array_equal(model.decision_function(X), Z[:, 1] - Z[:, 0])
    assert model.predict_proba(X).shape == (len(Y), 2)
    np.testing.assert_allclose(np.exp(model.predict_log_proba(X)), model.predict_proba(X), rtol=1e-12)


def test_no_rows_to_predict_are_refused_and_one_is_enough():
    model = small().fit(X, Y)
    # A row alone is a product with other blocks than among many.
    np.testing.assert_allclose(model.predict_proba(X[:1]), model.predict_proba(X)[:1], rtol=1e-12)
    with pytest.raises(ValueError, match="0 sample"):
        model.predict(X[:0])


def through_joblib(model):
    file = io.BytesIO()
    joblib.dump(model, file)
    file.seek(0)
    return joblib.load(file)


def through_skops(model):
    data = skops.io.dumps(model)
    return skops.io.loads(data, trusted=skops.io.get_untrusted_types(data=data))


COPIES = {
    "pickle": lambda model: pickle.loads(pickle.dumps(model)),
    "joblib": through_joblib,
    "skops": through_skops,
    "deepcopy": copy.deepcopy,
}


@pytest.mark.parametrize("kind", COPIES)
def test_copies_of_any_kind_go_on_like_the_original(kind):
    options = {"early_stopping": True, "schedule": "plateau", "layers": [*CONVOLUTIONAL, Flatten(), Dense(5)]}
    model = small(**options).fit(IMAGES, Y)
    same = COPIES[kind](model)
    np.testing.assert_array_equal(same.predict_proba(IMAGES), model.predict_proba(IMAGES))
    assert same.result_ == model.result_
    assert same.result_.ending is Ending.MAX_EPOCHS
    assert str(same.result_) == str(model.result_)
    assert same.history_ == model.history_
    for either in (same, model):
        either.set_params(max_epochs=5).resume(IMAGES, Y)
    assert_same_bits(same, model)


def test_lives_among_scikit_learns_own():
    pipeline = make_pipeline(StandardScaler(), SoftmaxNetwork(max_epochs=30, learning_rate=0.01))
    grid = {"softmaxnetwork__hidden": [(8,), (32,)], "softmaxnetwork__optimizer": ["adam", "sgd"]}
    search = GridSearchCV(pipeline, grid, n_jobs=2, cv=2).fit(X, Y)
    assert search.best_score_ > 0.8
    model = small(layers=CONVOLUTIONAL).fit(IMAGES, Y)
    assert_same_bits(clone(model).fit(IMAGES, Y), model)
    assert all(not layer.state for layer in CONVOLUTIONAL)  # those given are left as they are
