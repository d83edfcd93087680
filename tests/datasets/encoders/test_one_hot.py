import numpy as np
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.preprocessing import OneHotEncoder

from pminusy.datasets.encoders.one_hot import Categories, DateParts

VALUES = st.lists(st.sampled_from(["red", "Ünder", "", "blue", "infrequent"]), min_size=1, max_size=30)


@given(VALUES, VALUES, st.integers(1, 4))
def test_it_is_scikit_learns(seen, new, least):
    rare = (
        {"handle_unknown": "infrequent_if_exist", "min_frequency": least}
        if least > 1
        else {"handle_unknown": "ignore"}
    )
    expected = OneHotEncoder(dtype=np.float32, **rare).fit(np.array(seen, object)[:, None])
    encoder = Categories(("c",), "float32", least)
    encoder.fit(pl.DataFrame({"c": seen}))
    encoder.check()
    found = encoder.transform(pl.DataFrame({"c": new}))
    assert found.dtype == np.float32
    assert found.has_canonical_format
    np.testing.assert_array_equal(
        found.toarray(), expected.transform(np.array(new, object)[:, None]).toarray()
    )
    assert len(encoder.names()) == found.shape[1]


def test_columns_stand_side_by_side_and_rare_ones_come_last():
    frame = pl.DataFrame({"a": ["x", "y", "y", "z"], "b": [1, 1, None, None]})
    encoder = Categories(("b", "a"), "float64", least=2)
    found = encoder.fit_transform(frame)
    assert encoder.names() == ["b=1", "b=missing", "a=y", "a=infrequent"]
    assert found.toarray().tolist() == [[1, 0, 0, 1], [1, 0, 1, 0], [0, 1, 1, 0], [0, 1, 0, 1]]


def test_dates_are_months_and_weekdays():
    encoder = DateParts(("d",), "float32", notations={})
    found = encoder.fit_transform(pl.DataFrame({"d": ["2023-01-02", "2023-03-05", None]}))
    assert encoder.names() == ["d: month=1", "d: month=3", "d: month=missing"] + [
        f"d: weekday={day}" for day in ("Mon", "Sun", "missing")
    ]
    assert found.toarray().tolist() == [[1, 0, 0, 1, 0, 0], [0, 1, 0, 0, 1, 0], [0, 0, 1, 0, 0, 1]]
    encoder.check()


@pytest.mark.parametrize(
    ("changes", "match"),
    [
        ({"known": (np.array(["a", "a"], object),)}, "known: expected different strings in column 'c'"),
        ({"known": (np.array([1, 2], object),)}, "known: expected different strings"),
        ({"rare": (np.zeros(3, bool),)}, "rare: expected 2 truth values"),
        ({"rare": (np.zeros(2),)}, "rare: expected 2 truth values"),
        ({"known": ()}, "shorter"),
        ({"dtype": "complex64"}, "dtype: expected"),
    ],
)
def test_fields_that_no_fit_gives_are_refused(changes, match):
    encoder = Categories(("c",), "float32").fit(pl.DataFrame({"c": ["a", "b"]}))
    for name, value in changes.items():
        setattr(encoder, name, value)
    with pytest.raises(ValueError, match=match):
        encoder.check()
