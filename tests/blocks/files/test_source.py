from itertools import pairwise

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pminusy import InputError, open_rows

pytest.importorskip("pyarrow")


@pytest.mark.parametrize("name", ["a.parquet", "a.csv", "a.arrow"])
@pytest.mark.parametrize("cached", [False, True])
def test_every_format_gives_the_rows_and_labels(table, write, tmp_path, name, cached):
    X, y = table
    write(name, X, y)
    rows = open_rows(
        tmp_path / name, target="y", dtype="float32", cache=tmp_path / "cache" if cached else None
    )
    assert rows.feature_names == ["x0", "x1", "x2", "x3", "x4"]
    np.testing.assert_array_equal(rows.X[:], X)
    np.testing.assert_array_equal(rows.y, y)


def test_rows_of_several_files_follow_one_another(table, write, tmp_path):
    X, y = table
    cuts = [0, 1, 700, 701, 2003]
    for i, (start, stop) in enumerate(pairwise(cuts)):
        write(f"{i}.parquet", X[start:stop], y[start:stop], row_group_size=257)
    rows = open_rows(f"{tmp_path}/*.parquet", target="y")
    assert rows.X.dtype == np.float32
    assert rows.X.shape == X.shape
    np.testing.assert_array_equal(rows.y, y)
    np.testing.assert_array_equal(rows.X[:], X)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=30)
@given(data=st.data())
def test_any_rows_in_any_order_of_reading(table, write, tmp_path, data):
    X, y = table
    path = tmp_path / "a.parquet"
    if not path.exists():
        write("a.parquet", X, y, row_group_size=250)
    cached = data.draw(st.booleans())
    rows = open_rows(path, target="y", cache=tmp_path / "cache" if cached else None)
    for _ in range(6):
        start, stop = sorted(data.draw(st.tuples(st.integers(0, len(X)), st.integers(0, len(X)))))
        np.testing.assert_array_equal(rows.X.read(start, stop), X[start:stop])
        out = np.empty((stop - start, 5), np.float32)
        assert rows.X.read(start, stop, out) is out
        np.testing.assert_array_equal(out, X[start:stop])
    numbers = np.array(data.draw(st.lists(st.integers(0, len(X) - 1), min_size=1, max_size=50)))
    np.testing.assert_array_equal(rows.X[numbers], X[numbers])
    np.testing.assert_array_equal(rows.X[2::7], X[2::7])


def test_columns_may_be_chosen_and_ordered(table, write, tmp_path):
    X, y = table
    write("a.parquet", X, y)
    rows = open_rows(tmp_path / "a.parquet", target="y", columns=["x3", "x0"])
    np.testing.assert_array_equal(rows.X[:], X[:, [3, 0]])


def test_names_of_folders_are_columns(table, write, tmp_path):
    X, y = table
    write("year=2023/a.parquet", X[:900], y[:900])
    write("year=2024/a.parquet", X[900:], y[900:])
    rows = open_rows(tmp_path, target="y")
    assert rows.feature_names[-1] == "year"
    np.testing.assert_array_equal(rows.X[:][:, 5], np.r_[np.full(900, 2023), np.full(1103, 2024)])
    labels = open_rows(tmp_path, target="year", columns=["x0"]).y
    np.testing.assert_array_equal(labels, np.r_[np.full(900, "2023"), np.full(1103, "2024")])


def test_a_cache_is_read_again_and_renewed_when_a_file_changes(table, write, tmp_path):
    X, y = table
    path, cache = write("a.parquet", X, y), tmp_path / "cache"
    open_rows(path, target="y", cache=cache)
    (folder,) = cache.iterdir()
    written = (folder / "rows").stat().st_mtime_ns
    open_rows(path, target="y", cache=cache)
    assert (folder / "rows").stat().st_mtime_ns == written
    write("a.parquet", 2 * X, y)
    np.testing.assert_array_equal(open_rows(path, target="y", cache=cache).X[:], 2 * X)
    assert [each.name for each in cache.iterdir()] == [folder.name]


