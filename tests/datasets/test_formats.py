import polars as pl
import pytest

from pminusy.datasets.formats import read
from pminusy.datasets.reading import Reading
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
    (tmp_path / "table.xyz").write_bytes(bytes(range(50)))
    with pytest.raises(DataError, match="binary data of an unknown format"):
        read(str(tmp_path / "table.xyz"))


@pytest.mark.parametrize(
    ("asked", "message"),
    [
        ({"separator": ";"}, "separator: does not apply to .*t.parquet, which is Parquet"),
        ({"encoding": "utf-8"}, "encoding: does not apply"),
        ({"header": False}, "no-header: does not apply"),
    ],
)
def test_what_is_said_of_a_file_has_to_apply(tmp_path, asked, message):
    pl.DataFrame({"a": [1]}).write_parquet(tmp_path / "t.parquet")
    with pytest.raises(DataError, match=message):
        read(str(tmp_path / "t.parquet"), asked=Reading(**asked))
    assert read(str(tmp_path / "t.parquet"), Reading(**asked)).frame.height == 1
    assert read(str(tmp_path / "t.parquet"), asked=Reading(missing=("-",), decimal=",")).frame.height == 1


def test_the_end_of_the_name_may_be_in_capitals(tmp_path):
    (tmp_path / "TABLE.TSV").write_text("a\tb\n1\t2\n")
    assert read(str(tmp_path / "TABLE.TSV")).frame.columns == ["a", "b"]
