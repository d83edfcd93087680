import numpy as np
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from polars.testing.parametric import dataframes

from pminusy.datasets.columns import to_numbers
from pminusy.datasets.plain import check_plain, is_plain, plain_numbers
from pminusy.errors import DataError

DTYPES = [pl.Int8, pl.Int32, pl.Int64, pl.UInt8, pl.UInt64, pl.Float32, pl.Float64]


@given(dataframes(min_cols=1, max_cols=5, allowed_dtypes=DTYPES, allow_null=True, allow_infinity=False))
def test_all_at_once_they_are_what_each_is_by_itself(X):
    apart = pl.DataFrame([to_numbers(column) for column in X]).to_numpy()
    np.testing.assert_array_equal(plain_numbers(X), apart, strict=True)


def test_the_array_is_a_fresh_one():
    X = pl.DataFrame({"a": [0.5, 1.5]})
    plain_numbers(X)[:] = 9
    assert X["a"].to_list() == [0.5, 1.5]


@given(st.integers(0, 4), st.integers(0, 2), st.sampled_from([np.inf, -np.inf]))
def test_an_infinite_number_is_named(row, column, value):
    numbers = np.ones((5, 3), order="F")
    numbers[row, column] = value
    X = pl.DataFrame(numbers, schema=["a", "b", "c"]).with_columns(d=pl.lit("inf"), e=pl.lit(7))
    with pytest.raises(
        DataError, match=f"column '{'abc'[column]}': expected finite numbers, got {value} at row {row}"
    ):
        check_plain(X)


def test_nothing_infinite_is_no_error():
    check_plain(pl.DataFrame({"a": [1.0, None, float("nan")], "b": ["inf", "x", "y"], "c": [1, 2, 3]}))
    check_plain(pl.DataFrame({"b": ["inf"]}))
    check_plain(pl.DataFrame({"a": pl.Series([], dtype=pl.Float64)}))
    check_plain(pl.DataFrame())


def test_plain_numbers_are_integers_and_floats():
    assert all(is_plain(dtype) for dtype in DTYPES)
    assert not any(is_plain(dtype) for dtype in (pl.Boolean, pl.Decimal(9, 2), pl.Date, pl.String, pl.Int128))
