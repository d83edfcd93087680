from datetime import date, datetime, time, timedelta
from decimal import Decimal

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pminusy.datasets.columns import mark_missing, to_categories, to_dates, to_numbers, to_texts
from pminusy.datasets.notation import Notation
from pminusy.errors import DataError


def column(values, dtype=None):
    return pl.Series("c", values, dtype=dtype)


def test_missing_values_are_marked():
    frame = pl.DataFrame({"a": [1.0, float("nan"), None], "b": [" x ", "?", "NAN"], "c": [1, 2, None]})
    assert mark_missing(frame, ("?", "nan", "2")).to_dict(as_series=False) == {
        "a": [1.0, None, None],
        "b": ["x", None, "NAN"],
        "c": [1, None, None],
    }


def test_a_number_that_stands_for_a_missing_value_does_so_however_it_is_written():
    frame = pl.DataFrame(
        {"a": ["-99", "-99.0", "9"], "b": [-99.0, 1.0, 2.0], "c": [-99, 1, 2], "": ["x", "", "-99x"]}
    )
    assert mark_missing(frame, ("", "-99")).to_dict(as_series=False) == {
        "a": [None, None, "9"],
        "b": [None, 1.0, 2.0],
        "c": [None, 1, 2],
        "": ["x", None, "-99x"],
    }


@pytest.mark.parametrize(
    ("values", "dtype", "numbers"),
    [
        ([1, None, 3], pl.Int64, [1.0, None, 3.0]),
        (["1", None, "2.5"], pl.String, [1.0, None, 2.5]),
        (["1", "2"], pl.Categorical, [1.0, 2.0]),
        (["1", "n/a", "-"], pl.String, [1.0, None, None]),
        (["True", "false"], pl.String, [1.0, 0.0]),
        (["1970-01-03", "1970-01-02 12:00"], pl.String, [2.0, 1.5]),
        (["1:00:01", "00:30"], pl.String, [3601.0, 1800.0]),
        ([True, False, None], pl.Boolean, [1.0, 0.0, None]),
        ([float("nan"), 2.0], pl.Float64, [None, 2.0]),
        ([Decimal("1.25")], pl.Decimal(10, 2), [1.25]),
        ([date(1970, 1, 3), None], pl.Date, [2.0, None]),
        ([datetime(1970, 1, 2, 12)], pl.Datetime("ms"), [1.5]),
        ([datetime(1970, 1, 2, 12)], pl.Datetime("ns"), [1.5]),
        ([timedelta(minutes=1)], pl.Duration("ms"), [60.0]),
        ([time(1, 0, 1)], pl.Time, [3601.0]),
        ([None, None], pl.Null, [None, None]),
    ],
)
def test_numbers(values, dtype, numbers):
    assert to_numbers(column(values, dtype)).to_list() == numbers


@pytest.mark.parametrize(
    "dtype", [pl.Float32, pl.Int8, pl.UInt16, pl.Int64, pl.UInt64, pl.Int128, pl.Boolean]
)
def test_small_integers_and_narrow_columns_become_float32(dtype):
    assert to_numbers(column([0, 1]).cast(dtype)).dtype == pl.Float32
    assert to_numbers(column([None, None], dtype)).dtype == pl.Float32


@pytest.mark.parametrize("value", [2**16 + 1, -(2**40)])
def test_large_integers_become_float64(value):
    assert to_numbers(column([value, 1])).dtype == pl.Float64


@settings(deadline=None)
@given(st.integers(-(2**52), 2**52))
def test_wide_integers_lose_nothing(value):
    assert to_numbers(column([value])).to_list() == [value]


@pytest.mark.parametrize(
    ("cast", "values", "message"),
    [
        (
            to_numbers,
            ["1", None, "two"],
            "column 'c': expected numbers, got 'two' in row 3 \\(counted from 1\\)",
        ),
        (to_numbers, ["1", "inf"], "column 'c': expected finite numbers, got inf in row 2 "),
        (to_numbers, [1.0, float("-inf")], "column 'c': expected finite numbers, got -inf in row 2 "),
        (to_categories, [1.0, float("inf")], "column 'c': expected finite numbers, got inf in row 2 "),
        (to_numbers, [[1], [2]], r"column 'c': expected single values, got lists"),
        (to_texts, [[1], [2]], r"column 'c': expected single values, got lists"),
    ],
)
def test_values_that_a_role_does_not_allow_are_named(cast, values, message):
    with pytest.raises(DataError, match=message):
        cast(column(values))


@settings(deadline=None)
@given(st.lists(st.none() | st.integers(-(10**6), 10**6), min_size=1))
def test_categories_are_the_same_whatever_the_type(values):
    expected = [None if value is None else str(value) for value in values]
    whole = column(values, pl.Int64)
    for dtype in (pl.Int64, pl.Float64, pl.String):
        assert to_categories(whole.cast(dtype)).to_list() == [
            None if text is None else text for text in expected
        ], dtype


def test_dates():
    values = ["2020-02-29", None, "2020-03-01T06:00", "20200301"]
    dates = [datetime(2020, 2, 29), None, datetime(2020, 3, 1, 6), datetime(2020, 3, 1)]
    assert to_dates(column(values)).to_list() == dates
    assert to_dates(column([20200229, 20200301])).to_list() == [dates[0], dates[3]]
    assert to_dates(column([date(2020, 2, 29)])).to_list() == dates[:1]
    zoned = column([dates[0]]).dt.replace_time_zone("Asia/Tokyo")
    assert to_dates(zoned).to_list() == [datetime(2020, 2, 28, 15)]
    with pytest.raises(
        DataError, match=r"column 'c': expected dates such as 2020-01-31, got '1.2.2020' in row 2 "
    ):
        to_dates(column(["n/a", "1.2.2020"]))


def test_categories_may_stay_as_written():
    assert to_categories(column(["1.0", "1"]), written=True).to_list() == ["1.0", "1"]
    assert to_categories(column(["1.0", "1"])).to_list() == ["1", "1"]


def test_categories_of_decimals_and_booleans():
    assert to_categories(column([0.5, 2.0, None])).to_list() == ["0.5", "2", None]
    assert to_categories(column([True, None])).to_list() == ["true", None]
    assert to_categories(column(["a", "b"], pl.Enum(["a", "b"]))).to_list() == ["a", "b"]


def test_missing_texts_are_empty():
    assert to_texts(column(["a b", None])).to_list() == ["a b", ""]


def test_dates_written_day_first_may_be_iso_dates_later():
    column = pl.Series("d", ["31/01/2020", "2020-02-01"])
    assert [date.day for date in to_dates(column, Notation(date_order="dmy"))] == [31, 1]
    with pytest.raises(DataError, match="expected dates such as 31/01/2020 or 2020-01-31, got '02/13/2020'"):
        to_dates(pl.Series("d", ["02/13/2020"]), Notation(date_order="dmy"))
