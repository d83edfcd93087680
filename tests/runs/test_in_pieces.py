import os
import tempfile
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import numpy as np
import polars as pl
import pytest

from pminusy.errors import DataError, InputError
from pminusy.runs.fit import fit
from pminusy.runs.options import BeyondMemory, FitOptions, LinearOptions, NetworkOptions
from pminusy.runs.predict import predict
from pminusy.runs.saved import read_model, read_report

pytest.importorskip("pyarrow")

_STREAMED = FitOptions(target="kind", beyond=BeyondMemory(stream=True))


@pytest.fixture(scope="module")
def frame() -> pl.DataFrame:
    rng = np.random.default_rng(0)
    n_rows = 600
    weight = rng.normal(100, 20, n_rows).round(1)
    return pl.DataFrame(
        {
            "weight": pl.Series(weight).set(pl.Series(rng.random(n_rows) < 0.1), None),
            "seeds": rng.integers(0, 9, n_rows),
            "colour": rng.choice(["red", "blue", "green", None], n_rows).tolist(),
            "picked": [f"2024-{1 + m:02d}-{1 + d:02d}" for m, d in rng.integers(0, [12, 28], (n_rows, 2))],
            "kind": np.where(weight + rng.normal(0, 10, n_rows) > 100, "plum", "apple").tolist(),
        }
    )


@pytest.fixture
def parts(frame, tmp_path):
    """The rows in files: a folder of three, of Parquet or of CSV."""

    def write(ending: str, *cuts: int) -> str:
        folder = tmp_path / f"{ending}-{len(cuts)}"
        folder.mkdir()
        borders = [0, *cuts, frame.height]
        for number, (start, stop) in enumerate(pairwise(borders)):
            part = frame[start:stop]
            path = folder / f"{number}.{ending}"
            part.write_csv(path) if ending == "csv" else part.write_parquet(path, row_group_size=50)
        return str(folder)

    return write


@pytest.mark.parametrize("ending", ["parquet", "csv"])
@pytest.mark.parametrize("drop", [(), ("picked",)])
def test_the_model_is_the_one_in_memory(parts, tmp_path, ending, drop):
    source, options = parts(ending, 100, 101), replace(_STREAMED, test_size=0, drop=drop)
    fit(source, tmp_path / "streamed", options)
    fit(source, tmp_path / "at-once", replace(options, beyond=BeyondMemory()))
    (_, found), (_, expected) = (read_model(tmp_path / name) for name in ("streamed", "at-once"))
    assert found["columns"].names(None) == expected["columns"].names(None)
    np.testing.assert_array_equal(found.classes_, expected.classes_)
    for name in ("coef_", "intercept_"):
        ours, theirs = getattr(found["classifier"], name), getattr(expected["classifier"], name)
        if drop:
            np.testing.assert_array_equal(ours, theirs)
        else:  # months and weekdays make the rows in memory sparse, whose sums are rounded otherwise
            np.testing.assert_allclose(ours, theirs, rtol=1e-10, atol=1e-12)
    assert found["classifier"].coef_.dtype == expected["classifier"].coef_.dtype
    reports = [read_report(tmp_path / name) for name in ("streamed", "at-once")]
    assert reports[0].train.log_loss == pytest.approx(reports[1].train.log_loss, rel=1e-12)
    assert [each.row for each in reports[0].mistakes] == [each.row for each in reports[1].mistakes]
    assert [each.values for each in reports[0].mistakes] == [each.values for each in reports[1].mistakes]
    assert reports[0].data.columns == reports[1].data.columns
    assert reports[0].data.classes == reports[1].data.classes


def test_held_out_rows_and_bits_do_not_depend_on_the_files(parts, tmp_path):
    first = fit(parts("parquet", 100, 101), tmp_path / "one", _STREAMED)
    second = fit(parts("parquet"), tmp_path / "other", _STREAMED)
    assert first.test == second.test
    assert first.gradient_check == second.gradient_check
    coefs = [read_model(tmp_path / name)[1]["classifier"].coef_ for name in ("one", "other")]
    np.testing.assert_array_equal(*coefs)
    assert 80 < first.test.n < 160
    assert first.train.n + first.test.n == 600
    assert ("test rows", "held out by a hash of the row number") in {
        (f.name, f.value) for f in first.settings
    }
    assert any("held out" in note and "hash" in note for note in first.data.notes)


