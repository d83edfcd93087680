import polars as pl
import pytest

from pminusy.datasets.notation import Notation
from pminusy.datasets.numerals import agreed_mark, is_grouped, read_as, readings


def ways(strings, decimal=None):
    return readings(pl.Series("x", strings), decimal)


def test_names_have_no_reading():
    assert ways(["red", "green", "blue1"]) == []


def test_a_decimal_comma_is_found():
    found = ways(["1,5", "2,25", "3,125"])
    assert {way.notation.decimal for way in found} == {","}
    assert found[0].values.to_list() == [1.5, 2.25, 3.125]


def test_three_digits_after_a_comma_can_be_read_in_two_ways():
    assert {way.notation.decimal for way in ways(["1,500", "2,250"])} == {",", "."}
    assert {way.notation.decimal for way in ways(["1,500", "2,250"], decimal=".")} == {"."}


def test_markers_of_missing_values_are_named():
    found = ways([str(i) for i in range(30)] + ["n/a", "n/a"])
    assert found[0].values.null_count() == 2
    assert "'n/a' read as missing in 2 cells" in found[0].note


def test_days_and_months_that_cannot_be_told_apart_stay_names():
    found = ways(["01/02/2020", "03/04/2021"])
    assert [way.values.dtype for way in found] == [pl.String]
    assert "whether '01/02/2020' begins with the day or the month does not show" in found[0].note
    assert ways(["31/01/2020", "03/04/2021"])[0].values.dtype == pl.Datetime


def test_a_mark_is_agreed_by_the_columns_that_allow_of_one_only():
    sure, open_ = ["1,5", "2,25"], ["1,500", "2,250"]
    frame = pl.DataFrame({"sure": sure, "open": open_})
    found = {"sure": ways(sure), "open": ways(open_)}
    assert agreed_mark(found, {}, frame) == ","
    assert agreed_mark({"open": ways(open_)}, {}, frame) is None


@pytest.mark.parametrize(
    ("strings", "grouped"), [(["1.500", "22"], True), (["1.5", "1.500"], False), (["1"], False)]
)
def test_points_between_thousands(strings, grouped):
    assert is_grouped(pl.Series("x", strings)) is grouped


def test_whole_numbers_stay_whole():
    column = pl.Series("x", ["1.500", "2.250"])
    found = read_as(column, Notation(decimal=",", thousands="."))
    assert found.values.to_list() == [1500, 2250]
    assert found.values.dtype == pl.Int64
