import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pminusy.datasets.notation import NOTATIONS, Notation, looks_numeric, parse_numbers, units_of


@pytest.mark.parametrize(
    ("text", "notation", "number"),
    [
        ("12", Notation(), 12.0),
        ("-1.5e3", Notation(), -1500.0),
        ("\u22127", Notation(), -7.0),
        ("(7)", Notation(), -7.0),
        ("7)", Notation(), None),
        ("1,5", Notation(), None),
        ("1,5", Notation(","), 1.5),
        (",5", Notation(","), 0.5),
        ("1.5", Notation(","), None),
        ("12.345,6", Notation(",", "."), 12345.6),
        ("1.23,6", Notation(",", "."), None),
        ("12,34,567", Notation(".", ","), 1234567.0),
        ("0,123", Notation(".", ","), None),
        ("1\u202f234", Notation(",", " "), 1234.0),
        ("1\u2019234.5", Notation(".", "'"), 1234.5),
        ("-\u00a35.20", Notation(prefix="\u00a3"), -5.2),
        ("\u00a3-5", Notation(prefix="\u00a3"), -5.0),
        ("5", Notation(prefix="\u00a3"), 5.0),
        ("CHF 5.20", Notation(prefix="CHF"), 5.2),
        ("5 km", Notation(suffix="km"), 5.0),
        ("5 cm", Notation(suffix="km"), None),
        ("8 %", Notation(suffix="%"), 0.08),
        ("8", Notation(suffix="%"), None),
        ("", Notation(), None),
        (".", Notation(), None),
    ],
)
def test_numerals(text, notation, number):
    assert parse_numbers(pl.Series([text]), notation).to_list() == [number]


@pytest.mark.parametrize("notation", NOTATIONS)
@given(number=st.integers(-(10**12), 10**12), cents=st.integers(0, 99))
def test_what_is_formatted_is_read_back(notation, number, cents):
    marks = {",": notation.thousands, ".": notation.decimal}
    text = "".join(marks.get(letter, letter) for letter in f"{number:,}.{cents:02}")
    expected = float(f"{number}.{cents:02}")
    assert parse_numbers(
        pl.Series([text, f"{text} kg"]), Notation(*_marks(notation), suffix="kg")
    ).to_list() == [
        expected,
        expected,
    ]


def _marks(notation):
    return notation.decimal, notation.thousands


def test_units_are_those_that_all_numerals_share():
    assert units_of(pl.Series(["\u20ac 5", "-\u20ac7,50", "8", "free"])) == ("\u20ac", "")
    assert units_of(pl.Series(["5 m/s", "7.5 m/s"])) == ("", "m/s")
    assert units_of(pl.Series(["5 m", "7 ft"])) == ("", "")
    assert units_of(pl.Series(["EUR 5,00", "EUR 1.200,50"])) == ("EUR", "")
    assert units_of(pl.Series(["5.5 m2", "7 m2"])) == ("", "m2")


def test_names_with_digits_do_not_look_like_numbers():
    texts = ["A12", "x-1", "10-20", "1.2.3", "192.168.1.10", "31.12.2020", "2020-01-01", "<5", "v1.2"]
    assert not looks_numeric(pl.Series(texts)).any()
