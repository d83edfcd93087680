from concurrent.futures import FIRST_COMPLETED, ThreadPoolExecutor, wait
from itertools import count
from threading import Event, Timer

import numpy as np
import pytest

from pminusy import InputError
from pminusy.blocks.files.columns import common_columns
from pminusy.blocks.files.row_group import RowGroup
from pminusy.blocks.files.stamps import Stamp
from pminusy.blocks.files.tables import pieces_of

pytest.importorskip("pyarrow")


@pytest.fixture
def pool():
    with ThreadPoolExecutor(4) as pool:
        yield pool


def begun(path, out, pool, n_threads):
    columns = common_columns("parquet", [path], None, "y", None)
    return RowGroup(pieces_of(path)[1], Stamp.of(path), columns, out, pool, n_threads)


@pytest.mark.parametrize("n_threads", [1, 2, 3, 4])
@pytest.mark.parametrize("n_features", [1, 5, 16, 17, 41])
def test_any_threads_write_all_columns_of_that_group_alone(write, pool, n_threads, n_features):
    X = np.random.default_rng(0).standard_normal((9000, n_features), np.float32)
    path = write("a.parquet", X, np.arange(9000) % 3, row_group_size=4200)  # more than are written together
    out = np.full((4202, n_features), 7, np.float32)
    found = begun(path, out[1:4201], pool, n_threads).numbers()
    np.testing.assert_array_equal(found, X[4200:8400])
    assert (out[[0, 4201]] == 7).all()


def test_names_of_folders_need_no_reading(write, pool):
    X = np.random.default_rng(0).standard_normal((600, 2), np.float32)
    path = write("year=2024/a.parquet", X, np.arange(600) % 3)
    out = np.empty((300, 3))
    begun(path, out, pool, 3).numbers()  # a column for each thread
    np.testing.assert_array_equal(out, np.c_[X[300:], np.full(300, 2024)])


def test_an_error_waits_for_the_other_threads(tmp_path, pool, monkeypatch):
    import pyarrow as pa
    from pyarrow import parquet

    columns = {"x0": [1.0] * 5 + [None], "x1": np.arange(6.0), "y": [0, 1] * 3}
    path = tmp_path / "a.parquet"
    parquet.write_table(pa.table(columns), path, row_group_size=3)
    go_on, check, calls = Event(), Stamp.check, count()

    def check_late(stamp):
        """The second thread begins when the first one has failed."""
        if next(calls):
            go_on.wait()
        check(stamp)

    monkeypatch.setattr(Stamp, "check", check_late)
    out = np.zeros((3, 2))
    group = begun(path, out, pool, 2)
    wait(group._work, return_when=FIRST_COMPLETED)
    Timer(0.2, go_on.set).start()
    with pytest.raises(InputError, match=r"column 'x0' of .*got an empty cell"):
        group.numbers()
    np.testing.assert_array_equal(out[:, 1], [3, 4, 5])


def test_a_changed_file_is_named(write, table, pool):
    X, y = table
    path = write("a.parquet", X, y)
    old = Stamp.of(path)
    write("a.parquet", X[:1000], y[:1000])
    columns = common_columns("parquet", [path], None, "y", None)
    with pytest.raises(InputError, match=r"a\.parquet has changed"):
        RowGroup(pieces_of(path)[0], old, columns, np.empty((300, 5), np.float32), pool, 2).numbers()
    begun(path, np.empty((300, 5), np.float32), pool, 2).numbers()
