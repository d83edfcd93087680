import json

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pminusy.datasets.columns import kind_of
from pminusy.datasets.formats import read as read_file
from pminusy.errors import DataError


@pytest.fixture
def read(tmp_path):
    def write_and_read(content, name="t.json"):
        (tmp_path / name).write_bytes(content if isinstance(content, bytes) else content.encode())
        return read_file(str(tmp_path / name)).frame

    return write_and_read


ROWS = [{"a": 1, "b": "x"}, {"a": None, "b": "y"}, {"b": "z", "c": True}]
EXPECTED = {"a": ["1", None, None], "b": ["x", "y", "z"], "c": [None, None, True]}


@pytest.mark.parametrize(
    "text",
    [
        json.dumps(ROWS),
        json.dumps(ROWS, indent=2),
        "\n".join(map(json.dumps, ROWS)),
        "\n\n".join(map(json.dumps, ROWS)) + "\n",
        json.dumps({"a": [1, None, None], "b": ["x", "y", "z"], "c": [None, None, True]}),
        json.dumps({"a": {"0": 1}, "b": {"0": "x", "1": "y", "2": "z"}, "c": {"2": True}}),
        json.dumps(
            {"columns": ["a", "b", "c"], "data": [[1, "x", None], [None, "y", None], [None, "z", True]]}
        ),
        json.dumps({"schema": {}, "data": ROWS}),
    ],
)
def test_tables_come_in_many_forms(read, text):
    frame = read(text)
    assert {name: frame[name].to_list() for name in ("a", "b", "c")} == EXPECTED


def test_numbers_are_taken_as_they_are_written(read):
    frame = read('{"n": 98765432109876543210, "x": 1.10}\n{"n": 1, "x": 1e3}\n')
    assert frame.to_dict(as_series=False) == {"n": ["98765432109876543210", "1"], "x": ["1.10", "1e3"]}


def test_what_is_nested_stays_nested(read):
    assert read('[{"a": [1, 2]}, {"a": {"b": 1}}, {"a": null}]')["a"].dtype == pl.List(pl.String)


def test_other_encodings_are_read(read):
    assert read('[{"größe": 1}]'.encode("utf-16")).columns == ["größe"]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('[{"a": 1},\n{"a" 2}]', "not readable as JSON: line 2, column 6$"),
        ('{"a": 1}\n{"a":', "not readable as JSON: line 2, column"),
        ("[1, 2]", "expected a JSON object for each row"),
        ("3", "expected a JSON object for each row"),
        ('{"a": [1], "b": [1, 2]}', "expected columns of one length, got a: 1, b: 2"),
        ('{"columns": ["a"], "data": [[1, 2]]}', "expected rows of 1 values under 'data'"),
        ("[" * 100_000, "not readable as JSON"),
    ],
)
def test_what_is_no_table_is_refused(read, text, message):
    with pytest.raises(DataError, match=message):
        read(text)


@given(
    st.lists(st.fixed_dictionaries({"a": st.none() | st.text("ab\n\"'é"), "b": st.integers()}), min_size=1)
)
def test_lines_and_lists_are_the_same(tmp_path_factory, rows):
    folder = tmp_path_factory.mktemp("json")
    (folder / "t.json").write_text(json.dumps(rows))
    (folder / "t.jsonl").write_text("\n".join(map(json.dumps, rows)))
    frame = read_file(str(folder / "t.json")).frame
    assert frame.equals(read_file(str(folder / "t.jsonl")).frame)
    assert frame["b"].to_list() == [str(row["b"]) for row in rows]


def test_rows_of_json_lines_know_their_lines(tmp_path):
    path = tmp_path / "t.jsonl"
    path.write_text('{"a": 1}\n\n{"a":\n 2}\n{"a": 3}\n')
    table = read_file(str(path))
    assert [table.place(row) for row in range(3)] == ["in line 1", "in line 3", "in line 5"]


def test_what_is_nested_is_called_by_its_kind(tmp_path):
    path = tmp_path / "t.json"
    path.write_text('[{"a": {"x": 1}, "b": [1], "c": 1}, {"a": null, "b": {"x": 1}, "c": [2]}]')
    frame = read_file(str(path)).frame
    assert [kind_of(column) for column in frame] == ["objects with fields", "lists", "lists"]
