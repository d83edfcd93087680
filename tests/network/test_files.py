"""Fits of networks to rows in files, against other divisions of the same rows and against memory."""

import tracemalloc
from itertools import pairwise

import numpy as np
import pytest
from sklearn.datasets import load_digits
from tests.network.networks import assert_same_bits, everything_of, losses, small, weights_of

from pminusy import InputError, ShapeError, SoftmaxNetwork, nn, open_rows

pa = pytest.importorskip("pyarrow")
from pyarrow import feather, parquet  # noqa: E402

N, D = 3001, 6
CUTS = {"one file": [0, N], "five files": [0, 1, 700, 701, 2500, N]}
LEAST = "60 kB"  # room for 1250 rows in a window


@pytest.fixture(scope="module")
def data():
    rng = np.random.default_rng(1)
    X = rng.standard_normal((N, D)).astype(np.float32)
    y = np.array(["a", "b", "c"])[(2 * X[:, :3] + rng.gumbel(size=(N, 3))).argmax(axis=1)]
    order = np.argsort(y, kind="stable")  # sorted by label: the worst case for a window
    return X[order], y[order]


def write(folder, X, y, cuts, form="parquet", group=100):
    folder.mkdir(exist_ok=True)
    for i, (start, stop) in enumerate(pairwise(cuts)):
        columns = {f"x{j}": X[start:stop, j] for j in range(X.shape[1])} | {"y": y[start:stop]}
        if form == "parquet":
            parquet.write_table(pa.table(columns), folder / f"{i}.parquet", row_group_size=group)
        else:
            feather.write_feather(pa.table(columns), folder / f"{i}.arrow", compression="uncompressed")
    return folder


@pytest.fixture(scope="module")
def folders(data, tmp_path_factory):
    root = tmp_path_factory.mktemp("tables")
    made = {name: write(root / name, *data, cuts, group=60 + 40 * len(cuts)) for name, cuts in CUTS.items()}
    return made | {"arrow": write(root / "arrow", *data, CUTS["five files"], "arrow")}


def opened(folder, memory=LEAST, **options):
    return open_rows(folder, target="y", memory=memory, **options)


CASES = {
    "labels": ({}, {}),
    "validation shared out": ({"early_stopping": True, "max_epochs": 5}, {}),
    "weights of classes": ({"class_weight": "balanced", "label_smoothing": 0.1}, {}),
    "mean of the last epochs": ({"schedule": "constant", "average_last": 1.0}, {}),
    "layers with draws and moments": ({"dropout": 0.2, "batch_norm": True, "optimizer": "sgd"}, {}),
    "weights": ({}, {"sample_weight": np.random.default_rng(3).integers(0, 3, N).astype(float)}),
    "mass": ({}, {"y": np.random.default_rng(4).random((N, 3)), "classes": ["a", "b", "c"]}),
}


def fitted(rows, options, given, **others):
    arguments = {"y": rows.y, **given}
    return small(**options, **others).fit(rows.X, **arguments)


@pytest.mark.parametrize("case", CASES)
def test_the_same_bits_however_rows_are_divided_and_on_any_number_of_threads(folders, tmp_path, case):
    one = fitted(opened(folders["one file"]), *CASES[case], n_threads=1)
    for name, options in (("five files", {}), ("arrow", {}), ("five files", {"cache": tmp_path})):
        other = fitted(opened(folders[name], **options), *CASES[case], n_threads=2)
        assert_same_bits(one, other)


@pytest.mark.parametrize("case", CASES)
def test_rows_that_fit_into_the_window_are_trained_on_as_in_memory(data, folders, case):
    rows = opened(folders["five files"], "1 MB")
    ours, expected = (fitted(each, *CASES[case]) for each in (rows, _InMemory(*data)))
    assert_same_bits(ours, expected)


class _InMemory:
    def __init__(self, X, y):
        self.X, self.y = X, y


def test_other_windows_are_another_order_of_the_same_rows(data, folders):
    ours = small().fit(opened(folders["one file"]).X, data[1])
    assert not np.array_equal(weights_of(ours), weights_of(small().fit(*data)))


def test_a_table_sorted_by_label_is_learned_as_well_as_in_memory(tmp_path):
    X, y = load_digits(return_X_y=True)
    X, order = (X / 16).astype(np.float32), np.argsort(y, kind="stable")
    test = order[::3]
    train = np.setdiff1d(order, test)
    train = train[np.argsort(y[train], kind="stable")]
    rows = opened(write(tmp_path / "digits", X[train], y[train], [0, 400, len(train)]), "200 kB")
    assert rows.X.memory // 2 // (64 * 4) < len(train) / 3
    ours, expected = (
        SoftmaxNetwork(hidden=(64,), max_epochs=40).fit(A, b)
        for A, b in ((rows.X, rows.y), (X[train], y[train]))
    )
    score = ours.score(X[test], y[test])
    assert score > 0.95
    assert score > expected.score(X[test], y[test]) - 0.01


