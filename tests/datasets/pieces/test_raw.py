import os

import polars as pl
import pytest

from pminusy.datasets.columns import mark_missing
from pminusy.datasets.reading import Reading
from pminusy.errors import InputError


@pytest.mark.parametrize("ending", ["parquet", "arrow", "csv"])
def test_pieces_are_all_rows_in_order(rows, parted, opened, ending):
    files = opened(*parted(ending, 130, 131, 700).given)
    for _ in range(2):
        pieces = list(files)
        whole = pl.concat([mark_missing(piece.frame, ("",)) for piece in pieces])
        expected = rows if ending != "csv" else rows.with_columns(pl.all().cast(pl.String))
        assert whole.equals(expected.select(whole.columns), null_equal=True)
        assert pieces[-1].done == 1.0
        assert [piece.done for piece in pieces] == sorted(piece.done for piece in pieces)
    assert pieces[-1].place(0).startswith(f"in row {pieces[-1].start + 1} (counted from 1) of ")


def test_folders_tell_columns(rows, write, opened, tmp_path):
    write(rows[:3], "p/part=1/a.parquet")
    write(rows[3:5], "p/part=2/a.parquet")
    pieces = list(opened(str(tmp_path / "p")))
    assert [piece.frame["part"].to_list() for piece in pieces] == [["1"] * 3, ["2"] * 2]


def test_types_that_differ_are_brought_together(write, opened):
    files = [
        write(pl.DataFrame({"x": [1, 2]}), "a.parquet"),
        write(pl.DataFrame({"x": [0.5]}), "b.parquet"),
    ]
    assert [piece.frame["x"].to_list() for piece in opened(*files)] == [[1.0, 2.0], [0.5]]


def test_a_file_that_changes_or_goes_is_named(rows, write, opened):
    path = write(rows, "a.csv")
    files = opened(path)
    passing = iter(files)
    next(passing)
    with open(path, "a") as file:
        file.write("1,2,red,no\n")
    with pytest.raises(InputError, match=r"a\.csv has changed since it was first read"):
        list(passing)
    os.remove(path)
    with pytest.raises(InputError, match=r"a\.csv is gone since it was first read"):
        next(iter(files))


def test_a_damaged_file_is_named(rows, write, opened, tmp_path):
    path = write(rows, "a.parquet")
    content = (tmp_path / "a.parquet").read_bytes()
    (tmp_path / "a.parquet").write_bytes(content[: len(content) // 2])
    with pytest.raises(InputError, match=r"a\.parquet cannot be read as parquet"):
        list(opened(path))
    (tmp_path / "b.csv").write_text("x,y\n1,2\n1,2,3\n")
    with pytest.raises(InputError, match=r"b\.csv cannot be read as csv: .*Expected 2 columns, got 3"):
        list(opened(str(tmp_path / "b.csv")))


def test_needed_columns_are_read_and_no_others(rows, write, opened):
    (piece,) = opened(write(rows, "a.csv"), needed=["y", "size"])
    assert set(piece.frame.columns) == {"y", "size"}
    assert opened(write(rows, "b.csv"), reading=Reading(separator=",")).decimal is None
