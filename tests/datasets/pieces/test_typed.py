from functools import partial

import numpy as np
import polars as pl
import pytest

from pminusy.datasets import load
from pminusy.datasets.pieces.row_hash import chosen_rows
from pminusy.datasets.pieces.survey import survey
from pminusy.datasets.pieces.typed import store_parts, store_test
from pminusy.datasets.reading import Reading
from pminusy.errors import DataError

_survey = partial(
    survey, name="t", source="t", target="y", drop=(), roles={}, reading=Reading(), told=lambda *_: None
)


def _store(files, dataset, folder, share=0.3):
    return store_parts(files, dataset, Reading(), folder, share=share, seed=5, told=lambda *_: None)


def _rows(part):
    return pl.concat(list(part.table.pieces()))


@pytest.mark.parametrize("ending", ["parquet", "csv"])
@pytest.mark.parametrize("cuts", [(), (1, 400)])
def test_rows_are_typed_as_in_memory_and_held_out_by_their_numbers(parted, opened, tmp_path, ending, cuts):
    sources = parted(ending, *cuts)
    files = opened(*sources.given)
    parts = _store(files, _survey(files).dataset, tmp_path)
    whole = load(sources.given, target="y")
    out = chosen_rows(0, 1000, 0.3, 5)
    out[[whole.y.tolist().index("no"), whole.y.tolist().index("yes")]] = False
    for part, chosen in ((parts.train, ~out), (parts.test, out)):
        expected = whole.take(chosen)
        assert _rows(part).equals(expected.X, null_equal=True)
        assert _rows(part).schema == expected.X.schema
        np.testing.assert_array_equal(parts.classes[part.codes], expected.y)
    assert parts.double == (pl.Float64 in whole.X.dtypes)


def test_integers_of_the_sample_may_turn_out_to_be_none(rows, write, opened, tmp_path):
    numbers = rows["count"].cast(pl.String)
    text = pl.DataFrame({"n": numbers, "colour": rows["colour"], "y": rows["y"]})
    files = opened(write(text, "a.csv"))
    dataset = _survey(files).dataset
    assert not _store(files, dataset, tmp_path).double
    later = opened(write(text[:500], "b.csv"), write(text[500:].with_columns(n=pl.lit("2.5")), "c.csv"))
    parts = _store(later, dataset, tmp_path)
    assert parts.double
    assert _rows(parts.train).schema["n"] == pl.Float64


def test_a_value_that_is_not_of_its_columns_kind_is_named_with_its_file(rows, write, opened, tmp_path):
    first = opened(write(rows, "a.csv"))
    dataset = _survey(first).dataset
    words = rows.with_columns(size=pl.when(pl.int_range(1000) == 7).then(pl.lit("big")).otherwise("size"))
    files = opened(write(rows, "a.csv"), write(words, "b.csv"))
    with pytest.raises(
        DataError, match=r"column 'size': expected numbers, got 'big' in row 8 \(counted from 1\) of .*b\.csv"
    ):
        _store(files, dataset, tmp_path)


def test_rows_without_a_label_count_but_are_left_out(rows, write, opened, tmp_path):
    gaps = rows.with_columns(y=pl.when(pl.int_range(1000) % 3 > 0).then("y"))
    files = opened(write(gaps, "a.csv"))
    parts = _store(files, _survey(files).dataset, tmp_path)
    assert len(parts.train.codes) + len(parts.test.codes) == 666
    out = chosen_rows(0, 1000, 0.3, 5)[np.arange(1000) % 3 > 0]
    assert abs(len(parts.test.codes) - out.sum()) <= 2


def test_test_rows_come_from_files_of_their_own(rows, write, opened, tmp_path):
    files = opened(write(rows, "a.csv"))
    dataset = _survey(files).dataset
    parts = _store(files, dataset, tmp_path, share=0.0)
    assert not len(parts.test.codes)
    others = opened(write(rows[::-1], "b.parquet"))
    labels, test = store_test(others, dataset, Reading(), tmp_path, parts, lambda *_: None)
    assert sorted(labels) == ["no", "yes"]
    np.testing.assert_array_equal(parts.classes[test.codes], rows["y"].reverse().to_numpy().astype(str))
    empty = opened(write(rows.with_columns(y=pl.lit(None, pl.String)), "c.csv"))
    with pytest.raises(DataError, match="no row has a value of target 'y'"):
        store_test(empty, dataset, Reading(), tmp_path, parts, lambda *_: None)
