import os
from itertools import pairwise
from pathlib import Path

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pminusy.errors import DataError, InputError
from pminusy.runs.output import check_escapable, check_output, escape_formulas, write_table, write_tables

TABLE = pl.DataFrame({"predicted": ["a", 'b,"c"'], "p(a)": [0.75, 0.25]})


@pytest.mark.parametrize(
    ("name", "read"),
    [
        ("out.csv", pl.read_csv),
        ("OUT.CSV", pl.read_csv),
        ("out.tsv", lambda path: pl.read_csv(path, separator="\t")),
        ("out.parquet", pl.read_parquet),
        ("out.jsonl", pl.read_ndjson),
    ],
)
def test_what_is_written_reads_back(tmp_path, name, read):
    write_table(TABLE, tmp_path / name)
    assert read(tmp_path / name).equals(TABLE)
    assert os.listdir(tmp_path) == [name]


def test_an_old_file_is_replaced(tmp_path):
    (tmp_path / "out.csv").write_text("old\n" * 100)
    write_table(TABLE, tmp_path / "out.csv")
    assert pl.read_csv(tmp_path / "out.csv").equals(TABLE)


def test_a_failed_write_leaves_the_old_file(tmp_path, monkeypatch):
    def fill_the_disk(table, path):
        path.write_text("half")
        raise OSError(28, "No space left on device")

    monkeypatch.setitem(write_table.__globals__["_WRITERS"], ".csv", fill_the_disk)
    (tmp_path / "out.csv").write_text("old")
    with pytest.raises(DataError, match=r"out.csv: cannot be written: No space left on device"):
        write_table(TABLE, tmp_path / "out.csv")
    assert (tmp_path / "out.csv").read_text() == "old"
    assert os.listdir(tmp_path) == ["out.csv"]


@pytest.mark.parametrize("name", ["out", "out.xlsx", "csv"])
def test_an_unknown_format_is_refused(tmp_path, name):
    with pytest.raises(DataError, match=r"expected a name that ends in .csv, .tsv, .parquet, .jsonl"):
        check_output(tmp_path / name, ["iris"])


def test_a_place_that_cannot_be_written_is_refused(tmp_path):
    (tmp_path / "folder.csv").mkdir()
    with pytest.raises(DataError, match="expected a file, got a directory"):
        check_output(tmp_path / "folder.csv", ["iris"])
    with pytest.raises(DataError, match=r"no such directory: .*none"):
        check_output(tmp_path / "none" / "out.csv", ["iris"])


def test_the_file_that_is_read_is_not_written_over(tmp_path):
    data = tmp_path / "data.csv"
    data.write_text("precious")
    (tmp_path / "link.csv").symlink_to(data)
    for out in (data, tmp_path / "link.csv"):
        with pytest.raises(DataError, match="expected an output file other"):
            check_output(out, [str(data)])
    check_output(tmp_path / "other.csv", [str(data)])


@given(st.lists(st.text(max_size=5)))
def test_an_apostrophe_stands_before_formulas_and_nothing_else(labels):
    escaped = escape_formulas(pl.DataFrame({"predicted": pl.Series(labels, dtype=pl.String)}))
    assert escaped["predicted"].to_list() == [
        f"'{label}" if label[:1] in {"=", "+", "-", "@", "\t", "\r", "\n"} else label for label in labels
    ]


def test_numbers_are_no_formulas():
    table = pl.DataFrame({"predicted": [-1, 2], "p(-1)": [0.75, 0.25]})
    assert escape_formulas(table).equals(table)
    assert escape_formulas(table[:0]).equals(table[:0])


@pytest.mark.parametrize("name", ["out.parquet", "OUT.JSONL"])
def test_only_spreadsheets_have_formulas_to_escape(name):
    check_escapable(Path("out.CSV"))
    with pytest.raises(
        InputError, match=f"^escape formulas: expected a name that ends in .csv, .tsv, got {name}"
    ):
        check_escapable(Path(name))


@pytest.mark.parametrize("ending", ["csv", "tsv", "parquet", "jsonl"])
@pytest.mark.parametrize("cuts", [[3], [0, 2], [1, 1, 3]])
def test_tables_are_written_as_one_would_be(tmp_path, ending, cuts):
    if ending == "parquet":
        pytest.importorskip("pyarrow")
    table = pl.DataFrame({"predicted": ["a", "b,c", "d"], "p(a)": [0.1, 0.2, 0.3]})
    parts = [table[start:stop] for start, stop in pairwise([0, *cuts, 3])]
    assert write_tables(iter(parts), tmp_path / f"parts.{ending}") == 3
    write_table(table, tmp_path / f"whole.{ending}")
    if ending == "parquet":
        assert pl.read_parquet(tmp_path / "parts.parquet").equals(table)
    else:
        assert (tmp_path / f"parts.{ending}").read_bytes() == (tmp_path / f"whole.{ending}").read_bytes()


@pytest.mark.parametrize("ending", ["csv", "parquet"])
def test_an_error_on_the_way_leaves_what_was_there(tmp_path, ending):
    if ending == "parquet":
        pytest.importorskip("pyarrow")
    path = tmp_path / f"out.{ending}"
    path.write_text("before")

    def tables():
        yield pl.DataFrame({"predicted": ["a"]})
        raise DataError("rows that cannot be read")

    with pytest.raises(DataError, match="rows that cannot be read"):
        write_tables(tables(), path)
    assert path.read_text() == "before"
    assert os.listdir(tmp_path) == [path.name]
