import gzip

import pytest

from pminusy.datasets.pieces.kinds import common_form, reads_in_pieces
from pminusy.errors import DataError


def test_parquet_arrow_and_text_are_read_in_pieces_whatever_their_names(rows, write, tmp_path):
    files = [write(rows, f"rows.{ending}") for ending in ("parquet", "arrow", "csv")]
    assert [common_form([file]) for file in files] == ["parquet", "ipc", "csv"]
    (tmp_path / "odd.csv").write_bytes((tmp_path / "rows.parquet").read_bytes())
    assert common_form([str(tmp_path / "odd.csv")]) == "parquet"
    assert reads_in_pieces(files[0])
    assert not reads_in_pieces("iris")


def test_others_are_refused_with_what_to_do(rows, write, tmp_path):
    (tmp_path / "t.csv.gz").write_bytes(gzip.compress(b"x,y\n1,2\n"))
    (tmp_path / "t.json").write_text('[{"x": 1}]')
    for name, message in (
        ("t.csv.gz", "a file packed by gzip cannot be read in pieces; unpack it first"),
        ("t.json", "JSON cannot be read in pieces; write it as Parquet, Arrow or CSV"),
        ("none.csv", "expected a file to read in pieces, got nothing"),
    ):
        with pytest.raises(DataError, match=message):
            common_form([str(tmp_path / name)])
        assert not reads_in_pieces(str(tmp_path / name))
    with pytest.raises(DataError, match="iris: expected a file to read in pieces, got a bundled set"):
        common_form(["iris"])
    files = [write(rows, "a.csv"), write(rows, "b.parquet")]
    with pytest.raises(
        DataError, match=r"b\.parquet: expected files of one kind, got parquet, and csv in .*a\.csv"
    ):
        common_form(files)
