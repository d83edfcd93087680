import re
from datetime import date, datetime, time, timedelta
from decimal import Decimal

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pminusy.datasets.notation import PLAIN, Notation
from pminusy.datasets.recognition import recognise

NUMBERS = [12.5, -3.25, 0.125, 1234.5, -98765.25, 7.0, 0.5, 31.0, 2.25, 5.75, 61.5, 8.0]


def found(cells, decimal=None, likely=None):
    return recognise(pl.DataFrame({"c": cells}), decimal, likely)["c"]


@pytest.mark.parametrize(
    ("cells", "values"),
    [
        (["1", "2", None], [1, 2, None]),
        (["1", "2.5"], [1.0, 2.5]),
        (["true", "False"], [True, False]),
        (["2021-03-04", "2021-03-05 06:00"], [datetime(2021, 3, 4), datetime(2021, 3, 5, 6)]),
        (["20210304", "20210305"], [datetime(2021, 3, 4), datetime(2021, 3, 5)]),
        ([20210304, 20210305], [datetime(2021, 3, 4), datetime(2021, 3, 5)]),
        (["9:30", "10:00"], [time(9, 30), time(10)]),
        (["0 days 01:00:00", "-1 days +23:30:00"], [timedelta(hours=1), timedelta(minutes=-30)]),
        (["PT1H", "P1DT0.5S"], [timedelta(hours=1), timedelta(days=1, milliseconds=500)]),
        (["2021-03-04", "-"], ["2021-03-04", "-"]),
        (["2021-03-04", "2021-03-05", "-"], [datetime(2021, 3, 4), datetime(2021, 3, 5), None]),
        (["31.12.2020", "1.2.2021", "n/a"], [datetime(2020, 12, 31), datetime(2021, 2, 1), None]),
        (["1.2.2021", "2.2.2021"], [datetime(2021, 2, 1), datetime(2021, 2, 2)]),
        (["1/2/2021 10:30", "1/31/2021 8:00"], [datetime(2021, 1, 2, 10, 30), datetime(2021, 1, 31, 8)]),
        (["13/2/2021", "1/2/2021"], [datetime(2021, 2, 13), datetime(2021, 2, 1)]),
        (["1/2/2021", "3/4/2021"], ["1/2/2021", "3/4/2021"]),
        (["13/2/2021", "1/31/2021"], ["13/2/2021", "1/31/2021"]),
        (["2021-02-30", "2021-03-05"], ["2021-02-30", "2021-03-05"]),
        (["02134", "10001"], ["02134", "10001"]),
        (["1.2.3", "1.2.4"], ["1.2.3", "1.2.4"]),
        (["A1", "A2"], ["A1", "A2"]),
        (["1", "2", "3+"] * 9, ["1", "2", "3+"] * 9),
        (["three", "1", "2"], ["three", "1", "2"]),
        ([1.5, None], [1.5, None]),
        ([date(2021, 3, 4)], [date(2021, 3, 4)]),
        ([Decimal("1.5")], [1.5]),
        ([None, None], [None, None]),
    ],
)
def test_types_follow_the_values(cells, values):
    assert found(cells).values.to_list() == values


def written(notation):
    marks = {",": notation.thousands, ".": notation.decimal}
    texts = ["".join(marks.get(letter, letter) for letter in f"{number:,.3f}") for number in NUMBERS]
    return [notation.prefix + text + notation.suffix for text in texts]


@pytest.mark.parametrize(
    ("notation", "note"),
    [
        (Notation(","), "numbers with a decimal comma"),
        (Notation(".", ","), "numbers with commas between thousands"),
        (Notation(",", "."), "numbers with a decimal comma and points between thousands"),
        (Notation(",", " "), "numbers with a decimal comma and spaces between thousands"),
        (Notation(".", "'"), "numbers with apostrophes between thousands"),
        (Notation(prefix="£"), "numbers with the unit '£'"),
        (Notation(",", ".", suffix=" Fr"), "points between thousands and the unit 'Fr'"),
        (Notation(suffix="%"), "numbers with a percent sign"),
    ],
)
def test_notations_are_recognised_and_said(notation, note):
    made = found(written(notation))
    scale = 100 if notation.suffix == "%" else 1
    np.testing.assert_allclose(made.values.to_numpy() * scale, NUMBERS)
    assert note in made.note


@pytest.mark.parametrize("marker", ["-", "n.a.", "#VALUE!", "missing", "not asked"])
def test_markers_among_numbers_are_taken_and_said(marker):
    made = found([*map(str, NUMBERS), marker])
    assert made.values.to_list() == [*NUMBERS, None]
    assert made.notation.missing == (marker,)
    assert made.note == f"column 'c': {marker!r} read as missing in 1 cell"


def test_what_keeps_numbers_from_being_numbers_is_said():
    made = found([*map(str, NUMBERS), ">100"])
    assert made.values.dtype == pl.String
    assert "most cells look like numbers, but not '>100', so they are used as names" in made.note


