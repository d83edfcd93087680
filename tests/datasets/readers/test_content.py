import bz2
import gzip
import io
import lzma
import zipfile

import polars as pl
import pytest
import zstandard

from pminusy.datasets.formats import read
from pminusy.datasets.readers.content import open_content
from pminusy.errors import DataError

TEXT = b"a,b\n1,x\n2,y\n"


def zipped(**members):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return file.getvalue()


PACKED = {
    "gzip": gzip.compress(TEXT),
    "bzip2": bz2.compress(TEXT),
    "xz": lzma.compress(TEXT),
    "zstd": zstandard.ZstdCompressor().compress(TEXT),
    "zip": zipped(**{"__MACOSX/t.csv": b"?", "t.csv": TEXT}),
}


@pytest.mark.parametrize("packing", PACKED)
@pytest.mark.parametrize("name", ["t.csv", "t.csv.gz.bz2.xz.zst.zip"])
def test_packings_are_taken_off_whatever_the_name(tmp_path, packing, name):
    (tmp_path / name).write_bytes(PACKED[packing])
    table = read(str(tmp_path / name))
    assert table.frame.rows() == [("1", "x"), ("2", "y")]
    said = (f"the file is packed by {packing}, in spite of its name",)
    assert table.notes == (said if name == "t.csv" else ())


def test_packings_may_be_nested(tmp_path):
    (tmp_path / "t").write_bytes(gzip.compress(PACKED["zip"]))
    assert open_content(tmp_path / "t").packing == ("gzip", "zip")


@pytest.mark.parametrize("packing", PACKED)
def test_a_packed_file_cut_short_is_called_that(tmp_path, packing):
    (tmp_path / "t.csv").write_bytes(PACKED[packing][:-5])
    with pytest.raises(DataError, match=r"damaged or cut short$"):
        read(str(tmp_path / "t.csv"))


def test_a_zip_archive_of_several_files_is_refused_with_their_names(tmp_path):
    (tmp_path / "t.zip").write_bytes(zipped(a=TEXT, b=TEXT))
    with pytest.raises(DataError, match="a zip archive; expected one file in it, got a, b"):
        read(str(tmp_path / "t.zip"))


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"1 3:0.5 7:1e-3 # seen\n-1 1:2\n", "svmlight"),
        (b"x y\n1 2\n", "delimited"),
        (b'{"a": 1}\n{"a": 2}\n', "json"),
        (b' [\n {"a": 1}]', "json"),
        (b"[a],b\n1,2\n", "delimited"),
        ("größe,y\n1,a\n".encode("utf-16"), "delimited"),
        ("x,y\n1,a\n".encode("utf-16-be"), "delimited"),
        (b"time,event\n10:30,a\n", "delimited"),
    ],
)
def test_text_is_told_apart_by_its_content(tmp_path, content, kind):
    (tmp_path / "t.dat").write_bytes(content)
    assert open_content(tmp_path / "t.dat").kind == kind


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "the file is empty"),
        (b"%PDF-1.7", "this is a PDF document"),
        (b"\x89PNG\r\n", "this is a PNG image"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1", r"an Excel workbook of the old kind \(.xls\); save it as .xlsx"),
        (b"<!DOCTYPE html><html>", "this is an HTML page, not a table"),
        (b"\x80\x04\x95", "a Python pickle, which could run code"),
        (b"a\x00\x01\x02 b" * 9, "binary data of an unknown format"),
        (zipped(mimetype=b"application/vnd.oasis", **{"content.xml": b"<x/>"}), "an OpenDocument file"),
    ],
)
def test_what_is_no_table_is_called_what_it_is(tmp_path, content, message):
    (tmp_path / "t.csv").write_bytes(content)
    with pytest.raises(DataError, match=message):
        read(str(tmp_path / "t.csv"))


def test_a_file_that_lies_about_its_type_is_read_and_called_what_it_is(tmp_path):
    pl.DataFrame({"a": [1]}).write_parquet(tmp_path / "t.csv")
    (tmp_path / "t.parquet").write_bytes(TEXT)
    assert read(str(tmp_path / "t.csv")).notes == ("the file is Parquet, in spite of its name",)
    assert read(str(tmp_path / "t.parquet")).notes == (
        "the file is text with separators, in spite of its name",
    )
