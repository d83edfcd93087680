import polars as pl
import pytest

from pminusy.datasets.pieces.schema import common_schema
from pminusy.errors import DataError


def test_a_type_holds_the_values_of_all_files():
    schemas = {
        "a": {"x": pl.Int32(), "d": pl.Date(), "e": pl.Null()},
        "b": {"d": pl.Datetime("us"), "x": pl.Int64(), "e": pl.String()},
    }
    assert common_schema(schemas) == {"x": pl.Int64(), "d": pl.Datetime("us"), "e": pl.String()}


@pytest.mark.parametrize(
    ("second", "message"),
    [
        ({"x": pl.Int64()}, "b: no column 'name'; columns: x, which a has"),
        ({"x": pl.Int64(), "Name": pl.String()}, "b: no column 'name'; did you mean 'Name'"),
        (
            {"x": pl.Int64(), "name": pl.String(), "z": pl.Int64()},
            "b: expected the columns of a, got also z",
        ),
        (
            {"x": pl.String(), "name": pl.String()},
            "b: expected numbers in column 'x', as in a, got strings",
        ),
        (
            {"x": pl.Int64(), "name": pl.Boolean()},
            "b: expected strings in column 'name', as in a, got truth values",
        ),
    ],
)
def test_the_file_that_differs_is_named(second, message):
    with pytest.raises(DataError, match=message):
        common_schema({"a": {"x": pl.Int64(), "name": pl.String()}, "b": second})


def test_of_needed_columns_others_are_left_aside():
    schemas = {"a": {"x": pl.Int64(), "more": pl.String()}, "b": {"x": pl.Float64()}}
    assert common_schema(schemas, ["x"]) == {"x": pl.Float64()}
    with pytest.raises(DataError, match="b: no column 'more'; columns: x"):
        common_schema(schemas, ["more"])
