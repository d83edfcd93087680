import os
from dataclasses import replace

import numpy as np
import polars as pl
import pytest

from pminusy.errors import InputError
from pminusy.runs.fit import fit
from pminusy.runs.on_dask import cluster_at, partition_rows, spread
from pminusy.runs.options import BeyondMemory, FitOptions
from pminusy.runs.saved import read_model, read_report

pytest.importorskip("pyarrow")
pytest.importorskip("distributed")


@pytest.fixture
def table(tmp_path) -> str:
    rng = np.random.default_rng(0)
    X = rng.standard_normal((700, 3))
    frame = pl.DataFrame({"a": X[:, 0], "b": X[:, 1], "c": X[:, 2]})
    kinds = np.array(["ant", "bee", "cat"])[(X + rng.gumbel(size=X.shape)).argmax(axis=1)]
    frame.with_columns(kind=pl.Series(kinds.tolist())).write_parquet(tmp_path / "rows.parquet")
    return str(tmp_path / "rows.parquet")


def test_the_model_is_the_one_of_this_process(table, tmp_path, monkeypatch):
    monkeypatch.setattr("pminusy.runs.on_dask._LEAST_ROWS", 100)
    options = FitOptions(target="kind", test_size=0, beyond=BeyondMemory(stream=True))
    fit(table, tmp_path / "here", options)
    fit(table, tmp_path / "there", replace(options, beyond=BeyondMemory(dask="local")))
    here, there = (read_model(tmp_path / name)[1]["classifier"] for name in ("here", "there"))
    np.testing.assert_allclose(there.coef_, here.coef_, rtol=1e-6, atol=1e-8)
    assert there.classes_.tolist() == ["ant", "bee", "cat"]
    assert there.result_.objective == pytest.approx(here.result_.objective, rel=1e-12)
    facts = {fact.name: fact.value for fact in read_report(tmp_path / "there").settings}
    assert facts["Dask cluster"] == "local"


def test_rows_reach_the_workers_as_they_are(tmp_path, monkeypatch):
    monkeypatch.setattr("pminusy.runs.on_dask._LEAST_ROWS", 10)
    rows = np.arange(75.0).reshape(25, 3)

    class Rows:
        shape, dtype = rows.shape, rows.dtype

        def __len__(self):
            return 25

        def read(self, start, stop):
            return rows[start:stop]

    with cluster_at("local", tmp_path) as client:
        X, y = spread(Rows(), np.arange(25, dtype=np.int32), client)
        assert (X.chunks, y.chunks) == (((10, 10, 5), (3,)), ((10, 10, 5),))
        np.testing.assert_array_equal(X.compute(), rows)
        assert y.compute().tolist() == list(range(25))
        assert len({worker for each in client.who_has().values() for worker in each}) == len(
            client.nthreads()
        )


@pytest.mark.parametrize("address", ["tcp://127.0.0.1:9", "nonsense"])
def test_a_scheduler_that_does_not_answer_is_an_error_before_anything_is_read(
    table, tmp_path, monkeypatch, address
):
    monkeypatch.setattr("pminusy.runs.on_dask._TIMEOUT", 1)
    os.remove(table)
    options = FitOptions(target="kind", beyond=BeyondMemory(dask=address))
    with pytest.raises(
        InputError, match=f"dask: expected the address of a scheduler that answers, .* got {address}: "
    ):
        fit(table, tmp_path / "model", options)
    assert not (tmp_path / "model").exists()


def test_partitions_depend_on_the_rows_alone():
    assert partition_rows((10**7, 10), 8) == 156_250
    assert partition_rows((10**9, 10), 8) == 2**26 // 80
    assert partition_rows((10, 10**9), 8) == 1
