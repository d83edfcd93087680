from functools import partial

import polars as pl
import pytest

from pminusy.datasets import load
from pminusy.datasets.pieces import survey as module
from pminusy.datasets.pieces.survey import survey
from pminusy.datasets.reading import Reading
from pminusy.errors import DataError

_survey = partial(
    survey, name="t", source="t", target="y", drop=(), roles={}, reading=Reading(), told=lambda *_: None
)


@pytest.mark.parametrize("ending", ["parquet", "arrow", "csv"])
def test_few_rows_are_the_sample_and_all_is_as_in_memory(parted, opened, ending):
    sources = parted(ending, 130, 700)
    found, expected = _survey(opened(*sources.given)), load(sources.given, target="y")
    assert found.n_rows == 1000
    assert found.dataset.roles == expected.roles
    assert found.dataset.notes == expected.notes
    assert found.dataset.notations == expected.notations
    assert found.dataset.X.equals(expected.X, null_equal=True)
    assert found.dataset.y.tolist() == expected.y.tolist()


def test_the_sample_depends_on_row_numbers_alone_and_has_every_class(parted, opened, monkeypatch):
    monkeypatch.setattr(module, "_MOST_ROWS", 100)
    monkeypatch.setattr(module, "_LEAST_ROWS", 1)
    monkeypatch.setattr(module, "_CELLS", 400)
    one, other = (_survey(opened(*parted("csv", *cuts).given)) for cuts in ((), (1, 2, 500)))
    assert 40 < len(one.dataset.y) <= 102
    assert one.dataset.X.equals(other.dataset.X, null_equal=True)
    assert one.dataset.n_rows == one.n_rows == 1000
    assert "the kinds of the columns were inferred from" in one.dataset.notes[-1]


def test_rare_and_missing_labels_are_counted_in_all_rows(rows, write, opened):
    labels = pl.Series("y", [None] * 3 + ["rare"] + rows["y"].to_list()[4:])
    found = _survey(opened(write(rows.with_columns(labels), "a.csv")))
    assert "dropped rows with a missing target: 3" in found.dataset.notes
    assert "classes with a single row: 1 of 3" in found.dataset.notes
    assert (found.dataset.n_rows, found.n_rows) == (997, 1000)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda rows: rows[:0], "t: contains no rows"),
        (lambda rows: rows.with_columns(y=pl.lit(None, pl.String)), "t: no row has a value of target 'y'"),
        (lambda rows: rows.with_columns(y=pl.lit("yes")), "expected two classes or more, got yes"),
        (lambda rows: rows.drop("y"), "target: no column 'y'"),
    ],
)
def test_what_is_no_data_set_is_refused(rows, write, opened, change, message):
    with pytest.raises(DataError, match=message):
        _survey(opened(write(change(rows), "a.csv")))
