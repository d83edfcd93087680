import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pminusy.datasets import cells
from pminusy.datasets.cells import all_cells, batches, map_cells


@given(st.integers(0, 5), st.integers(0, 4))
def test_cells_are_changed_as_column_by_column(n_columns, n_rows):
    frame = pl.DataFrame({f"c{c}": [f" {r}{c} " for r in range(n_rows)] for c in range(n_columns)})
    frame = frame.cast(pl.String)
    changed = map_cells(frame, lambda strings: strings.str.strip_chars().cast(pl.Int64))
    assert changed.equals(frame.select(pl.all().str.strip_chars().cast(pl.Int64)))


def test_all_cells_keep_missing_ones():
    assert all_cells(pl.DataFrame({"a": [1, None], "b": [None, 4]})).to_list() == [1, None, None, 4]


@pytest.mark.parametrize("limit", [1, 4, 5, 100])
def test_batches_are_all_columns_in_order(monkeypatch, limit):
    monkeypatch.setattr(cells, "_BATCH_CELLS", limit)
    frame = pl.DataFrame({name: [1, 2] for name in "abcde"})
    assert [name for batch in batches(frame) for name in batch.columns] == list("abcde")
    assert all(batch.width * batch.height <= max(limit, 2) for batch in batches(frame))
