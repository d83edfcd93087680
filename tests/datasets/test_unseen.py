import numpy as np
import polars as pl
import pytest

from pminusy.datasets import load, make_network_preprocessor, make_preprocessor
from pminusy.datasets.unseen import Unseen, describe_unseen, merge_unseen, unseen_by, unseen_in


@pytest.fixture
def dataset(tmp_path):
    path = tmp_path / "t.parquet"
    pl.DataFrame(
        {
            "count": ["one", "two", "two"] * 40,
            "town": [f"town{i % 110}" for i in range(120)],
            "grade": [1, 2, None] * 40,
            "size": [0.5, 1.5, 2.0] * 40,
            "y": ["p", "q"] * 60,
        }
    ).write_parquet(path)
    return load(str(path), roles={"grade": "category", "town": "category"})


ROWS = pl.DataFrame(
    {
        "count": ["two", "Two ", "three", "three", None],
        "town": ["town7", "town109", "town110", "town7", "town7"],
        "grade": [2.0, 1.0, None, 3.0, 2.0],
        "size": [9.0, None, 0.5, 0.5, 0.5],
    }
)
FOUND = [
    Unseen("count", 5, (("three", 2), ("Two ", 1), ("missing", 1)), (("Two ", "two"),)),
    Unseen("grade", 5, (("3", 1),), ()),
    Unseen("town", 5, (("town110", 1),), ()),
]


@pytest.mark.parametrize("make", [make_preprocessor, make_network_preprocessor])
def test_categories_that_a_preprocessor_does_not_know_are_counted_by_column(dataset, make):
    preprocessor = make(dataset).fit(dataset.X)
    assert sorted(unseen_by(preprocessor, ROWS), key=lambda unseen: unseen.column) == FOUND
    assert unseen_by(preprocessor, dataset.X) == []
    assert unseen_by(preprocessor, ROWS[:0]) == []


def test_so_are_those_of_test_rows(dataset):
    assert sorted(unseen_in(ROWS, dataset), key=lambda unseen: unseen.column) == FOUND
    assert unseen_in(dataset.X, dataset) == []


def test_arrays_have_no_categories():
    digits = load("digits")
    assert unseen_by(make_preprocessor(digits).fit(digits.X), digits.X + 100) == []
    assert unseen_in(np.zeros((2, 64)), digits) == []


def test_a_sentence_shows_the_most_frequent_values_and_what_they_resemble():
    assert str(FOUND[0]) == (
        "column 'count': 4 of 5 rows have a category that does not occur in the training data, 'three' (2), "
        "'Two ' (1), missing (1); 'Two ' differs from 'two' of the training data only in case, spaces or Unicode form"
    )
    many = Unseen("c", 1000, tuple((value, 200) for value in "abcde"), ())
    assert str(many).endswith("'a' (200), 'b' (200), 'c' (200) and 2 other values")


def test_of_many_columns_those_with_the_most_rows_are_told():
    found = [Unseen(f"c{i}", 50, (("x", i + 1),), ()) for i in range(13)]
    sentences = describe_unseen(found)
    assert len(sentences) == 11
    assert sentences[0].startswith("column 'c12': 13 of 50")
    assert sentences[-1] == "3 more columns have such categories"


def test_parts_of_the_same_rows_are_told_as_one():
    first = Unseen("colour", 9, (("mauve", 2), ("Red", 1)), (("Red", "red"),))
    second = Unseen("shape", 4, (("cube", 1),), ())
    third = Unseen("colour", 5, (("jade", 2), ("mauve", 1)), ())
    merged = merge_unseen([first, second, third])
    assert merged == [
        Unseen("colour", 14, (("mauve", 3), ("jade", 2), ("Red", 1)), (("Red", "red"),)),
        Unseen("shape", 4, (("cube", 1),), ()),
    ]
