import csv

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pminusy.datasets.formats import read as read_file
from pminusy.datasets.reading import Reading
from pminusy.errors import DataError


@pytest.fixture
def read(tmp_path):
    def write_and_read(content, **reading):
        path = tmp_path / "table.csv"
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return read_file(str(path), Reading(**reading)).frame

    return write_and_read


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
def test_the_separator_is_found(read, separator):
    frame = read(f"a{separator}b\n1{separator}x\n2{separator}y\n")
    assert frame.to_dict(as_series=False) == {"a": ["1", "2"], "b": ["x", "y"]}


@pytest.mark.parametrize(
    ("text", "columns"),
    [
        ('"a; b";"c, d"\n"1;2";3\n', ["a; b", "c, d"]),
        ("a  b\tc\n1   2  3\n 4 5 6\n", ["a", "b", "c"]),
        ("sep=;\na,x;b\n1;2\n", ["a,x", "b"]),
        ('"sepal" "petal"\n"1" 5.1 1.4\n"2" 4.9 1.3\n', ["Unnamed: 0", "sepal", "petal"]),
        ("a,b,\n1,2,\n", ["a", "b", "column_3"]),
        ("a,b\n1,2,\n3,4,\n", ["a", "b", "column_3"]),
        ("text\nno, it is one\ncolumn\n", ["text"]),
    ],
)
def test_the_header_is_parted_as_its_rows_are(read, text, columns):
    assert read(text).columns == columns


def test_what_is_said_of_a_file_goes_before_what_is_found(read):
    assert read("a,b;c\n1,2;3\n", separator=";").columns == ["a,b", "c"]
    frame = read("5,x\n6,y\n", header=False)
    assert frame.to_dict(as_series=False) == {"column_1": ["5", "6"], "column_2": ["x", "y"]}


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_blank_lines_are_no_rows(read, end):
    frame = read(end.join(["", "a,b", "1,x", "", "  ", '2,"y', "", 'z"', ""]))
    assert frame["a"].to_list() == ["1", "2"]
    assert frame["b"].to_list() == ["x", "y\n\nz"]


def test_a_byte_order_mark_is_no_part_of_the_first_name(read):
    assert read("\ufeffa,b\n1,2\n".encode()).columns == ["a", "b"]


def test_names_are_stripped(read):
    assert read("age, job\n39, clerk\n").columns == ["age", "job"]


def test_quoted_fields_may_hold_separators_and_line_breaks(read):
    assert read('a,b\n"x, y\nz",1\n')["a"].to_list() == ["x, y\nz"]


def test_a_field_may_be_long(read):
    assert read(f"a,b\n{'x' * 300_000},1\n")["a"].str.len_bytes().to_list() == [300_000]


def test_a_quotation_mark_within_a_field_is_a_character(read):
    frame = read('a,b\n5" pipe,"x, y"\n,7"\n')
    assert frame.to_dict(as_series=False) == {"a": ['5" pipe', None], "b": ["x, y", '7"']}


@pytest.mark.parametrize(
    ("rows", "n_fields", "line"),
    [("1,2,3\n4,5\n6,7,8\n", 2, 3), ("1,2,3\n4,5,6\n7,8,9,10\n", 4, 4), ('"1\n1",2,3\n4,5\n', 2, 4)],
)
def test_a_ragged_line_is_named(read, rows, n_fields, line):
    with pytest.raises(
        DataError, match=f"expected 3 fields as in the header, got {n_fields} at line {line}$"
    ):
        read("a,b,c\n" + rows)


def test_a_missing_last_field_is_no_ragged_line(read):
    assert read("a,b\n1,\n2,x\n")["b"].to_list() == [None, "x"]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "the file is empty"),
        (b"\n\n", "the file is empty"),
        (
            b'a,b\n1,"open\n2,3\n',
            "a quotation mark is not closed, .*, in the row that begins in line 2",
        ),
        (b'a,b\n1,"5" pipe\n2,3\n', "a quotation mark is not closed, or stands inside a field"),
        (b"a, a\n1,2\n", "a duplicate of 'a'"),
    ],
)
def test_what_is_no_table_is_refused(read, content, message):
    with pytest.raises(DataError, match=message):
        read(content)


@settings(deadline=None)
@given(
    rows=st.lists(
        st.tuples(
            st.integers(),
            st.floats(allow_nan=False, allow_infinity=False),
            st.text("abc ,;\"'é\n", min_size=1).filter(str.strip),
        ),
        min_size=1,
        max_size=20,
    )
)
def test_what_the_csv_module_writes_is_read_back(tmp_path_factory, rows):
    path = tmp_path_factory.mktemp("csv") / "table.csv"
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(["whole", "decimal", "words"])
        writer.writerows(rows)
    frame = read_file(str(path), Reading(separator=",")).frame
    assert frame.schema == dict.fromkeys(frame.columns, pl.String)
    assert frame.rows() == [(str(whole), str(decimal), words) for whole, decimal, words in rows]


def test_lines_above_the_header_can_be_skipped(read):
    frame = read("Prices, in euros\n\nitem,price\ntea,3\n", skip_rows=2)
    assert frame.to_dict(as_series=False) == {"item": ["tea"], "price": ["3"]}
    assert read("no header\n1,2\n", skip_rows=1, header=False).columns == ["column_1", "column_2"]


def test_a_ragged_file_with_a_title_gets_a_hint(read):
    with pytest.raises(
        DataError, match=r"got 3 at line 3; the header seems to be in line 3: --skip-rows 2 skips"
    ):
        read("Prices\nmade by hand\nitem,price,y\ntea,3,a\nmilk,2,b\nrice,5,a\n", separator=",")


def test_rows_know_their_lines(tmp_path):
    path = tmp_path / "table.csv"
    path.write_text('a,b\n\n1,"x\n\ny"\n2,z\n')
    table = read_file(str(path))
    assert [table.place(row) for row in range(2)] == ["in line 3", "in line 6"]


def test_a_quotation_mark_too_many_is_noted(tmp_path):
    rows = {i: f"{i},word,x" for i in range(20)} | {4: '4,"word,x', 9: '9,word",x'}
    path = tmp_path / "table.csv"
    path.write_text("\n".join(["a,b,c", *rows.values(), ""]))
    table = read_file(str(path))
    assert table.frame.height == 15
    assert table.notes == (
        "column 'b' holds 4 lines that look like rows in one cell, in line 6: a quotation mark may be missing there",
    )


def test_cells_of_several_lines_need_no_note(tmp_path):
    path = tmp_path / "table.csv"
    path.write_text('a,b\n1,"a poem\nof several\nlines\n"\n2,z\n')
    assert read_file(str(path)).notes == ()
