from datetime import timedelta

import numpy as np
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from polars.testing.parametric import dataframes

from pminusy.datasets.columns import to_numbers
from pminusy.datasets.plain import check_plain, is_plain, need_double, parse_plain, plain_numbers
from pminusy.errors import DataError

DTYPES = [pl.Int8, pl.Int32, pl.Int64, pl.UInt8, pl.UInt64, pl.Float32, pl.Float64]


@given(dataframes(min_cols=1, max_cols=5, allowed_dtypes=DTYPES, allow_null=True, allow_infinity=False))
def test_all_at_once_they_are_what_each_is_by_itself(X):
    apart = pl.DataFrame([to_numbers(column) for column in X])
    assert need_double(X) is (pl.Float64 in apart.dtypes)
    dtype = "float64" if need_double(X) else "float32"
    np.testing.assert_array_equal(plain_numbers(X, dtype), apart.to_numpy().astype(dtype), strict=True)


@pytest.mark.parametrize(
    ("column", "double"),
    [
        (pl.Series([1, 2**16, None]), False),
        (pl.Series([1, 2**16 + 1]), True),
        (pl.Series([-(2**16) - 1], dtype=pl.Int32), True),
        (pl.Series([None], dtype=pl.Int64), False),
        (pl.Series([True]), False),
        (pl.Series([timedelta(1)]), True),
        (pl.Series([1, 2], dtype=pl.Int128), False),
    ],
)
def test_what_needs_double_precision(column, double):
    assert need_double(pl.DataFrame({"c": column})) is double


def test_the_array_is_a_fresh_one():
    X = pl.DataFrame({"a": [0.5, 1.5]})
    plain_numbers(X, "float64")[:] = 9
    assert X["a"].to_list() == [0.5, 1.5]


@given(
    st.lists(
        st.one_of(
            st.integers().map(str), st.floats(allow_nan=False, allow_infinity=False).map(str), st.none()
        ),
        min_size=1,
    )
)
def test_plain_numerals_are_parsed_as_they_are_by_themselves(strings):
    X = pl.DataFrame({"count": pl.Series(strings, dtype=pl.String), "b": [7] * len(strings)})
    parsed = parse_plain(X)
    assert parsed.dtypes == [pl.Float64, pl.Int64]
    np.testing.assert_array_equal(
        parsed["count"].to_numpy(), to_numbers(X["count"]).cast(pl.Float64).to_numpy()
    )


@pytest.mark.parametrize("string", ["007", ".5", "1e3", "-0", "1.", "nan"])
def test_so_are_others_that_casting_understands(string):
    X = pl.DataFrame({"a": ["1", string]})
    np.testing.assert_array_equal(
        plain_numbers(parse_plain(X), "float64")[:, 0], to_numbers(X["a"]).to_numpy()
    )


@pytest.mark.parametrize("string", ["1,5", "0x10", "", "true", "12:30", "5 %", "−1", "(2)"])
def test_what_is_no_plain_numeral_stays_as_it_is(string):
    X = pl.DataFrame({"a": ["1", string], "b": ["1", "2"]})
    parsed = parse_plain(X)
    assert parsed["a"].to_list() == ["1", string]
    assert parsed["b"].to_list() == [1.0, 2.0]
    assert parse_plain(X, except_for=["b"]).equals(X)


@given(st.integers(0, 4), st.integers(0, 2), st.sampled_from([np.inf, -np.inf]))
def test_an_infinite_number_is_named(row, column, value):
    numbers = np.ones((5, 3), order="F")
    numbers[row, column] = value
    X = pl.DataFrame(numbers, schema=["a", "b", "c"]).with_columns(d=pl.lit("inf"), e=pl.lit(7))
    with pytest.raises(
        DataError, match=f"column '{'abc'[column]}': expected finite numbers, got {value} in row {row + 1} "
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
