import numpy as np
import pytest
import scipy.sparse as sp

from pminusy.blocks.sparse import SparseRows


@pytest.fixture
def X(rng):
    return sp.random_array((9_000, 20), density=0.02, rng=rng, format="csr")


def as_matrix(block, n_columns):
    return sp.csr_matrix((block.data, block.indices, block.indptr), shape=(len(block.indptr) - 1, n_columns))


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_blocks_are_the_rows_in_order_in_the_dtype_asked_for(X, dtype):
    rows, found, last = SparseRows(X, np.dtype(dtype)), [], 64
    for block, start, stop in rows.blocks(64, 9_000, rows.scratch()):
        assert (start, block.data.dtype) == (last, dtype)
        last = stop
        found.append(as_matrix(block, 20).toarray())
    np.testing.assert_array_equal(np.concatenate(found), X[64:].toarray().astype(dtype))
    assert len(found) == (1 if dtype == np.float64 else 3)


def test_numbers_that_need_no_conversion_are_not_copied(X):
    ((block, _, _),) = SparseRows(X, np.dtype(np.float64)).blocks(0, 9_000, np.empty((0, 0)))
    assert np.shares_memory(block.data, X.data)
    assert np.shares_memory(block.indices, X.indices)


def test_rows_are_taken_dense_with_columns_of_ones_after_them(X):
    taken = SparseRows(X, np.dtype(np.float32)).take(np.array([7, 7, 0]), 1)
    assert taken.dtype == np.float32
    np.testing.assert_array_equal(taken[:, :20], X[[7, 7, 0]].toarray().astype(np.float32))
    assert (taken[:, 20] == 1).all()


def test_columns_as_rows_where_X_has_fewer_numbers_than_the_product(X):
    rows = SparseRows(X, np.dtype(np.float64))
    columns = rows.transposed(X.nnz // 20 + 1)
    np.testing.assert_array_equal(as_matrix(columns, 9_000).toarray(), X.toarray().T)
    assert rows.transposed(X.nnz // 20 - 1) is None
