import zipfile

import polars as pl
import pytest

from pminusy.datasets import load
from pminusy.datasets.formats import read
from pminusy.datasets.reading import Reading
from pminusy.errors import DataError

ROWS = [["size", "code", "flag", None], [1.5, "007", True, 3], [2, 7, False, None], ["n/a", "NA", None, 1e21]]


def test_cells_keep_their_values_where_types_are_mixed(tmp_path, write_workbook):
    table = read(str(write_workbook(tmp_path / "t.xlsx", First=ROWS)))
    assert table.frame.to_dict(as_series=False) == {
        "size": ["1.5", "2", "n/a"],
        "code": ["007", "7", "NA"],
        "flag": [True, False, None],
        "column_4": [3.0, None, 1e21],
    }
    assert table.notes == ()


def test_whole_floats_keep_all_their_digits(tmp_path, write_workbook):
    path = write_workbook(tmp_path / "t.xlsx", First=[["x"], [0.1 + 0.2], [1 / 3]])
    assert read(str(path)).frame["x"].to_list() == [0.1 + 0.2, 1 / 3]


def test_other_sheets_are_said(tmp_path, write_workbook):
    path = write_workbook(tmp_path / "t.xlsx", First=ROWS, Second=[["x"]])
    assert read(str(path)).notes == ("read sheet 'First'; the workbook also has 'Second' (--sheet NAME)",)


def test_there_may_be_no_header_or_nothing_else(tmp_path, write_workbook):
    path = write_workbook(tmp_path / "t.xlsx", First=[[1, "a"], [2, "b"]])
    frame = read(str(path), Reading(header=False)).frame
    assert frame.to_dict(as_series=False) == {"column_1": [1.0, 2.0], "column_2": ["a", "b"]}
    path = write_workbook(tmp_path / "h.xlsx", First=[["a", "b"]])
    assert read(str(path)).frame.shape == (0, 2)


@pytest.mark.parametrize(
    ("rows", "message"), [([], "sheet 'First' is empty"), ([["a", "a"], [1, 2]], "a duplicate of 'a'")]
)
def test_what_is_no_table_is_refused(tmp_path, write_workbook, rows, message):
    with pytest.raises(DataError, match=message):
        read(str(write_workbook(tmp_path / "t.xlsx", First=rows)))


def test_a_damaged_workbook_is_refused(tmp_path):
    with zipfile.ZipFile(tmp_path / "t.xlsx", "w") as archive:
        archive.writestr("xl/workbook.xml", "<nonsense")
    with pytest.raises(DataError, match="not readable as an Excel workbook: it is damaged or locked"):
        read(str(tmp_path / "t.xlsx"))


def test_a_workbook_is_told_by_its_content(tmp_path, write_workbook):
    path = write_workbook(tmp_path / "t.csv", First=[["a"], [1]])
    table = read(str(path))
    assert table.frame.equals(pl.DataFrame({"a": [1.0]}))
    assert table.notes == ("the file is an Excel workbook, in spite of its name",)


def test_a_sheet_can_be_asked_for(tmp_path, write_workbook):
    path = str(write_workbook(tmp_path / "t.xlsx", First=ROWS, Second=[["x"], [1], [2]]))
    assert read(path, Reading(sheet="Second")).frame["x"].to_list() == [1, 2]
    with pytest.raises(DataError, match="no sheet 'Third'; sheets: First, Second"):
        read(path, Reading(sheet="Third"))


def test_a_column_that_is_missing_may_be_in_another_sheet(tmp_path, write_workbook):
    path = str(write_workbook(tmp_path / "t.xlsx", Cover=[["Report"], ["x"]], Data=[["k"], ["a"]]))
    with pytest.raises(DataError, match=r"no column 'k'.*the workbook also has 'Data' \(--sheet NAME\)"):
        load(path, target="k")


def test_rows_above_the_header_can_be_skipped_and_blank_ones_are(tmp_path, write_workbook):
    rows = [
        [None, None],
        ["Prices", None],
        [None, None],
        ["item", "price"],
        ["tea", 3],
        ["milk", 2.5],
        ["rice", 4],
    ]
    path = str(write_workbook(tmp_path / "t.xlsx", First=rows))
    table = read(path, Reading(skip_rows=2))
    assert table.frame.to_dict(as_series=False) == {"item": ["tea", "milk", "rice"], "price": [3.0, 2.5, 4.0]}
    assert [table.place(row) for row in (0, 2)] == ["in row 5 of the sheet", "in row 7 of the sheet"]
    path = str(write_workbook(tmp_path / "u.xlsx", First=rows[2:]))
    assert read(path).frame.columns == ["item", "price"]
    with pytest.raises(DataError, match="nothing is left after the skipped rows"):
        read(path, Reading(skip_rows=9))


def test_a_title_gets_a_hint(tmp_path, write_workbook):
    rows = [["Prices", None, None], [], ["item", "price", "y"], *[["tea", i, "a"] for i in range(5)]]
    table = read(str(write_workbook(tmp_path / "t.xlsx", First=rows)))
    assert "the header seems to be in row 3: --skip-rows 2" in table.header_hint
