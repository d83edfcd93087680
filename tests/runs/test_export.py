import os

import numpy as np
import polars as pl
import pytest

from pminusy.errors import DataError, InputError, ModelDirectoryError
from pminusy.runs.export import export_onnx
from pminusy.runs.fit import fit
from pminusy.runs.options import FitOptions, NetworkOptions
from pminusy.runs.predict import predict

pytest.importorskip("skl2onnx")
rt = pytest.importorskip("onnxruntime")

RNG = np.random.default_rng(5)
DTYPES = {"float": np.float32, "double": np.float64}
NETWORK = NetworkOptions({"hidden": (9,), "max_epochs": 20})


@pytest.fixture(scope="module")
def table(tmp_path_factory):
    """Numbers, some missing and some large, and categories, some missing and some rare, under awkward names."""
    n = 400
    weight, colour = RNG.normal(100, 30, n), RNG.choice(["red", "blue", "", "green"], n)
    large, flag = RNG.normal(1e7, 3, n), RNG.choice(["true", "false"], n)
    number = np.where(np.arange(n) < 280, np.arange(n) % 12, np.arange(n))  # many, and most of them rare
    town = [f"{chr(97 + k // 26)}{chr(97 + k % 26)}town" for k in number]
    y = np.where(weight + 20 * (colour == "red") + RNG.normal(0, 10, n) > 105, "x", "y")
    path = tmp_path_factory.mktemp("export") / "t.csv"
    rows = [
        f"{'' if i % 11 == 0 else round(weight[i], 2)},{colour[i]},{large[i]:.3f},{flag[i]},{town[i]},{y[i]}"
        for i in range(n)
    ]
    path.write_text("\n".join(["weight (kg),label,large,variable,cast,answer", *rows, ""]))
    return path


def outputs(path, feed):
    session = rt.InferenceSession(str(path), providers=["CPUExecutionProvider"])
    labels, P = session.run(None, feed)
    return labels.astype(str), P


def assert_same(directory, path, feed, source):
    labels, P = outputs(path, feed)
    expected = predict(directory, str(source), proba=True)
    np.testing.assert_allclose(P, expected[:, 1:].to_numpy(), rtol=0, atol=1e-5)
    np.testing.assert_array_equal(labels, expected["predicted"].cast(pl.String).to_numpy())


def columns_of(source, inputs):
    strings = pl.read_csv(source, infer_schema=False)
    feed = {}
    for name, kind in inputs:
        values = strings[name]
        numbers = values.fill_null("") if kind == "string" else values.cast(pl.Float64).fill_null(np.nan)
        feed[name] = numbers.to_numpy().astype(DTYPES.get(kind, object)).reshape(-1, 1)
    return feed


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("model", [None, NETWORK])
def test_tables_with_their_preprocessing(model, table, tmp_path):
    options = FitOptions(target="answer") if model is None else FitOptions(target="answer", model=model)
    fit(str(table), tmp_path / "m", options)
    inputs = export_onnx(tmp_path / "m", tmp_path / "m.onnx")
    assert dict(inputs) == {
        "weight (kg)": "double",
        "large": "double",
        **dict.fromkeys(["label", "variable", "cast"], "string"),
    }
    other = tmp_path / "other.csv"  # with categories that training has not seen
    other.write_text(
        "weight (kg),label,large,variable,cast\n90,mauve,10000001,true,adtown\n,,9999999,,zztown\n"
    )
    for source in (table, other):
        assert_same(tmp_path / "m", tmp_path / "m.onnx", columns_of(source, inputs), source)


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize(
    "model", [None, NETWORK, NetworkOptions({"hidden": (9,), "max_epochs": 2}, convolutions=True)]
)
def test_images(model, tmp_path):
    fit("digits", tmp_path / "m", FitOptions() if model is None else FitOptions(model=model))
    assert [name for name, _ in export_onnx(tmp_path / "m", tmp_path / "m.onnx")] == ["X"]
    from sklearn.datasets import load_digits

    assert_same(tmp_path / "m", tmp_path / "m.onnx", {"X": load_digits().data.astype(np.float32)}, "digits")


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_arrays(dtype, tmp_path):
    X = RNG.normal(5, 3, (80, 6)).astype(dtype)
    np.savez(tmp_path / "a.npz", X=X, y=(X[:, 0] > 5).astype(int))
    fit(str(tmp_path / "a.npz"), tmp_path / "m", FitOptions())
    inputs = export_onnx(tmp_path / "m", tmp_path / "m.onnx")
    assert inputs == [("X", "double" if dtype == np.float64 else "float")]
    assert_same(tmp_path / "m", tmp_path / "m.onnx", {"X": X}, tmp_path / "a.npz")


def test_dates_are_days_since_1970(tmp_path):
    days = [np.datetime64("2019-11-03") + 17 * i for i in range(90)]
    rows = [
        f"{'' if i % 9 == 4 else day},{i % 7},{'ab'[int(str(day)[5:7]) > 6]}" for i, day in enumerate(days)
    ]
    (tmp_path / "t.csv").write_text("\n".join(["day,size,y", *rows, ""]))
    fit(str(tmp_path / "t.csv"), tmp_path / "m", FitOptions(target="y"))
    assert dict(export_onnx(tmp_path / "m", tmp_path / "m.onnx"))["day"] == "double"
    numbers = np.array(days, "datetime64[D]").astype(np.int64).astype(np.float64)
    numbers[4::9] = np.nan
    feed = {"day": numbers[:, None], "size": (np.arange(90, dtype=np.float32) % 7)[:, None]}
    assert_same(tmp_path / "m", tmp_path / "m.onnx", feed, tmp_path / "t.csv")


def test_what_onnx_has_no_counterpart_for_is_refused_and_nothing_is_written(tmp_path):
    notes = ["a fine long day by the sea", "it rained all of the night"]
    rows = [f"{i % 7},{notes[i % 2]} {i},{i % 2}" for i in range(40)]
    (tmp_path / "t.csv").write_text("\n".join(["size,note,y", *rows, ""]))
    fit(str(tmp_path / "t.csv"), tmp_path / "m", FitOptions(target="y", roles={"note": "text"}))
    with pytest.raises(InputError, match=r"column 'note': .*got text, .*--drop"):
        export_onnx(tmp_path / "m", tmp_path / "m.onnx")
    assert sorted(os.listdir(tmp_path)) == ["m", "t.csv"]


def test_places_that_cannot_be_written_to(fruit_model, tmp_path):
    with pytest.raises(DataError, match="expected a file, got a directory"):
        export_onnx(fruit_model, tmp_path)
    with pytest.raises(ModelDirectoryError, match="expected a model directory"):
        export_onnx(tmp_path / "none", tmp_path / "m.onnx")
