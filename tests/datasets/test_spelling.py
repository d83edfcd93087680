from datetime import date, datetime, time, timedelta
from decimal import Decimal

import numpy as np
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pminusy.datasets.spelling import as_written, by_value, match_names, merges_names


@pytest.mark.parametrize(
    ("values", "dtype", "written", "value"),
    [
        ([True, None], pl.Boolean, ["True", None], ["true", None]),
        ([1.0, 0.1], pl.Float64, ["1.0", "0.1"], ["1", "0.1"]),
        ([0.1], pl.Float32, ["0.1"], ["0.1"]),
        ([2**64 - 1], pl.UInt64, ["18446744073709551615"], ["18446744073709551615"]),
        ([Decimal("7.250")], pl.Decimal(10, 3), ["7.250"], ["7.25"]),
        ([date(2021, 3, 4)], pl.Date, ["2021-03-04"], ["2021-03-04"]),
        ([datetime(2021, 3, 4)], pl.Datetime("ns"), ["2021-03-04"], ["2021-03-04"]),
        ([timedelta(seconds=90)], pl.Duration("ms"), ["90.0"], ["90"]),
        ([time(10), time(0, 0, 1, 500_000)], pl.Time, ["10:00:00", "00:00:01.5"], ["10:00:00", "00:00:01.5"]),
        (["b"], pl.Enum(["a", "b"]), ["b"], ["b"]),
    ],
)
def test_typed_values(values, dtype, written, value):
    column = pl.Series("c", values, dtype=dtype)
    assert as_written(column).to_list() == written
    assert by_value(column).to_list() == value
    # However they are written, they are found again.
    assert by_value(as_written(column)).to_list() == value


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("3.140", "3.14"),
        ("3.", "3"),
        (".5", "0.5"),
        ("-0.0", "0"),
        ("5e-3", "0.005"),
        ("31E2", "3100"),
        ("12345678901234567890.10", "12345678901234567890.1"),
        ("FALSE", "false"),
        ("9:30", "09:30:00"),
        ("10:00:00.000000", "10:00:00"),
        ("PT1M30S", "90"),
        ("-1 days +23:59:00", "-60"),
        ("2021-03-04T00:00:00Z", "2021-03-04"),
        ("2021/3/4 10:00", "2021-03-04 10:00:00"),
        ("007", "007"),
        ("+5", "+5"),
        ("1.2.3", "1.2.3"),
        ("1e999", "1e999"),
        ("truth", "truth"),
        ("-", "-"),
        ("", ""),
    ],
)
def test_strings(text, value):
    assert as_written(pl.Series([text])).to_list() == [text]
    assert by_value(pl.Series([text])).to_list() == [value]


def test_names_that_would_become_one_are_told():
    assert merges_names(pl.Series(["2.1", "2.10", "2.2"]))
    assert not merges_names(pl.Series(["2.10", "2.20", None]))
    assert not merges_names(pl.Series([2.1, 2.2]))


@given(st.lists(st.decimals(allow_nan=False, allow_infinity=False, places=4), min_size=1))
def test_one_value_has_one_spelling(values):
    spelled = by_value(pl.Series([format(value, "f") for value in values])).to_list()
    assert [Decimal(text) for text in spelled] == values
    assert len(set(spelled)) == len(set(values))


@pytest.mark.parametrize(
    ("names", "known", "matched"),
    [
        (["true", "false"], ["True", "False"], ["True", "False"]),
        (["1.0", "2.0"], [1, 2], [1, 2]),
        ([1, 2], ["1.0", "2.0"], ["1.0", "2.0"]),
        (["1.1", "1.10"], ["1.1", "1.10"], ["1.1", "1.10"]),
        (["1.100"], ["1.1", "1.10"], ["1.100"]),
        (["a", "b"], ["a"], ["a", "b"]),
    ],
)
def test_labels_are_matched_by_name_and_then_by_value(names, known, matched):
    assert match_names(np.array(names), np.array(known)).tolist() == matched
