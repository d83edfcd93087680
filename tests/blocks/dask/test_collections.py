from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from pminusy import InputError
from pminusy.blocks.dask.collections import aligned_partitions, is_dask

da = pytest.importorskip("dask.array")

X = da.from_array(np.arange(20.0).reshape(10, 2), chunks=((4, 6), (1, 1)))
Y = da.arange(10, chunks=5)


def test_collections_are_recognised() -> None:
    assert is_dask(X)
    assert not is_dask(np.empty(3))
    assert not is_dask(type(X))


def test_what_only_could_be_lazy_is_not() -> None:
    class Labelled:
        def __dask_graph__(self) -> None:
            return None

    assert not is_dask(Labelled())


def test_partitions_have_all_columns_and_are_cut_as_x_is() -> None:
    parts = aligned_partitions(X, Y, da.ones(10, chunks=3))
    shapes = [tuple(np.shape(each.compute(scheduler="sync")) for each in part) for part in parts]
    assert shapes == [((4, 2), (4,), (4,)), ((6, 2), (6,), (6,))]


def test_sizes_may_be_unknown() -> None:
    some = X[X[:, 0] > 2], Y[Y > 0]
    parts = aligned_partitions(*some, None)
    assert [len(part[0].compute(scheduler="sync")) for part in parts] == [2, 6]
    assert [part[2] for part in parts] == [None, None]


def test_data_frames_have_partitions() -> None:
    dd = pytest.importorskip("dask.dataframe", exc_type=ImportError)
    pd = pytest.importorskip("pandas")
    frame = dd.from_pandas(pd.DataFrame({"a": range(6), "y": range(6)}), npartitions=3)
    parts = aligned_partitions(frame[["a"]], frame["y"], None)
    assert [len(part[1].compute(scheduler="sync")) for part in parts] == [2, 2, 2]


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ((Y, Y, None), "X: expected a Dask collection of rows and columns, got 1 dim"),
        ((X, np.arange(10), None), "y: expected a Dask collection, as X is one, got ndarray"),
        ((X, Y, [1.0] * 10), "sample_weight: expected a Dask collection, as X is one, got list"),
        ((X, Y[:-1], None), "y: expected 10 rows, as X has, got 9"),
        ((X, da.arange(10, chunks=1)[Y > 0], None), r"y: expected as many partitions .* 2, .* got"),
    ],
)
def test_what_cannot_be_aligned(given: Any, message: str) -> None:
    with pytest.raises(InputError, match=message):
        aligned_partitions(*given)
