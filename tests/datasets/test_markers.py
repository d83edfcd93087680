import polars as pl
import pytest

from pminusy.datasets.markers import are_usual, describe_reading, markers_among, some


@pytest.mark.parametrize(
    "marker",
    [
        "-",
        "--",
        ".",
        "*",
        "n/a",
        "N.A.",
        "#N/A",
        "<NA>",
        "None",
        "#DIV/0!",
        "#REF!",
        "unknown",
        "NULL",
        "\u2014",
    ],
)
def test_usual_markers(marker):
    assert are_usual(pl.Series([marker])).all()


@pytest.mark.parametrize("name", ["+", "5+", "<5", "few", "nano", "none of these", "0", "Na\u2082"])
def test_other_strings(name):
    assert not are_usual(pl.Series([name])).any()


def among(others, n_values, cells_each=10):
    values = [str(number) for number in range(n_values)]
    counts = pl.DataFrame(
        {"value": [*values, *others], "count": [cells_each] * n_values + list(others.values())}
    )
    return markers_among(counts, pl.Series([True] * n_values + [False] * len(others)))


@pytest.mark.parametrize(
    ("others", "n_values", "markers"),
    [
        ({"-": 500}, 3, ("-",)),
        ({"-": 1, "none": 2}, 3, ("none", "-")),
        ({"not asked": 20}, 30, ("not asked",)),
        ({"not asked": 80}, 30, None),
        ({"not asked": 2}, 9, None),
        ({"99+": 2}, 30, None),
        ({"a": 1, "b": 1, "c": 1, "d": 1}, 30, None),
        ({"+": 10, "-": 10}, 1, None),
        ({}, 5, ()),
    ],
)
def test_markers_are_few_among_many_values(others, n_values, markers):
    assert among(others, n_values) == markers


def test_some_values_are_shown_and_long_ones_cut():
    assert some(["a", "b" * 100]) == f"'a', '{'b' * 59}…'"
    assert some(list("abcde")) == "'a', 'b', 'c' and others"


def test_a_reading_that_is_plain_needs_no_words():
    assert describe_reading(pl.Series("a", ["1"]), "", ()) is None
    assert (
        describe_reading(pl.Series("a", ["1", "-"]), "", ("-",))
        == "column 'a': '-' read as missing in 1 cell"
    )
