import shutil
from types import SimpleNamespace

import numpy as np
import polars as pl
import pytest

from pminusy.datasets import Role, load, make_preprocessor
from pminusy.datasets.pieces import stored as module
from pminusy.datasets.pieces.encoded import learn_columns, write_encoded
from pminusy.datasets.pieces.stored import StoredTable, TableWriter
from pminusy.errors import DataError


@pytest.fixture
def stored(rows, write, tmp_path, monkeypatch):
    monkeypatch.setattr(module, "_MOST_ROWS", 256)
    dataset = load(write(rows, "a.csv"), target="y")
    with TableWriter(tmp_path / "t.arrow") as writer:
        for start in range(0, 1000, 300):
            writer.add(dataset.X[start : start + 300])
    return dataset, StoredTable(writer.path, 1000, {})


def test_rows_are_encoded_as_in_memory(stored, tmp_path):
    dataset, table = stored
    heard = []
    columns = learn_columns(table, dataset, double=True, told=heard.append)
    rows = write_encoded(table, columns, tmp_path / "rows", 10**6, heard.append)
    expected = make_preprocessor(dataset).fit_transform(dataset.X)
    np.testing.assert_array_equal(rows[:], expected)
    assert (rows.dtype, rows.memory) == (expected.dtype, 10**6)
    assert heard[-4:] == [256, 512, 768, 1000]


def test_a_disk_without_room_is_told_before_anything_is_written(stored, tmp_path, monkeypatch):
    dataset, table = stored
    columns = learn_columns(table, dataset, double=True, told=lambda _: None)
    monkeypatch.setattr(shutil, "disk_usage", lambda _: SimpleNamespace(free=10))
    with pytest.raises(
        DataError, match=r"the numbers of 1,000 rows with 6 features take .* GB are free; choose a folder"
    ):
        write_encoded(table, columns, tmp_path / "rows", 10**6, lambda _: None)
    assert not (tmp_path / "rows").exists()


def test_text_is_refused(stored):
    dataset, table = stored
    roles = {name: Role.TEXT if name == "colour" else role for name, role in dataset.roles.items()}
    texts = type(dataset)(**{**vars(dataset), "roles": roles})
    with pytest.raises(DataError, match="column 'colour': expected numbers, categories or dates, got text"):
        learn_columns(table, texts, double=True, told=lambda _: None)
    assert isinstance(dataset.X, pl.DataFrame)
