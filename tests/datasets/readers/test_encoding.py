import pytest
from hypothesis import given
from hypothesis import strategies as st

from pminusy.datasets.readers.encoding import to_utf8
from pminusy.errors import DataError

TEXT = "straße;café;5 €\nLübeck;crème brûlée;x"


@pytest.mark.parametrize(
    ("encoding", "note"),
    [
        ("utf-8", None),
        ("utf-8-sig", None),
        ("utf-16", "UTF-16"),
        ("utf-16-le", "UTF-16"),
        ("utf-16-be", "UTF-16"),
        ("utf-32", "UTF-32"),
        ("cp1252", "Windows-1252"),
    ],
)
def test_encodings_are_found_and_said(encoding, note):
    text, said = to_utf8(TEXT.encode(encoding), None, "t.csv")
    assert text.decode() == TEXT
    assert said is None if note is None else note in said


def test_an_encoding_that_is_named_is_taken():
    assert to_utf8("привет,мир".encode("koi8-r"), "koi8-r", "t.csv") == ("привет,мир".encode(), None)
    with pytest.raises(DataError, match=r"t.csv: not text in the encoding ascii: byte 0xc3 in line 2"):
        to_utf8("a\né".encode(), "ascii", "t.csv")


@pytest.mark.parametrize(
    ("text", "encoding"),
    [("привет,мир\nслово,дело\n", "cp1251"), ("名前,年齢\n東京,5\n", "shift_jis"), ("城市,人口", "gbk")],
)
def test_what_is_not_western_is_not_guessed_at(text, encoding):
    with pytest.raises(DataError, match="neither UTF-8 nor Western European text; --encoding NAME"):
        to_utf8(text.encode(encoding), None, "t.csv")


@given(st.text(st.characters(codec="utf-8", exclude_characters="\ufeff\x00")))
def test_utf8_is_left_as_it_is(text):
    assert to_utf8(text.encode(), None, "t.csv") == (text.encode(), None)


def test_a_few_bytes_that_are_no_utf8_are_read_as_western():
    text = "straße,1\ncafé,2\nLübeck,3\n"
    damaged = text.encode().replace("é".encode(), b"\xe9")
    read, said = to_utf8(damaged, None, "t.csv")
    assert read.decode() == text
    assert said == (
        "the file is UTF-8 but for 1 byte that is not, first 0xe9 in line 2: read as Windows-1252, there 'é'"
    )
    assert "2 bytes that are not" in to_utf8(text.encode() + b"\xfc\x81", None, "t.csv")[1]


def test_the_first_byte_that_is_no_utf8_is_named():
    _, said = to_utf8("a,b\n1,x\n2,señor\n".encode("cp1252"), None, "t.csv")
    assert said.startswith(
        "the file is not UTF-8 (first 0xf1 in line 3): read as Windows-1252; --encoding NAME"
    )
