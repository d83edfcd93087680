import numpy as np
import polars as pl
import pytest

from pminusy.datasets.labels import column_labels
from pminusy.datasets.pieces.label_codes import LabelCodes
from pminusy.errors import DataError


def _codes(values, size):
    labels = LabelCodes("y")
    firsts = [
        start + labels.add(pl.Series("y", values[start : start + size]))
        for start in range(0, len(values), size)
    ]
    return labels, sorted(np.concatenate(firsts).tolist())


@pytest.mark.parametrize(
    "values", [["b", "a", "b", "c"], ["10", "9", "10"], ["1", "x"], ["1.5", "2.5", "1.5", "1.5"]]
)
@pytest.mark.parametrize("size", [1, 2, 9])
def test_labels_are_those_of_all_rows_at_once(values, size):
    labels, firsts = _codes(values, size)
    classes, codes = labels.settled()
    expected = column_labels(pl.Series("y", values))
    np.testing.assert_array_equal(classes[codes], expected)
    assert classes.dtype == expected.dtype
    np.testing.assert_array_equal(classes, np.unique(expected))
    assert firsts == [values.index(name) for name in dict.fromkeys(values)]


def test_whole_numbers_and_truths_are_labels_as_a_text_would_hold_them():
    labels = LabelCodes("y")
    labels.add(pl.Series([2, 10, 2]))
    assert labels.settled()[0].tolist() == [2, 10]
    labels = LabelCodes("y")
    labels.add(pl.Series([True, False]))
    assert labels.settled()[0].tolist() == ["False", "True"]


@pytest.mark.parametrize(
    ("values", "message"),
    [
        (["a"] * 50, "target 'y': expected two classes or more, got a in all"),
        ([str(i) for i in range(30)], "expected classes, got a different value in each"),
        ([f"{i}.5" for i in range(50)], "which looks like regression"),
    ],
)
def test_what_is_no_target_is_refused(values, message):
    labels, _ = _codes(values, 7)
    with pytest.raises(DataError, match=message):
        labels.settled()


def test_other_rows_have_their_places_among_known_classes():
    labels = LabelCodes("y")
    labels.add(pl.Series(["true", "false", "true"]))
    names, codes = labels.among(np.array(["False", "True"]))
    assert (names.tolist(), codes.tolist()) == (["True", "False"], [1, 0, 1])
    labels = LabelCodes("y")
    labels.add(pl.Series([3, 1]))
    assert labels.among(np.array([1, 2, 3]))[1].tolist() == [2, 0]
