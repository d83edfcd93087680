from datetime import date, timedelta

import numpy as np
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pminusy.datasets.row_numbers import row_number_because, whole_numbers

RNG = np.random.default_rng(0)


@pytest.mark.parametrize(
    ("values", "reason"),
    [
        (np.arange(30), "it counts up by one from 0"),
        (np.arange(1001, 1031), "it counts up by one from 1001"),
        (np.arange(30.0), "it counts up by one from 0"),
        (np.arange(30, 0, -1), "it counts down by one from 30"),
        (np.delete(np.arange(90), [3, 4, 20, 70, 71, 72]), "it counts the rows, with some left out"),
        (RNG.permutation(80), "every number from 0 to 79 once"),
        (1 + RNG.permutation(80), "every number from 1 to 80 once"),
    ],
)
def test_row_numbers_are_known_by_their_values(values, reason):
    assert row_number_because(pl.Series("x", values)) == f"looks like a row number ({reason})"


@pytest.mark.parametrize(
    "values",
    [
        np.arange(19),
        np.repeat(np.arange(30), 2),
        np.sort(RNG.integers(0, 1000, 60)),
        np.sort(RNG.choice(500, 60, replace=False)),
        np.arange(0, 600, 10),
        np.arange(30) + 0.5,
        np.append(np.arange(29), 40),
        5 + RNG.permutation(80),
        pl.Series([*range(30), None, 31]),
    ],
)
def test_other_numbers_are_features(values):
    assert row_number_because(pl.Series("x", values)) is None


@pytest.mark.parametrize(
    "name", ["year", "Year of birth", "day", "days", "rank", "time_step", "age", "monthNo"]
)
def test_what_is_counted_in_earnest_is_a_feature(name):
    assert row_number_because(pl.Series(name, np.arange(1950, 2010))) is None


@pytest.mark.parametrize("dtype", [pl.Date, pl.Datetime, pl.String, pl.Boolean, pl.Duration])
def test_only_numbers_number_rows(dtype):
    days = pl.Series("x", [date(2020, 1, 1) + timedelta(days=i) for i in range(30)])
    values = {pl.Boolean: pl.Series("x", [True] * 30), pl.Duration: days - days[0]}.get(dtype, days)
    assert row_number_because(values.cast(dtype)) is None


@given(st.lists(st.floats(-1e6, 1e6).filter(lambda x: x != round(x)), min_size=20, max_size=60))
def test_measurements_are_never_row_numbers(values):
    assert row_number_because(pl.Series("x", values)) is None


@given(st.integers(-(2**62), 2**62), st.integers(20, 200))
def test_consecutive_integers_of_any_size_are_row_numbers(start, n_rows):
    values = pl.Series("x", range(start, start + n_rows), dtype=pl.Int64)
    assert row_number_because(values)
    assert row_number_because(values.reverse())


def test_integers_past_int64_are_no_error():
    assert row_number_because(pl.Series("x", [2**64 - 1, 5] * 15, dtype=pl.UInt64)) is None


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        (pl.Series([3, None, -4], dtype=pl.Int8), [3, -4]),
        (pl.Series([3.0, None, float("nan")])[:2], [3]),
        (pl.Series([2**63 - 1], dtype=pl.UInt64), [2**63 - 1]),
        (pl.Series([2**63], dtype=pl.UInt64), None),
        (pl.Series([1.0] * 30 + [0.5]), None),
        (pl.Series([1e300, float("inf")]), None),
        (pl.Series(["1"]), None),
        (pl.Series([True]), None),
    ],
)
def test_whole_numbers_are_those_of_any_type(values, expected):
    found = whole_numbers(values)
    assert found is expected or found.tolist() == expected
