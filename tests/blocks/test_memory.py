import numpy as np
import pytest
import scipy.sparse as sp

from pminusy.blocks.dense import DenseRows
from pminusy.blocks.memory import in_memory
from pminusy.blocks.sparse import SparseRows

SINGLE = np.dtype(np.float32)


def test_arrays_are_dense_rows_and_are_not_copied():
    X = np.zeros((3, 2), np.uint8)
    rows = in_memory(X, SINGLE)
    assert isinstance(rows, DenseRows)
    assert rows.X is X
    assert rows.dtype == SINGLE


@pytest.mark.parametrize("index", [np.int32, np.int64])
def test_matrices_are_sparse_rows_with_column_numbers_of_32_bits(index):
    X = sp.csr_matrix(np.eye(4))
    X.indices, X.indptr = X.indices.astype(index), X.indptr.astype(index)
    rows = in_memory(X, SINGLE)
    assert isinstance(rows, SparseRows)
    assert rows.X.indices.dtype == np.int32
    assert np.shares_memory(rows.X.data, X.data)
    np.testing.assert_array_equal(rows.X.toarray(), np.eye(4))
