import os
from dataclasses import replace

import numpy as np
import polars as pl
import pytest

from pminusy.errors import InputError
from pminusy.runs import in_pieces
from pminusy.runs.fit import fit
from pminusy.runs.options import BeyondMemory, FitOptions, LinearOptions
from pminusy.runs.saved import read_model, read_report

pytest.importorskip("pyarrow")


@pytest.fixture
def frame() -> pl.DataFrame:
    rng = np.random.default_rng(0)
    size = rng.standard_normal(400)
    kind = np.where(size + rng.standard_normal(400) > 0, "big", "small").tolist()
    return pl.DataFrame(
        {
            "size": size,
            "n": rng.integers(0, 9, 400),
            "price": [f"${x:.2f}" for x in rng.random(400)],
            "colour": rng.choice(["red", "blue", None], 400).tolist(),
            "kind": kind,
        }
    )


@pytest.fixture
def options(tmp_path) -> FitOptions:
    return FitOptions(target="kind", beyond=BeyondMemory(cache=tmp_path / "cache"))


@pytest.fixture
def readings(monkeypatch) -> list[str]:
    """A note of each time that rows are prepared."""
    noted, prepare = [], in_pieces._prepare

    def counted(*arguments):
        noted.append("prepared")
        return prepare(*arguments)

    monkeypatch.setattr(in_pieces, "_prepare", counted)
    return noted


def test_later_fits_begin_from_the_cache_and_are_the_same(frame, options, readings, tmp_path):
    frame.write_csv(tmp_path / "rows.csv")
    source = str(tmp_path / "rows.csv")
    first = fit(source, tmp_path / "one", options)
    second = fit(source, tmp_path / "two", options)
    assert len(readings) == 1
    assert first.test == second.test
    assert first.data.columns == second.data.columns
    assert any("taken from the cache" in note for note in second.data.notes)
    assert [n for n in first.data.notes if "read in" not in n] == [
        n for n in second.data.notes if "cache" not in n
    ]
    models = [read_model(tmp_path / name)[1] for name in ("one", "two")]
    np.testing.assert_array_equal(*(model["classifier"].coef_ for model in models))
    assert models[0]["columns"].names(None) == models[1]["columns"].names(None)
    other = fit(source, tmp_path / "three", replace(options, model=LinearOptions(C=0.01)))
    assert len(readings) == 1
    assert other.train.log_loss > first.train.log_loss
    assert read_report(tmp_path / "two") == second


@pytest.mark.parametrize(
    "change", [{"seed": 1}, {"test_size": 0.5}, {"drop": ("n",)}, {"roles": {"n": "category"}}]
)
def test_other_rows_or_columns_are_prepared_anew(frame, options, readings, tmp_path, change):
    frame.write_csv(tmp_path / "rows.csv")
    for number, how in enumerate((options, replace(options, **change))):
        fit(str(tmp_path / "rows.csv"), tmp_path / f"model{number}", how)
    assert len(readings) == 2
    assert len(os.listdir(tmp_path / "cache")) == 2


def test_a_file_that_changed_takes_the_place_of_its_old_rows(frame, options, readings, tmp_path):
    frame.write_csv(tmp_path / "rows.csv")
    fit(str(tmp_path / "rows.csv"), tmp_path / "one", options)
    frame[:300].write_csv(tmp_path / "rows.csv")
    report = fit(str(tmp_path / "rows.csv"), tmp_path / "two", options)
    assert report.train.n + report.test.n == 300
    assert len(readings) == 2
    assert len(os.listdir(tmp_path / "cache")) == 1


def test_an_error_on_the_way_leaves_nothing_in_the_cache(frame, options, tmp_path):
    frame.write_csv(tmp_path / "rows.csv")
    with pytest.raises(InputError):
        fit(str(tmp_path / "rows.csv"), tmp_path / "one", replace(options, roles={"colour": "numeric"}))
    assert os.listdir(tmp_path / "cache") == []


def test_a_damaged_cache_is_an_error_that_says_what_to_do(frame, options, tmp_path):
    frame.write_csv(tmp_path / "rows.csv")
    fit(str(tmp_path / "rows.csv"), tmp_path / "one", options)
    (folder,) = (tmp_path / "cache").iterdir()
    (folder / "state.safetensors").write_bytes(b"nothing")
    with pytest.raises(InputError, match=r"cache: .* cannot be read: .*; remove it"):
        fit(str(tmp_path / "rows.csv"), tmp_path / "two", options)
