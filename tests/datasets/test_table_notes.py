import numpy as np
import polars as pl
import pytest

from pminusy.datasets.dataset import Role
from pminusy.datasets.roles import LeftOut
from pminusy.datasets.table_notes import class_notes, column_notes, columns_that, target_notes


def test_the_target_and_its_odd_classes():
    y = np.array(["a", "a", "b"])
    assert target_notes(y, 2, "t", inferred=True) == [
        "using column 't' as the target",
        "dropped rows with a missing target: 2",
        "classes with a single row: 1 of 2",
    ]
    assert target_notes(y[:2], 0, "t", inferred=False) == []


def test_of_many_groups_of_classes_that_read_alike_a_few_are_named():
    y = np.array([label for letter in "abcdef" for label in (letter, letter.upper())] * 2)
    notes = target_notes(y, 0, "t", inferred=False)
    assert notes[0].endswith("are kept apart: 'A' (2), 'a' (2)")
    assert notes[3:] == ["there are 3 more groups of such classes"]


def test_numbers_for_classes_do_not_read_alike():
    assert target_notes(np.array([1, 10, 100] * 2), 0, "t", inferred=False) == []


def test_columns_are_told_by_what_becomes_of_them():
    days = pl.Series([1, 2]).cast(pl.Date)
    frame = pl.DataFrame({"d": days, "n": days, "i": [1, 2], "j": [3, 4], "k": [5, 6]})
    settled = {
        "d": Role.DATE,
        "n": Role.NUMERIC,
        "i": LeftOut("counts", alone=Role.NUMERIC),
        "j": LeftOut("is odd"),
        "k": LeftOut("is odd"),
    }
    assert column_notes(frame, settled, {"d": Role.DATE, "n": Role.NUMERIC, "i": Role.NUMERIC}) == [
        "column 'd' holds dates: used as year, month, weekday and days since 1970",
        "column 'n' holds dates or times: converted to days since 1970",
        "using column 'i': it counts; no other column is left",
        "dropped columns 'j', 'k': each is odd",
    ]


def test_a_long_list_of_columns_is_cut():
    assert (
        columns_that(list("abcdefg"), "is odd") == "columns 'a', 'b', 'c', 'd', 'e' and 2 more: each is odd"
    )


def test_a_class_that_looks_like_a_missing_value_is_said():
    notes = target_notes(np.array(["a", "b", "-", "a", "b", "-"]), 0, "y", False)
    assert "'-' of the target is a class; with --missing its rows count as without a target" in notes
    assert not target_notes(np.array(["a", "none", "a", "none"]), 0, "y", False)


def test_more_numbers_than_half_the_rows_are_said():
    y = np.concatenate([np.arange(20), np.arange(10)])
    told = "the target has 20 classes in 30 rows: a number to be predicted has no classes"
    assert told in target_notes(y, 0, "y", False)
    assert told not in target_notes(y.astype(str), 0, "y", False)


@pytest.mark.parametrize(
    ("labels", "said"),
    [
        (["1", "2.0", "1.0", "2", "1"], ["'1' (2), '1.0' (1)", "'2' (1), '2.0' (1)"]),
        (["2020-01-31", "b", "2020/1/31", "b"], ["'2020-01-31' (1), '2020/1/31' (1)"]),
        (["1.5", "1.50", "007", "7"], ["'1.5' (1), '1.50' (1)"]),
        (["true", "True", "b"], []),
    ],
)
def test_classes_that_are_one_value_are_named(labels, said):
    notes = [note for note in class_notes(np.array(labels)) if "one value written" in note]
    assert [note.partition("kept apart: ")[2] for note in notes] == said
