import numpy as np
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.impute import SimpleImputer
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

from pminusy.datasets.encoders.numbers import Dates, Numbers
from pminusy.datasets.notation import Notation

FRAME = pl.DataFrame(
    {"a": [1.0, None, 3.0, 8.0], "b": [None] * 4, "c": [2, 2, 5, 7]}, schema_overrides={"b": pl.Float64}
)


def numbers(**changes):
    return Numbers(**{"columns": tuple("abc"), "dtype": "float64", "notations": {}} | changes)


@given(st.integers(1, 12), st.integers(0, 2**32 - 1))
def test_it_is_what_scikit_learns_steps_give(n_rows, seed):
    rng = np.random.default_rng(seed)
    X = np.where(rng.random((n_rows, 3)) < 0.3, np.nan, rng.integers(0, 5, (n_rows, 3)))
    frame = pl.DataFrame(X, schema=["a", "b", "c"]).fill_nan(None)
    imputer = SimpleImputer(strategy="median", add_indicator=True, keep_empty_features=True)
    steps = make_pipeline(imputer, StandardScaler()).fit(X)
    encoder = numbers().fit(frame)
    encoder.check()
    rows = rng.permutation(n_rows)
    np.testing.assert_allclose(encoder.transform(frame[rows]), steps.transform(X[rows]), atol=1e-12)
    assert encoder.names() == steps.get_feature_names_out(["a", "b", "c"]).tolist()


def test_the_result_is_of_the_dtype_asked_for_and_the_rows_stay():
    before = FRAME.clone()
    for read_as in ("float32", "float64"):
        found = numbers(dtype="float32", read_as=read_as).fit_transform(FRAME)
        assert found.dtype == np.float32
        assert found.shape == (4, 5)
    assert FRAME.equals(before)


def test_a_value_missing_in_a_column_that_was_whole_is_filled_in():
    encoder = numbers().fit(FRAME)
    found = encoder.transform(pl.DataFrame({"a": [1.0], "b": [None], "c": [None]}))
    expected = encoder.transform(pl.DataFrame({"a": [1.0], "b": [None], "c": [3.5]}))
    np.testing.assert_array_equal(found, expected)


def test_dates_are_years_and_days_read_as_they_are_written():
    dates = pl.DataFrame({"sold": ["05/01/2020", "06/01/2021", None]})
    encoder = Dates(("sold",), "float64", {"sold": Notation(date_order="dmy")})
    found = encoder.fit_transform(dates)
    assert encoder.names() == ["sold: year", "sold: days"]
    assert found[2].tolist() == pytest.approx([0, 0], abs=1e-12)
    np.testing.assert_array_equal(encoder.transform(dates), found)
    encoder.check()


@pytest.mark.parametrize(
    ("changes", "match"),
    [
        ({"medians": np.zeros(2)}, "medians: expected 3 numbers"),
        ({"medians": np.array(["1", "2", "3"])}, "medians: expected 3 numbers"),
        ({"indicated": np.array([3])}, r"indicated: expected integers in \[0, 3\)"),
        ({"indicated": np.array([0.0])}, "indicated: expected integers"),
        ({"mean": np.array([0.0, np.nan, 0, 0, 0])}, "mean: expected finite numbers"),
        ({"scale": np.ones(3)}, "scale: expected 5 numbers"),
        ({"dtype": "object"}, "dtype: expected float32 or float64"),
        ({"read_as": "int8"}, "read_as: expected float32 or float64"),
        ({"notations": {"a": Notation(decimal="x")}}, "notations"),
        ({"notations": {"a": "plain"}}, "notations: expected a notation"),
    ],
)
def test_fields_that_no_fit_gives_are_refused(changes, match):
    encoder = numbers().fit(FRAME)
    for name, value in changes.items():
        setattr(encoder, name, value)
    with pytest.raises(ValueError, match=match):
        encoder.check()
