import pytest

from pminusy.datasets.formats import read
from pminusy.errors import DataError


@pytest.mark.parametrize(
    ("source", "message"),
    [
        ("digit", "digit: no such file or bundled set; did you mean 'digits'?"),
        ("zebra", "the bundled sets are digits, iris, wine, breast-cancer"),
        ("nowhere/table.csv", "nowhere/table.csv: no such file"),
    ],
)
def test_a_missing_file_is_named(source, message):
    with pytest.raises(DataError, match=message):
        read(source)


def test_a_directory_and_an_unknown_format_are_refused(tmp_path):
    with pytest.raises(DataError, match="expected a file, got a directory"):
        read(str(tmp_path))
    (tmp_path / "table.xlsx").write_bytes(b"x")
    with pytest.raises(
        DataError, match=r"unknown format; expected a name that ends in .csv, .tsv, .parquet, .npz"
    ):
        read(str(tmp_path / "table.xlsx"))


def test_the_end_of_the_name_may_be_in_capitals(tmp_path):
    (tmp_path / "TABLE.TSV").write_text("a\tb\n1\t2\n")
    assert read(str(tmp_path / "TABLE.TSV")).columns == ["a", "b"]
