from decimal import Decimal

import numpy as np
import pandas as pd
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pminusy import SoftmaxNetwork, SoftmaxRegression, SoftmaxRegressionCV
from pminusy.classifier.labels import read_labels
from pminusy.errors import TargetError

NAN = float("nan")


@pytest.mark.parametrize(
    "y",
    [
        pd.Series(["a", "b", None, "a"], dtype="str"),
        pd.Series(["a", "b", pd.NA, "a"], dtype="string"),
        pd.Series(["a", "b", None, "a"], dtype="category"),
        pd.Series([1, 2, pd.NA, 1], dtype="Int64"),
        pd.Series([True, False, pd.NA, True], dtype="boolean"),
        pd.to_datetime(pd.Series(["2020-01-01", "2021-01-01", None, "2020-01-01"])),
        pl.Series(["a", "b", None, "a"]),
        pl.Series([1, 2, None, 1]),
        ["a", "b", None, "a"],
        ["a", "b", NAN, "a"],
        ("a", "b", NAN, "a"),
        [["a"], ["b"], [NAN], ["a"]],
        [1, 2, None, 1],
        [True, False, None, True],
        [Decimal(1), Decimal(2), Decimal("nan"), Decimal(1)],
        np.array([0, 1, NAN, 0], np.float32),
        np.array(["2020", "2021", "NaT", "2020"], "datetime64[Y]"),
        np.array(["a", "b", pd.NA, "a"], object),
        np.array(["a", "b", pd.NaT, "a"], object),
        np.array(["a", "b", NAN, "a"], np.dtypes.StringDType(na_object=np.nan)),
        np.ma.masked_array([1, 2, 1, 1], [False, False, True, False]),
    ],
)
def test_a_missing_label_is_called_that_and_its_row_named(y):
    with pytest.raises(
        TargetError, match=r"^y: expected a label in each row, got a missing one \(.+\) at row 2$"
    ):
        read_labels(y, "y")


@given(st.lists(st.sampled_from(["a", "b"]), min_size=2), st.sets(st.integers(0, 30), min_size=1))
def test_the_first_missing_row_is_named_and_the_others_counted(labels, rows):
    labels = (labels * 40)[:40]
    for row in rows:
        labels[row] = None
    more = f" and {len(rows) - 1} more" if len(rows) > 1 else ""
    with pytest.raises(TargetError, match=rf"\(None\) at row {min(rows)}{more}$"):
        read_labels(labels, "y")


@pytest.mark.parametrize(
    ("y", "classes"),
    [
        (pd.Series(["nan", "None", "nan"]), ["None", "nan"]),
        (["<NA>", "NaN", "NaN"], ["<NA>", "NaN"]),
        (pd.Series([2, 1, 2], dtype="Int64"), [1, 2]),
        (pl.Series(["b", "a", "b"]), ["a", "b"]),
        (np.array([2.0, 1.0, 2.0]), [1, 2]),
        (np.ma.masked_array([2, 1, 2], False), [1, 2]),
    ],
)
def test_what_only_looks_like_a_missing_label_is_one_like_others(y, classes):
    labels, present, numbers = read_labels(y, "y")
    assert (present[numbers] == labels).all()
    assert present.tolist() == classes


@pytest.mark.parametrize(
    ("y", "message"),
    [
        ([0.0, np.inf], r"^y_val: expected finite labels, got inf at row 1$"),
        ([0.5, 0.25, 0.1], r"^y_val: expected labels of a single type: "),
        (np.array(["a", 1], object), r"^y_val: expected labels of a single type: "),
    ],
)
def test_labels_that_are_no_classes_are_refused(y, message):
    with pytest.raises(TargetError, match=message):
        read_labels(y, "y_val")


@pytest.mark.parametrize(
    "estimator", [SoftmaxRegression(), SoftmaxRegressionCV(Cs=2), SoftmaxNetwork(max_epochs=1)]
)
def test_every_classifier_says_so(estimator):
    y = pd.Series(np.repeat(["wet", "dry"], 10))
    y[13] = None
    with pytest.raises(TargetError, match=r"^y: .* missing .* at row 13$"):
        estimator.fit(np.arange(40.0).reshape(20, 2), y)


@pytest.mark.parametrize("dtype", ["Int64", "UInt64"])
def test_integers_of_pandas_stay_apart_past_float64(dtype):
    labels = [2**62 + 1, 2**62 + 2, 2**62 + 3]
    assert read_labels(pd.Series(labels, dtype=dtype), "y")[1].tolist() == labels