def test_a_damaged_cache_is_written_again(table, write, tmp_path):
    X, y = table
    path, cache = write("a.parquet", X, y), tmp_path / "cache"
    open_rows(path, target="y", cache=cache)
    (folder,) = cache.iterdir()
    (folder / "rows").write_bytes(b"short")
    np.testing.assert_array_equal(open_rows(path, target="y", cache=cache).X[:], X)


def test_a_file_that_changes_while_it_is_read_is_named(table, write, tmp_path):
    X, y = table
    path = write("a.parquet", X, y)
    rows = open_rows(path, target="y")
    write("a.parquet", X[:1000], y[:1000])
    with pytest.raises(InputError, match=r"a\.parquet has changed"):
        rows.X[:]


@pytest.mark.parametrize("cached", [False, True])
def test_an_empty_cell_is_named(table, write, tmp_path, cached):
    import pyarrow as pa
    from pyarrow import parquet

    parquet.write_table(pa.table({"x0": [1.0, None], "y": [0, 1]}), tmp_path / "a.parquet")
    cache = tmp_path / "cache" if cached else None
    with pytest.raises(InputError, match=r"column 'x0' of .*a\.parquet, got an empty cell"):
        open_rows(tmp_path / "a.parquet", target="y", cache=cache).X[:]
    parquet.write_table(pa.table({"x0": [1.0, 2.0], "y": ["a", None]}), tmp_path / "a.parquet")
    with pytest.raises(InputError, match="a label in every row of 'y'"):
        open_rows(tmp_path / "a.parquet", target="y", cache=cache)
    assert not cached or not list(cache.iterdir())


def test_files_that_differ_are_named(table, write, tmp_path):
    X, y = table
    write("a.parquet", X, y)
    write("b.parquet", X[:, :4], y)
    with pytest.raises(InputError, match=r"expected a column 'x4' in every file, got none in .*b\.parquet"):
        open_rows(tmp_path, target="y")
    write("b.parquet", np.c_[X, X], y)
    with pytest.raises(InputError, match=r"got also x5, x6, x7, x8, x9 in .*b\.parquet"):
        open_rows(tmp_path, target="y")
    write("b.parquet", X.astype(str), y)
    with pytest.raises(InputError, match=r"expected numbers in column 'x0', got .*string in .*b\.parquet"):
        open_rows(tmp_path, target="y")
    write("b.parquet", X, np.zeros(len(X), int))
    with pytest.raises(
        InputError, match=r"target: expected .*string in column 'y'.*got int64 in .*b\.parquet"
    ):
        open_rows(tmp_path, target="y")


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"target": "z"}, "target: expected a column"),
        ({"columns": []}, "columns: expected at least one feature"),
        ({"columns": ["y"]}, "columns: expected numbers"),
        ({"dtype": "int8", "target": "y"}, "dtype: expected"),
        ({"memory": "much"}, "memory: expected a size"),
        ({"memory": "10 kB", "target": "y"}, "row groups have up to 300 rows"),
    ],
)
def test_bad_options(table, write, tmp_path, options, message):
    write("a.parquet", *table)
    with pytest.raises(InputError, match=message):
        open_rows(tmp_path / "a.parquet", **options)


def test_files_without_rows(table, write, tmp_path):
    X, y = table
    write("a.parquet", X[:0], y[:0])
    with pytest.raises(InputError, match="expected at least one row"):
        open_rows(tmp_path / "a.parquet", target="y")
    write("b.parquet", X, y)
    assert open_rows(tmp_path, target="y").X.shape == X.shape


def test_what_is_no_table_is_named(tmp_path):
    (tmp_path / "a.parquet").write_bytes(b"nothing")
    with pytest.raises(InputError, match=r"a\.parquet cannot be read as parquet"):
        open_rows(tmp_path / "a.parquet")
    (tmp_path / "a.csv").write_text("x0,y\n1,a\n2\n")
    with pytest.raises(InputError, match=r"a\.csv cannot be read as csv"):
        open_rows(tmp_path / "a.csv", target="y", columns=["x0"])
