from datetime import datetime, time
from itertools import pairwise

import polars as pl
import pytest

from pminusy.datasets.pieces import stored
from pminusy.datasets.pieces.stored import StoredTable, TableWriter


def test_rows_come_back_with_their_types(tmp_path):
    frame = pl.DataFrame(
        {
            "x": [1.0, None, 3.0],
            "n": [1.0, 2.0, 3.0],
            "s": ["a", None, "ß"],
            "t": [True, None, False],
            "d": [datetime(2020, 1, 1), None, datetime(1950, 2, 3)],
            "c": [time(1), time(2), None],
        }
    )
    with TableWriter(tmp_path / "t.arrow") as writer:
        for piece in (frame[:1], frame[:0], frame[1:]):
            writer.add(piece)
    assert writer.n_rows == 3
    table = StoredTable(writer.path, writer.n_rows, {"n": pl.Int64()})
    for _ in range(2):
        found = pl.concat(list(table.pieces()))
        assert found.equals(frame.with_columns(pl.col("n").cast(pl.Int64)), null_equal=True)
        assert found.schema["n"] == pl.Int64


def test_without_rows_there_are_no_pieces(tmp_path):
    with TableWriter(tmp_path / "t.arrow") as writer:
        writer.add(pl.DataFrame({"x": [1.0]})[:0])
    assert list(StoredTable(writer.path, 0, {}).pieces()) == []


@pytest.mark.parametrize("cuts", [(), (1, 2, 3), (100, 100, 129)])
def test_batches_have_the_same_borders_whatever_the_pieces(tmp_path, monkeypatch, cuts):
    monkeypatch.setattr(stored, "_MOST_ROWS", 64)
    frame = pl.DataFrame({"x": range(150)})
    with TableWriter(tmp_path / "t.arrow") as writer:
        borders = [0, *cuts, 150]
        for start, stop in pairwise(borders):
            writer.add(frame[start:stop])
    pieces = list(StoredTable(writer.path, 150, {}).pieces())
    assert [piece.height for piece in pieces] == [64, 64, 22]
    assert pl.concat(pieces).equals(frame)
