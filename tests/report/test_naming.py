import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pminusy.errors import TargetError
from pminusy.report.naming import clean, encode_labels, most_frequent


@given(st.text(), st.integers(1, 30))
def test_clean_text_is_one_printable_line_of_bounded_length(text, length):
    cleaned = clean(text, length)
    assert len(cleaned) <= length
    assert cleaned.isprintable()


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, "missing"),
        (1.0, "1"),
        (np.float32(0.1), "0.1"),
        (np.int64(7), "7"),
        (True, "True"),
        (" a\tb ", "a b"),
    ],
)
def test_values_read_naturally(value, text):
    assert clean(value) == text


@pytest.mark.parametrize("labels", [[3, 1, 3], ["b", "a", "b"], [0.5, 0.25, 0.5]])
def test_labels_find_their_classes(labels):
    classes = np.unique(labels)
    assert encode_labels(np.array(labels), classes, "labels").tolist() == [1, 0, 1]


def test_an_unknown_label_is_named_with_its_row():
    with pytest.raises(TargetError, match=r"test labels: expected one of .*\(a, b\), got 'c' at row 1"):
        encode_labels(np.array(["a", "c"]), np.array(["a", "b"]), "test labels")


def test_labels_of_another_type_are_unknown():
    with pytest.raises(TargetError, match="at row 0"):
        encode_labels(np.array(["1"]), np.array([1, 2]), "labels")


def test_the_most_frequent_keep_their_order_and_ties_go_to_the_first():
    assert most_frequent(np.array([2, 9, 2, 5]), 3).tolist() == [0, 1, 3]
    assert most_frequent(np.array([1, 2]), 5).tolist() == [0, 1]
