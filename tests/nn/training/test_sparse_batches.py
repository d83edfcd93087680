import numpy as np
import pytest
import scipy.sparse as sp
from tests.nn.training.problems import shuffled

from pminusy.nn import Dense, recording
from pminusy.nn.training.sparse_batches import SparseSamples


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_a_dense_layer_sees_the_rows_in_the_epochs_order(rng, dtype):
    X, epoch, layer = sp.random(9, 6, 0.4, format="csr", random_state=0), shuffled(9, 3), Dense(2)
    samples = SparseSamples(X, np.dtype(dtype))
    assert (len(samples), samples.shape) == (9, (6,))
    layer.build((6,), np.dtype(dtype), rng)
    with recording() as program:
        Z, _ = layer.forward(samples.batch(epoch, 3))
    expected = X.toarray()[epoch.order].astype(dtype) @ layer.parameters[0].value
    for step in range(3):
        program.run(step, 1)
        np.testing.assert_allclose(Z, expected[3 * step : 3 * step + 3], rtol=1e-5, atol=1e-6)


def test_numbers_of_the_right_dtype_are_not_copied():
    X = sp.random(5, 4, 0.5, format="csr", random_state=0)
    assert np.shares_memory(SparseSamples(X, X.dtype).batch(shuffled(5, 5), 5).data, X.data)
