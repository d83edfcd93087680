import csv

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pminusy.datasets.readers.delimited import read_delimited
from pminusy.errors import DataError


@pytest.fixture
def read(tmp_path):
    def write_and_read(content):
        path = tmp_path / "table.csv"
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return read_delimited(path)

    return write_and_read


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
def test_the_separator_is_read_off_the_header(read, separator):
    frame = read(f"a{separator}b\n1{separator}x\n2{separator}y\n")
    assert frame.to_dict(as_series=False) == {"a": [1, 2], "b": ["x", "y"]}


@pytest.mark.parametrize("missing", ["", "?", "NA", "NaN", "nan", " NA ", '""', "null"])
def test_missing_values_do_not_turn_numbers_into_strings(read, missing):
    frame = read(f"a,b\n1,x\n{missing},y\n2.5,{missing}\n")
    assert frame.to_dict(as_series=False) == {"a": [1.0, None, 2.5], "b": ["x", "y", None]}


def test_numbers_and_strings_are_stripped_of_spaces(read):
    frame = read("age, job\n39, clerk\n 50,clerk\n")
    assert frame["age"].to_list() == [39, 50]
    assert frame["job"].to_list() == ["clerk", "clerk"]


def test_a_byte_order_mark_is_no_part_of_the_first_name(read):
    assert read("\ufeffa,b\n1,2\n".encode()).columns == ["a", "b"]


def test_a_column_that_holds_one_word_among_numbers_stays_strings(read):
    assert read("a,b\n1,1\n2,2\nthree,3\n").schema == {"a": pl.String, "b": pl.Int64}


def test_numbers_padded_by_zeros_stay_strings(read):
    frame = read("zip,share\n02134,0.5\n10001,0\n")
    assert frame["zip"].to_list() == ["02134", "10001"]
    assert frame["share"].to_list() == [0.5, 0.0]


@pytest.mark.parametrize(
    ("values", "dtype"),
    [
        (["2024-02-29", "1999-12-31"], pl.Date),
        (["2024-02-29 10:00:00", "1999-12-31 23:59:59"], pl.Datetime("us")),
        (["2024-02-29T10:00:00", "1999-12-31T23:59:59"], pl.Datetime("us")),
        (["2024-02-30", "1999-12-31"], pl.String),
        (["12:30", "13:20:01"], pl.String),
    ],
)
def test_dates_are_parsed_where_every_value_is_one(read, values, dtype):
    assert read("\n".join(["when", *values]))["when"].dtype == dtype


def test_quoted_fields_may_hold_separators_and_line_breaks(read):
    assert read('a,b\n"x, y\nz",1\n')["a"].to_list() == ["x, y\nz"]


@pytest.mark.parametrize(
    ("rows", "n_fields", "line"),
    [("1,2,3\n4,5\n6,7,8\n", 2, 3), ("1,2,3\n4,5,6\n7,8,9,10\n", 4, 4), ('"1\n1",2,3\n\n4,5\n', 2, 5)],
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
        (b"a,b\n\xff\xfe,1\n", "utf-8"),
        (b'a,b\n1,"open\n2,3\n', "not readable"),
        (b"a, a\n1,2\n", "expected columns of different names, got 'a' more than once"),
    ],
)
def test_what_is_no_table_is_refused(read, content, message):
    with pytest.raises(DataError, match=message):
        read(content)


@settings(deadline=None)
@given(
    rows=st.lists(
        st.tuples(
            st.integers(-(2**62), 2**62),
            st.floats(allow_nan=False, allow_infinity=False),
            st.text("abc ,;\"'é", min_size=1),
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
    frame = read_delimited(path)
    assert frame["whole"].to_list() == [whole for whole, _, _ in rows]
    assert frame["decimal"].to_list() == [decimal for _, decimal, _ in rows]
    assert frame["words"].to_list() == [words.strip() or None for _, _, words in rows]
