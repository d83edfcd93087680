import polars as pl
import pytest

from pminusy.datasets.recognised import exact


def test_numbers_that_floats_hold_are_numbers():
    column = pl.Series("x", ["1.5", "2", "-3e4"])
    found = exact(column.cast(pl.Float64), column)
    assert found.values.dtype == pl.Float64
    assert found.note is None


@pytest.mark.parametrize(
    "written",
    [
        [str(10**19 + i) for i in range(50)],
        [f"0.{10**19 + i}" for i in range(50)],
    ],
)
def test_numbers_that_floats_would_make_one_are_names(written):
    column = pl.Series("code", written)
    found = exact(column.cast(pl.Float64), column)
    assert found.values.to_list() == written
    assert "column 'code' holds numbers of more digits than can be computed with" in found.note


def test_long_numbers_that_stay_apart_are_numbers():
    column = pl.Series("x", [f"{i}.00000000000000000001" for i in range(50)])
    assert exact(column.cast(pl.Float64), column).values.dtype == pl.Float64
