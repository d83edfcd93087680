"""The same rows are the same model and get the same predictions, whatever file they come from."""

import json
from datetime import date, datetime, timedelta
from decimal import Decimal

import numpy as np
import polars as pl
import pytest

from pminusy.datasets import Reading
from pminusy.runs.fit import fit
from pminusy.runs.options import FitOptions
from pminusy.runs.predict import predict
from pminusy.runs.saved import read_manifest, read_model

N = 90
KIND = np.arange(N) % 3


def by_kind(*values):
    return [values[kind] for kind in KIND]


def scattered(scale, seed=0):
    return (np.random.default_rng(seed).normal(size=N) + KIND) * scale


FRAME = pl.DataFrame(
    {
        "flag": by_kind(True, False, True),
        "amount": [Decimal(f"{value:.2f}") for value in scattered(10)],
        "small": pl.Series(np.round(scattered(5)).astype(np.int8)),
        "count": pl.Series(np.round(scattered(1e6)).astype(np.int64)),
        "share": scattered(1),
        "day": [date(2020, 1, 1) + timedelta(days=int(value)) for value in scattered(100)],
        "moment": [datetime(2020, 1, 1) + timedelta(seconds=int(value)) for value in scattered(1e6, 1)],
        "code": by_kind("007", "7", "7.0"),
        "level": pl.Series(by_kind("low", "high", None), dtype=pl.Categorical),
        "target": by_kind("1.5", "1.50", "x"),
    }
).with_columns(pl.when(pl.int_range(pl.len()) % 11 != 0).then(pl.col("share")))


def write_csv(frame, path):
    frame.with_columns(pl.col("moment").dt.to_string("%Y-%m-%d %H:%M:%S")).write_csv(path)


WRITERS = {
    "t.csv": write_csv,
    "t.parquet": pl.DataFrame.write_parquet,
    "t.arrow": pl.DataFrame.write_ipc,
    "t.jsonl": lambda frame, path: frame.with_columns(pl.col("amount").cast(pl.String)).write_ndjson(path),
}


@pytest.fixture(scope="module")
def files(tmp_path_factory):
    folder = tmp_path_factory.mktemp("files")
    for name, write in WRITERS.items():
        write(FRAME, folder / name)
    return folder


@pytest.fixture(scope="module")
def models(files, tmp_path_factory):
    folder = tmp_path_factory.mktemp("models")
    for name in WRITERS:
        fit(str(files / name), folder / name, FitOptions(target="target", test_size=0))
    return folder


@pytest.mark.parametrize("name", WRITERS)
def test_models_and_predictions_are_the_same(files, models, name):
    expected, pipeline = read_model(models / "t.csv")
    manifest, made = read_model(models / name)
    assert manifest.columns == expected.columns == tuple(FRAME.columns[:-1])
    assert manifest.classes == expected.classes == ("1.5", "1.50", "x")
    np.testing.assert_array_equal(made["classifier"].coef_, pipeline["classifier"].coef_)
    answers = predict(models / "t.csv", str(files / name), proba=True)
    assert answers.equals(predict(models / "t.csv", str(files / "t.csv"), proba=True))
    assert answers["predicted"].to_list() == FRAME["target"].to_list()


@pytest.mark.parametrize("name", WRITERS)
def test_a_test_file_may_be_of_another_kind(files, tmp_path, name):
    report = fit(
        str(files / "t.csv"),
        tmp_path / "m",
        FitOptions(target="target", test=str(files / name), drop=("code",)),
    )
    assert report.test.n == N


@pytest.mark.parametrize(
    "column",
    [
        pl.Series("target", by_kind(True, False, True)),
        pl.Series("target", by_kind(1.0, 2.0, 10.0)),
        pl.Series("target", by_kind(1, 2, 10)),
        pl.Series("target", by_kind(2**64 - 1, 2**64 - 2, 3), dtype=pl.UInt64),
        pl.Series("target", [Decimal(value) for value in by_kind("1.50", "2.50", "0.10")]),
        pl.Series("target", by_kind(date(2020, 1, 1), date(2021, 1, 1), date(2022, 1, 1))),
    ],
    ids=lambda column: str(column.dtype),
)
def test_labels_of_any_type_are_found_again_in_any_file(tmp_path, column):
    frame = FRAME.select("share", "small").with_columns(column)
    frame.write_parquet(tmp_path / "t.parquet")
    frame.write_csv(tmp_path / "t.csv")
    files = [str(tmp_path / name) for name in ("t.parquet", "t.csv")]
    for train, test in (files, files[::-1]):
        report = fit(train, tmp_path / "m", FitOptions(test=test), force=True)
        assert report.test.accuracy > 0.5


@pytest.mark.parametrize("suffix", ["csv", "tsv", "parquet", "jsonl"])
def test_what_predict_writes_fit_reads(files, models, tmp_path, suffix):
    from pminusy.runs.output import write_table

    answers = predict(models / "t.csv", str(files / "t.csv"), proba=True)
    path = tmp_path / f"answers.{suffix}"
    write_table(answers, path)
    report = fit(str(path), tmp_path / "m", FitOptions(target="predicted"))
    assert [column.name for column in report.data.columns] == ["p(1.5)", "p(1.50)", "p(x)"]
    assert {label.name for label in report.data.classes} == {"1.5", "1.50", "x"}


def german(frame, path, encoding="cp1252"):
    rows = [f"{value:.3f}".replace(".", ",") + f";{kind}" for value, kind in frame.rows()]
    path.write_bytes("\n".join(["größe;art", *rows, ""]).encode(encoding))
    return str(path)


def test_what_was_said_or_found_of_the_data_holds_for_rows_to_predict(tmp_path):
    # Without a value below 1, each of 1,234 could be thousands.
    frame = pl.DataFrame({"größe": 1 + np.abs(scattered(3)), "art": by_kind("a", "b", "c")})
    reading = Reading(encoding="cp1252", missing=("c",))
    fit(german(frame, tmp_path / "t.csv"), tmp_path / "m", FitOptions(target="art", reading=reading))
    manifest = read_manifest(tmp_path / "m")
    assert manifest.reading == reading
    assert manifest.classes == ("a", "b")
    settings = json.loads((tmp_path / "m" / "report.json").read_text())["settings"]
    assert {"name": "read with encoding", "value": "cp1252"} in settings
    expected = predict(tmp_path / "m", german(frame, tmp_path / "new.csv"), proba=True)
    frame.write_parquet(tmp_path / "new.parquet")
    rounded = frame.with_columns(pl.col("größe").round(3))
    rounded.write_parquet(tmp_path / "new.parquet")
    assert predict(tmp_path / "m", str(tmp_path / "new.parquet"), proba=True).equals(expected)
    utf8 = german(frame, tmp_path / "utf8.csv", "utf-8")
    assert predict(tmp_path / "m", utf8, proba=True, reading=Reading(encoding="utf-8")).equals(expected)


def test_rows_to_predict_may_be_written_in_another_way(tmp_path):
    frame = pl.DataFrame({"größe": scattered(3).round(3), "art": by_kind("a", "b", "c")})
    frame.write_csv(tmp_path / "t.csv")
    fit(str(tmp_path / "t.csv"), tmp_path / "m", FitOptions(target="art"))
    expected = predict(tmp_path / "m", str(tmp_path / "t.csv"), proba=True)
    new = german(frame, tmp_path / "new.csv")
    assert predict(tmp_path / "m", new, proba=True, reading=Reading(decimal=",")).equals(expected)
