import gzip

import polars as pl
import pytest

from pminusy.datasets import load
from pminusy.datasets.pieces.at_once import read_at_once
from pminusy.datasets.pieces.found import find_sources
from pminusy.datasets.reading import Reading
from pminusy.errors import DataError


@pytest.mark.parametrize("ending", ["parquet", "arrow", "csv"])
def test_files_are_read_as_one_would_be(rows, write, parted, ending):
    one, several = (
        load(write(rows, f"all.{ending}"), target="y"),
        load(parted(ending, 10, 800).given, target="y"),
    )
    assert several.X.equals(one.X, null_equal=True)
    assert several.X.schema == one.X.schema
    assert several.y.tolist() == one.y.tolist()
    assert several.notes == one.notes


def test_packed_files_and_other_kinds_are_read_beside_one_another(rows, tmp_path):
    (tmp_path / "a.csv.gz").write_bytes(gzip.compress(rows[:400].write_csv().encode()))
    rows[400:].write_csv(tmp_path / "b.tsv", separator="\t")
    table = read_at_once(find_sources([str(tmp_path / "*.*sv*")]), Reading())
    assert table.frame["colour"].to_list() == rows["colour"].to_list()


def test_a_row_is_placed_in_its_file(rows, write, tmp_path):
    write(rows[:5], "a.csv")
    write(rows[5:9], "b.csv")
    table = read_at_once(find_sources([str(tmp_path / "*.csv")]), Reading())
    assert table.place(4) == f"in line 6 of {tmp_path / 'a.csv'}"
    assert table.place(5) == f"in line 2 of {tmp_path / 'b.csv'}"


def test_folders_tell_a_column_of_one_file_too(rows, write, tmp_path):
    write(rows[:3], "p/year=2024/a.parquet")
    table = read_at_once(find_sources([str(tmp_path / "p")]), Reading())
    assert table.frame["year"].to_list() == ["2024"] * 3


def test_files_that_differ_are_named(rows, write, tmp_path):
    write(rows[:3], "a.csv")
    write(rows[:3].drop("colour"), "b.csv")
    with pytest.raises(DataError, match=r"b\.csv: no column 'colour'; .* which .*a\.csv has"):
        read_at_once(find_sources([str(tmp_path / "*.csv")]), Reading())
    with pytest.raises(DataError, match="digits: expected a table, as there are several files, got an array"):
        read_at_once(find_sources([str(tmp_path / "a.csv"), "digits"]), Reading())
    assert isinstance(rows, pl.DataFrame)
