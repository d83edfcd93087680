import pyarrow as pa
import pytest

from pminusy.datasets.pieces.text import open_text
from pminusy.datasets.reading import Reading
from pminusy.errors import DataError

PLAIN = Reading()


def _rows(path, reading=PLAIN):
    tables = [table for table, _ in open_text(str(path), reading).tables()]
    return pa.concat_tables(tables).to_pylist() if tables else []


@pytest.mark.parametrize(
    ("text", "reading"),
    [
        ("a,b\n1,x\n,y\n", Reading()),
        ("a;b\n1;x\n;y\n", Reading()),
        ("a\tb\r\n1\tx\r\n\ty\r\n", Reading()),
        ("\n\n a , b\n\n1,x\n\n,y\n", Reading()),
        ("\ufeffa,b\n1,x\n,y\n", Reading()),
        ("title\na,b\n1,x\n,y", Reading(skip_rows=1)),
        ("sep=|\na|b\n1|x\n|y\n", Reading()),
    ],
)
def test_all_cells_are_strings_under_their_names(tmp_path, text, reading):
    path = tmp_path / "t.csv"
    path.write_bytes(text.encode())
    assert _rows(path, reading) == [{"a": "1", "b": "x"}, {"a": "", "b": "y"}]


def test_quoted_cells_may_hold_separators_and_lines(tmp_path):
    (tmp_path / "t.csv").write_text('a,"b\nc"\n1,"x, ""y""\nz"\n')
    assert _rows(tmp_path / "t.csv") == [{"a": "1", "b\nc": 'x, "y"\nz'}]


def test_without_a_header_columns_are_numbered_and_another_encoding_is_said(tmp_path):
    (tmp_path / "t.csv").write_bytes("1,größe\n".encode("cp1252"))
    reading = Reading(header=False, encoding="cp1252")
    assert _rows(tmp_path / "t.csv", reading) == [{"column_1": "1", "column_2": "größe"}]


def test_a_header_alone_has_no_rows(tmp_path):
    (tmp_path / "t.csv").write_text("a,b\n")
    assert _rows(tmp_path / "t.csv") == []


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("a,ü\n1,2\n".encode("cp1252"), "expected UTF-8 to read it in pieces; .*say so with --encoding"),
        (b"a  b\n1  2\n3  4\n", "parted by runs of blanks cannot be read in pieces"),
        (b"a,a\n1,2\n", "expected different names of columns, got a duplicate of 'a'"),
    ],
)
def test_what_cannot_be_read_in_pieces_is_refused(tmp_path, content, message):
    (tmp_path / "t.csv").write_bytes(content)
    with pytest.raises(DataError, match=message):
        open_text(str(tmp_path / "t.csv"), Reading())