def test_the_directory_is_an_ordinary_one(parts, frame, tmp_path):
    report = fit(parts("csv", 300), tmp_path / "model", _STREAMED)
    frame.write_csv(tmp_path / "new.csv")
    answers = predict(tmp_path / "model", str(tmp_path / "new.csv"), proba=True)
    right = (answers["predicted"] == frame["kind"]).mean()
    assert right == pytest.approx(
        (report.train.accuracy * report.train.n + report.test.accuracy * report.test.n) / 600
    )
    assert sorted(os.listdir(tmp_path / "model")) == sorted(
        ["model.safetensors", "metrics.json", "report.json", "report.html"]
    )


def test_test_files_are_read_in_pieces_too(parts, frame, tmp_path):
    frame[:90].write_parquet(tmp_path / "test.parquet")
    options = replace(_STREAMED, test=str(tmp_path / "test.parquet"))
    report = fit(parts("csv", 300), tmp_path / "model", options)
    assert (report.train.n, report.test.n) == (600, 90)
    frame[:9].with_columns(kind=pl.lit("pear")).write_csv(tmp_path / "pears.csv")
    with pytest.raises(DataError, match="expected labels that occur in the training data, got 'pear'"):
        fit(parts("csv"), tmp_path / "other", replace(options, test=str(tmp_path / "pears.csv")))
    frame[:9].drop("seeds").write_csv(tmp_path / "narrow.csv")
    with pytest.raises(DataError, match=r"narrow.csv: no column 'seeds'"):
        fit(parts("parquet"), tmp_path / "other", replace(options, test=str(tmp_path / "narrow.csv")))
    assert not (tmp_path / "other").exists()


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (
            {"model": NetworkOptions()},
            "model: on the command line, a network needs all rows in memory, and rows are read in pieces",
        ),
        ({"model": LinearOptions(C="auto")}, "C: cross-validation needs all rows in memory"),
        ({"model": LinearOptions(l1_ratio=0.5)}, "l1-ratio: an L1 penalty needs all rows in memory"),
        (
            {"roles": {"colour": "text"}},
            "column 'colour': text is encoded by .* --drop colour, .*colour=category",
        ),
        ({"target": "sort"}, "target: no column 'sort'"),
    ],
)
def test_what_needs_all_rows_in_memory_is_refused_with_its_reason(parts, tmp_path, change, message):
    with pytest.raises(InputError, match=message):
        fit(parts("parquet", 200), tmp_path / "model", replace(_STREAMED, **change))
    assert not (tmp_path / "model").exists()


def test_where_nobody_asked_for_pieces_more_memory_helps_too(parts, tmp_path):
    options = replace(_STREAMED, beyond=BeyondMemory(memory="1 KB"))
    source = parts("csv", 100)
    for change in ({"model": NetworkOptions()}, {"roles": {"colour": "text"}}):
        with pytest.raises(InputError, match="or read them at once with a larger --memory"):
            fit(source, tmp_path / "model", replace(options, **change))


@pytest.mark.parametrize("source", ["iris", "digits"])
def test_a_bundled_set_is_refused(source, tmp_path):
    with pytest.raises(DataError, match=f"{source}: expected a file to read in pieces, got a bundled set"):
        fit(source, tmp_path / "model", replace(_STREAMED, target=None))


def test_nothing_is_left_of_the_rows_on_disk(parts, tmp_path, monkeypatch):
    (tmp_path / "tmp").mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "tmp"))
    fit(parts("csv", 300), tmp_path / "model", _STREAMED)
    with pytest.raises(InputError):
        fit(parts("parquet"), tmp_path / "other", replace(_STREAMED, roles={"colour": "numeric"}))
    assert os.listdir(tmp_path / "tmp") == []
    assert not Path(tmp_path / "other").exists()


class _Listening:
    def __init__(self):
        self.stages, self.shares = [], {}

    def stage(self, name):
        self.stages.append(name)

    def passed(self, share, n_rows):
        self.shares.setdefault(self.stages[-1], []).append((share, n_rows))

    def __getattr__(self, name):
        return lambda *_: None


def test_passes_are_told_as_they_go(parts, tmp_path):
    heard = _Listening()
    fit(parts("parquet", 200, 400), tmp_path / "model", _STREAMED, watcher=heard)
    assert heard.stages == [
        "reading", "reading, second pass", "learning the columns", "encoding", "fitting", "scoring", "writing",
    ]  # fmt: skip
    for stage in heard.stages[:4]:
        assert heard.shares[stage][-1][0] == 1.0
    assert heard.shares["reading"][-1][1] == 600
