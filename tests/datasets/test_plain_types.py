import polars as pl
import pytest

from pminusy.datasets.plain_types import plain_type, short_numbers, without_digits


@pytest.mark.parametrize(
    ("strings", "dtype"),
    [
        (["1", "2", None], pl.Int64),
        (["1.5", "-2e3"], pl.Float64),
        (["20200131", "20210228"], pl.Datetime),
        (["12:30", "08:15:00"], pl.Time),
        (["02134", "10001"], pl.String),
        ([None, None], pl.String),
    ],
)
def test_the_type_shows(strings, dtype):
    assert plain_type(pl.Series("x", strings, pl.String), None).values.dtype == dtype


@pytest.mark.parametrize("strings", [["1", "n/a"], ["a", "b"], ["1,5", "2,5"]])
def test_what_needs_a_second_look_is_left(strings):
    assert plain_type(pl.Series("x", strings), None) is None


def test_with_a_decimal_comma_points_are_no_decimals():
    assert plain_type(pl.Series("x", ["1.500", "2.250"]), ",") is None
    assert short_numbers(pl.DataFrame({"x": ["1.500", "2.250"]}), ",") == {}


def test_short_numbers_are_found_together():
    frame = pl.DataFrame(
        {
            "whole": ["1", "2"],
            "float": ["1.5", None],
            "padded": ["01", "2"],
            "day": ["20200131", "20210228"],
            "long": ["1234567890123456", "1"],
            "name": ["a", "1"],
        }
    )
    found = short_numbers(frame, None)
    assert {name: values.dtype for name, values in found.items()} == {"whole": pl.Int64, "float": pl.Float64}


def test_columns_without_digits_are_booleans_or_names():
    frame = pl.DataFrame(
        {
            "truth": ["True", None, "false"],
            "name": ["true", "no", None],
            "missing": pl.Series([None] * 3, dtype=pl.String),
            "number": ["one", "2", None],
        }
    )
    found = without_digits(frame)
    assert list(found) == ["truth", "name", "missing"]
    assert found["truth"].values.to_list() == [True, None, False]
    assert found["name"].values.equals(frame["name"])
    assert found["missing"].values.dtype == pl.String
