from datetime import date, datetime
from decimal import Decimal

import numpy as np
import polars as pl
import pytest

from pminusy.datasets.labels import array_labels, check_classes, column_labels
from pminusy.errors import DataError, ShapeError


@pytest.mark.parametrize(
    ("values", "labels"),
    [
        (np.array([1, 2], np.uint8), np.array([1, 2])),
        (np.array([True, False]), np.array([1, 0])),
        (np.array([1.0, -2.0], np.float32), np.array([1, -2])),
        (np.array([[3], [4]]), np.array([3, 4])),
        (np.array(["a", "b"]), np.array(["a", "b"])),
        (np.array([b"a", b"b"]), np.array(["a", "b"])),
        (np.array([0.5, 1.0] * 5), np.array(["0.5", "1.0"] * 5)),
    ],
)
def test_labels_are_integers_or_strings(values, labels):
    np.testing.assert_array_equal(array_labels(values, "y"), labels, strict=True)


@pytest.mark.parametrize(
    ("values", "dtype", "labels"),
    [
        (["b", "a"], pl.String, ["b", "a"]),
        (["b", "a"], pl.Categorical, ["b", "a"]),
        ([True, False], pl.Boolean, ["True", "False"]),
        ([3.0, 4.0], pl.Float64, ["3.0", "4.0"]),
        ([2**63 + 5, 7], pl.UInt64, ["9223372036854775813", "7"]),
        (["12", "-3", "0"], pl.String, [12, -3, 0]),
        (["007", "7"], pl.String, ["007", "7"]),
        (["3.10", "3.1", "3"] * 2, pl.String, ["3.10", "3.1", "3"] * 2),
        (["4e2", "400"], pl.String, ["4e2", "400"]),
        (
            ["98765432109876543210", "98765432109876543211"],
            pl.String,
            ["98765432109876543210", "98765432109876543211"],
        ),
        ([Decimal("2.50"), Decimal("3.50")] * 2, pl.Decimal(10, 2), ["2.50", "3.50"] * 2),
        (
            [datetime(2020, 1, 1), datetime(2020, 1, 2, 3)],
            pl.Datetime("ns"),
            ["2020-01-01", "2020-01-02 03:00:00"],
        ),
        ([3, 4], pl.Int8, [3, 4]),
        ([date(2020, 1, 1)], pl.Date, ["2020-01-01"]),
    ],
)
def test_labels_of_a_column(values, dtype, labels):
    made = column_labels(pl.Series("c", values, dtype=dtype))
    assert made.dtype.kind in "iU"
    assert made.tolist() == labels


@pytest.mark.parametrize(
    ("values", "error", "message"),
    [
        (np.ones((4, 3)), ShapeError, r"target 'y': expected one label per row, shape \(N,\), got \(4, 3\)"),
        (np.array([1.0, np.nan]), DataError, "target 'y': expected finite labels, got nan in row 2 "),
        (np.array([1j]), DataError, "target 'y': expected numbers or strings, got dtype complex128"),
        (
            np.linspace(0, 1, 30),
            DataError,
            "target 'y': expected classes, got 30 distinct .* regression",
        ),
        (np.array([0.1, 0.2, 0.3]), DataError, "3 distinct non-integer values in 3 rows"),
        (np.array([1.0, 1e17]), DataError, "below 2\\*\\*53 .*, got the float .*1e\\+17.* in row 2 "),
    ],
)
def test_what_is_no_class_is_refused(values, error, message):
    with pytest.raises(error, match=message):
        array_labels(values, "y")


def test_wide_unsigned_integers_do_not_wrap_round():
    assert array_labels(np.array([2**64 - 1, 1], np.uint64), "y").tolist() == ["18446744073709551615", "1"]


def test_measurements_as_strings_are_no_classes():
    with pytest.raises(DataError, match=r"target 'c': expected classes, got 30 distinct .* regression"):
        column_labels(pl.Series("c", [f"{value:.2f}" for value in np.linspace(0, 1, 30)]))


def test_a_column_of_lists_is_refused():
    with pytest.raises(DataError, match=r"target 'c': expected numbers or strings, got lists"):
        column_labels(pl.Series("c", [[1], [2]]))


def test_one_class_is_refused():
    check_classes(np.array(["a", "b"]), "y")
    with pytest.raises(DataError, match="target 'y': expected two classes or more, got a in all 3 rows"):
        check_classes(np.array(["a"] * 3), "y")


def test_a_class_for_every_row_is_refused():
    check_classes(np.arange(20), "y")
    with pytest.raises(
        DataError, match="target 'y': expected classes, got a different value in each of 21 rows"
    ):
        check_classes(np.arange(21), "y")
