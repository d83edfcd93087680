import numpy as np
import pytest
import scipy.sparse as sp

from pminusy.nn import Dense
from pminusy.nn.layers.sparse_dense import SparseBatch
from pminusy.nn.program import recording

N, D, H = 60, 30, 21


@pytest.fixture
def X(rng):
    return sp.random_array((N, D), density=0.1, rng=rng, format="csr")


def batch(X, order, starts, n_rows, dtype):
    data, indices, indptr = X.data.astype(dtype), X.indices.astype(np.int32), X.indptr.astype(np.int64)
    return SparseBatch(data, indices, indptr, np.array(order), np.array(starts), n_rows, X.shape[1])


def layer(dtype):
    dense = Dense(H)
    dense.build((D,), np.dtype(dtype), np.random.default_rng(0))
    dense.parameters[1].value[:] = np.linspace(-1, 1, H)
    return dense


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_sparse_rows_give_what_dense_rows_give(X, rng, dtype):
    order, tolerance = rng.permutation(N), 1e-5 if dtype == np.float32 else 1e-12
    dZ, results = rng.standard_normal((40, H)).astype(dtype), []
    for rows in (batch(X, order, [10], 40, dtype), X.toarray()[order[10:50]].astype(dtype)):
        dense = layer(dtype)
        Z, backward = dense.forward(rows)
        assert backward(dZ, to_input=False) is None
        results.append([Z, *(parameter.gradient for parameter in dense.parameters)])
    for sparse, full in zip(*results, strict=True):
        assert sparse.dtype == dtype
        np.testing.assert_allclose(sparse, full, tolerance, tolerance)


def test_each_step_reads_its_own_rows(X):
    dense, rows = layer(np.float64), batch(X, np.arange(N)[::-1], [0, 20, 40], 20, np.float64)
    with recording() as program:
        Z, _ = dense.forward(rows)
    W, b = (parameter.value.copy() for parameter in layer(np.float64).parameters)
    for step in range(3):
        program.run(step, 1)
        np.testing.assert_allclose(Z, X.toarray()[::-1][20 * step : 20 * step + 20] @ W + b, 1e-12, 1e-12)


def test_a_batch_has_the_length_and_dtype_of_its_rows(X):
    rows = batch(X, range(N), [0], 7, np.float32)
    assert (len(rows), rows.dtype) == (7, np.float32)
