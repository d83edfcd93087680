import numpy as np
import pytest

from pminusy.blocks.dense import DenseRows
from pminusy.blocks.standardisation import Standardisation

DOUBLE = np.dtype(np.float64)


def whole(rows, start=0, stop=None):
    blocks = rows.blocks(start, rows.shape[0] if stop is None else stop, rows.scratch())
    return np.concatenate([block.X.copy() for block, _, _ in blocks])


@pytest.mark.parametrize("kind", [np.asfortranarray, lambda X: X.astype(np.uint8), lambda X: X[::-1]])
def test_rows_of_any_layout_come_in_the_dtype_asked_for(kind):
    X = kind(np.arange(1000.0).reshape(200, 5) % 251)
    rows = DenseRows(X, np.dtype(np.float32))
    found = whole(rows, 64, 150)
    assert found.dtype == np.float32
    np.testing.assert_array_equal(found, X[64:150])


def test_rows_are_centred_and_scaled_on_the_way_and_X_stays_as_it_is(rng):
    X = rng.standard_normal((130, 3))
    before, change = X.copy(), Standardisation(np.array([1.0, 0.0, -2.0]), np.array([2.0, 1.0, 0.5]))
    rows = DenseRows(X, DOUBLE, change)
    np.testing.assert_allclose(whole(rows), (X - change.centre) / change.scale)
    np.testing.assert_array_equal(X, before)


def test_rows_are_taken_with_columns_of_ones_after_them():
    rows = DenseRows(np.arange(8.0).reshape(4, 2), DOUBLE)
    assert rows.take(np.array([3, 0]), 2).tolist() == [[6, 7, 1, 1], [0, 1, 1, 1]]
    assert rows.take(slice(1, 2)).tolist() == [[2, 3]]


def test_dense_rows_say_what_they_are():
    rows = DenseRows(np.zeros((4, 3)), DOUBLE)
    assert (rows.shape, rows.n_numbers, rows.sparse) == ((4, 3), 12, False)
    assert rows.transposed(5) is None