@pytest.mark.parametrize(
    ("cells", "note"),
    [
        (
            ["$5", "$7", "€9"],
            r"numbers written in different ways \('\$5', '\$7', '€9'\), so they are used as names",
        ),
        (["5 kg", "7 kg", "900 g"], "numbers written in different ways"),
        (["5%", "7%", "0.5"], "numbers written in different ways"),
        (["1/2/2021", "3/4/2021"], "whether '1/2/2021' begins with the day or the month does not show"),
        (["31.12.2020", "1.2.2021"], "dates with the day before the month"),
        (["1:02", "3:75", "10:00"], None),
        (["1.2.3", "1.2.4"], None),
        (["10.0.0.1", "10.0.0.2"], None),
        (["red", "blue", "5"], None),
    ],
)
def test_what_nearly_is_a_number_or_a_date_is_said(cells, note):
    made = found(cells)
    assert made.note is None if note is None else re.search(note, made.note)


@pytest.mark.parametrize(
    ("others", "decimal", "likely", "value"),
    [
        ([], None, None, 1234),
        ([], None, ",", 1.234),
        ([], ",", None, 1.234),
        ([], ".", ",", 1234),
        (["0,5", "1,25"], None, None, 1.234),
        (["0.5", "1,234.25"], None, ",", 1234),
    ],
)
def test_the_other_columns_decide_where_a_numeral_can_be_read_in_two_ways(others, decimal, likely, value):
    frame = pl.DataFrame({"c": ["1,234", "5,678"], **({"d": others} if others else {})})
    assert recognise(frame, decimal, likely)["c"].values.to_list()[0] == value


def test_points_are_between_thousands_where_commas_are_decimal_marks():
    frame = pl.DataFrame({"c": ["1.234", "5"], "d": ["0,5", "1,25"]})
    assert recognise(frame, None)["c"].values.to_list() == [1234, 5]
    frame = pl.DataFrame({"c": ["1.23", "5"], "d": ["0,5", "1,25"]})
    assert recognise(frame, None)["c"].values.to_list() == [1.23, 5.0]


@pytest.mark.parametrize(
    "cells",
    [
        ["70000000000000000001", "70000000000000000002", "70000000000000000003"],
        [2**62 + 1, 2**62 + 2, 2**62 + 3],
        ["9007199254740993", "9007199254740992", "9007199254740994"],
        [Decimal("10000000000000000000.1"), Decimal("10000000000000000000.2")],
    ],
)
def test_numbers_that_floats_cannot_tell_apart_are_names(cells):
    made = found(cells)
    assert made.values.to_list() == list(map(str, cells))
    assert "more digits than can be computed with" in made.note


def test_long_numerals_with_units_are_numbers():
    cells = [f"12345678901{digit}.50 kg" for digit in "123456"]
    assert found(cells).values.to_list() == [float(cell.removesuffix(" kg")) for cell in cells]


@pytest.mark.parametrize(("cells", "decimal"), [(["1.5", "2.25"], ","), (["1,5", "2,25"], ".")])
def test_numbers_without_the_decimal_mark_that_is_given_are_names_and_that_is_said(cells, decimal):
    made = found(cells, decimal)
    assert made.values.to_list() == cells
    assert (
        made.note == f"column 'c': used as names, since its numbers do not have the decimal mark {decimal!r}"
    )


def test_long_decimals_that_differ_early_are_numbers():
    cells = [f"0.{digit}2345678901234567890" for digit in "123456"]
    assert found(cells).values.dtype == pl.Float64


@settings(deadline=None)
@given(
    st.one_of(
        st.lists(st.integers(-(2**53), 2**53), min_size=1),
        st.lists(st.floats(allow_nan=False, allow_infinity=False), min_size=1),
        st.lists(st.booleans(), min_size=1),
        st.lists(st.datetimes(datetime(1000, 1, 2), datetime(9000, 1, 1)), min_size=1),
    )
)
def test_typed_columns_and_their_strings_are_the_same(values):
    typed, text = found(values), found([str(value) for value in values])
    assert text.values.to_list() == typed.values.to_list()
    assert text.notation == typed.notation == PLAIN


def test_points_between_thousands_in_a_file_with_semicolons():
    mixed = pl.DataFrame({"x": ["200", "976", "1.073", "1.170"], "n": ["1", "2", "3", "4"]})
    found = recognise(mixed, None, ",")["x"]
    assert found.values.to_list() == [200, 976, 1073, 1170]
    assert "points between thousands" in found.note
    assert recognise(mixed, None, None)["x"].values.to_list() == [200, 976, 1.073, 1.17]
    assert recognise(mixed, ".", ",")["x"].values.to_list() == [200, 976, 1.073, 1.17]


def test_numbers_that_all_have_a_point_are_asked_about():
    found = recognise(pl.DataFrame({"x": ["13.274", "1.073"]}), None, ",")["x"]
    assert found.values.to_list() == [13.274, 1.073]
    assert "'13.274' read with a decimal point; if it is a thousand, use --decimal ," in found.note
