from __future__ import annotations

from typing import Any

import numpy as np
import pytest
import scipy.sparse as sp
from sklearn.exceptions import NotFittedError
from tests.linear.parts.local import clouds

from pminusy import InputError, SoftmaxRegression

da = pytest.importorskip("dask.array")

X, Y = clouds(50, 3, 3)
METHODS = ["predict", "predict_proba", "predict_log_proba", "decision_function"]


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("n_classes", [2, 3])
@pytest.mark.parametrize("kind", ["dense", "float32", "sparse", "columns"])
def test_predictions_are_not_computed_yet(method: str, n_classes: int, kind: str) -> None:
    rows: Any = X.astype(np.float32) if kind == "float32" else X
    model = SoftmaxRegression().fit(rows, np.array(list("abc"))[Y % n_classes])
    expected = getattr(model, method)(sp.csr_matrix(rows) if kind == "sparse" else rows)
    collection = da.from_array(rows, chunks=((20, 30), (1, 2) if kind == "columns" else (3,)))
    if kind == "sparse":
        collection = collection.map_blocks(sp.csr_matrix)
    found = getattr(model, method)(collection)
    assert isinstance(found, da.Array)
    assert (found.shape, found.dtype) == (expected.shape, expected.dtype)
    np.testing.assert_array_equal(found.compute(scheduler="sync"), expected)


@pytest.mark.parametrize("method", METHODS)
def test_a_data_frame_gives_an_array_of_unknown_length(method: str) -> None:
    dd, pd = pytest.importorskip("dask.dataframe", exc_type=ImportError), pytest.importorskip("pandas")
    frame = pd.DataFrame(X, columns=["a", "b", "c"])
    model = SoftmaxRegression().fit(frame, Y)
    collection = dd.from_pandas(frame, npartitions=3)
    found = getattr(model, method)(collection[collection["a"] > -9])
    np.testing.assert_array_equal(found.compute(scheduler="sync"), getattr(model, method)(frame))
    with pytest.raises(ValueError, match="feature names"):
        getattr(model, method)(collection.rename(columns={"a": "z"}))


def test_a_partition_may_be_empty() -> None:
    model = SoftmaxRegression().fit(X, Y)
    some = da.from_array(X, chunks=(10, 3))
    found = model.predict(some[da.arange(50, chunks=10) >= 25])
    np.testing.assert_array_equal(found.compute(scheduler="sync"), model.predict(X[25:]))


@pytest.mark.parametrize("weighted", [False, True])
def test_a_score_is_computed_where_the_rows_are(weighted: bool) -> None:
    model, weights = SoftmaxRegression().fit(X, Y), np.arange(50.0) if weighted else None
    lazy = da.from_array(weights, chunks=20) if weighted else None
    found = model.score(da.from_array(X, chunks=(30, 2)), da.from_array(Y, chunks=25), lazy)
    assert found == pytest.approx(model.score(X, Y, weights))
    with pytest.raises(InputError, match="y: expected a Dask collection"):
        model.score(da.from_array(X, chunks=(30, 2)), Y)


def test_a_model_that_is_not_fitted_predicts_nothing() -> None:
    with pytest.raises(NotFittedError):
        SoftmaxRegression().predict(da.from_array(X))