def test_predictions_are_those_of_the_rows_in_memory(data, folders):
    X, y = data
    rows = opened(folders["five files"])
    model = small().fit(X, y)
    for name in ("predict", "predict_proba", "predict_log_proba", "decision_function"):
        predict = getattr(model, name)
        np.testing.assert_array_equal(predict(rows.X), predict(X))
    np.testing.assert_array_equal(model.embed(rows.X, 0), model.embed(X, 0))
    assert model.score(rows.X, rows.y) == model.score(X, y)
    assert model.calibrate(rows.X, rows.y).temperature_ == small().fit(X, y).calibrate(X, y).temperature_


def test_validation_data_may_be_in_files_too(data, folders):
    X, y = data
    rows = opened(folders["one file"])
    ours = small().fit(X, y, X_val=rows.X, y_val=rows.y)
    expected = small().fit(X, y, X_val=X, y_val=y)
    for one, other in zip(ours.history_, expected.history_, strict=True):
        assert losses(one)[:4] == losses(other)[:4]
        assert one.validation_loss == pytest.approx(other.validation_loss, rel=1e-12)
        assert one.validation_accuracy == other.validation_accuracy


def test_a_fit_that_was_broken_off_is_resumed_to_the_same_bits(folders, tmp_path):
    class Stop(nn.Callback):
        def on_epoch(self, model, record):
            return record.epoch == 2

    rows = opened(folders["one file"])
    whole = small(max_epochs=5).fit(rows.X, rows.y)
    small(max_epochs=5, callbacks=[Stop()]).fit(rows.X, rows.y).save(tmp_path / "model")
    resumed = SoftmaxNetwork.load(tmp_path / "model").set_params(callbacks=())
    with pytest.raises(
        InputError, match="memory: expected that of windows of 1250 rows, as in the interrupted"
    ):
        resumed.resume(opened(folders["one file"], "1 MB").X, rows.y)
    rows = opened(folders["five files"])
    assert_same_bits(resumed.resume(rows.X, rows.y), whole)


def test_partial_fit_trains_for_one_epoch(data, folders):
    rows = opened(folders["one file"], "1 MB")
    ours, expected = (small().partial_fit(X, data[1]).partial_fit(X, data[1]) for X in (rows.X, data[0]))
    assert_same_bits(ours, expected)


def test_a_network_that_diverges_is_told_where(folders):
    rows = opened(folders["one file"])
    with pytest.warns(match="in epoch 1, step 2, in the output of layer 2"):
        small(optimizer="sgd", learning_rate=1e30).fit(rows.X, rows.y)


def test_files_that_change_are_an_error_and_leave_the_model_as_it_was(data, tmp_path):
    X, y = data
    rows = opened(write(tmp_path / "tables", X, y, [0, 2000, N]))
    model = small().fit(X, y)
    before = everything_of(model)
    write(tmp_path / "tables", X[:2100], y[:2100], [0, 2100])
    with pytest.raises(InputError, match=r"0\.parquet has changed since it was first read"):
        model.fit(rows.X, rows.y)
    assert everything_of(model) == before


def test_bad_input_is_refused_with_its_reason(data, folders):
    _, y = data
    rows = opened(folders["one file"])
    with pytest.raises(ShapeError, match="y: expected one label for each of 3001 rows"):
        small().fit(rows.X, y[1:])
    with pytest.raises(InputError, match=r"memory: expected at least 0\.1 MB for batches of 2000 rows"):
        small(batch_size=2000).fit(rows.X, y)
    with pytest.raises(InputError, match=r"as the first layer is Embedding.*, got rows in files"):
        small(layers=[nn.Embedding(10, 3), nn.Flatten()]).fit(rows.X, y)
    model = small().fit(rows.X, y)
    with pytest.raises(InputError, match="expected 6 features, got 2"):
        model.predict(open_rows(folders["one file"], columns=["x0", "x1"]).X)


def test_float64_stays_float64(folders):
    rows = opened(folders["one file"], "120 kB", dtype=np.float64)
    model = small().fit(rows.X, rows.y)
    assert model.network_.parameters[0].value.dtype == np.float64


def test_memory_is_bounded(tmp_path):
    n_rows, n_features = 60_000, 100
    X = np.random.default_rng(0).standard_normal((n_rows, n_features)).astype(np.float32)
    y = (X[:, 0] > 0).astype(np.int8)
    folder = write(tmp_path / "tables", X, y, [0, n_rows], group=1000)
    rows = opened(folder, "4 MB")
    tracemalloc.start()
    try:
        model = small(max_epochs=1, batch_size=500, early_stopping=True).fit(rows.X, rows.y)
        model.predict(rows.X)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert peak < 4e6 + 110 * n_rows < X.nbytes / 2  # the memory, and what is kept of each row
