import pytest

from pminusy.datasets.readers.table import column_names, numbered_names
from pminusy.errors import DataError


@pytest.mark.parametrize(
    ("header", "names"),
    [
        (["a", " b "], ["a", "b"]),
        (["", "a"], ["Unnamed: 0", "a"]),
        (["", "Unnamed: 0", "a"], ["Unnamed: 0.1", "Unnamed: 0", "a"]),
        (["a", ""], ["a", "column_2"]),
    ],
)
def test_every_column_gets_a_name(header, names):
    assert column_names(header, "t.csv") == names


def test_names_that_occur_twice_are_refused_by_name():
    with pytest.raises(
        DataError, match=r"t\.csv: expected different names of columns, got a duplicate of 'a', 'b'"
    ):
        column_names(["a", "b", "a", "c", " b"], "t.csv")


def test_columns_without_a_header_are_numbered():
    assert numbered_names(2) == ["column_1", "column_2"]
