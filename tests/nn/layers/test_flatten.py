import numpy as np
import pytest
from tests.nn.checks import assert_recorded_like_eager, built

from pminusy.nn import Chain, Conv2d, Dense, Flatten


@pytest.mark.parametrize("shape", [(4, 5, 2), (7,), (1, 1), (3, 0)])
@pytest.mark.parametrize("n", [0, 3])
def test_both_ways_are_views(rng, shape, n):
    layer, X = Flatten(), rng.standard_normal((n, *shape))
    assert layer.build(shape, X.dtype, rng) == (np.prod(shape),)
    Y, backward = layer.forward(X)
    np.testing.assert_array_equal(Y, X.reshape(n, np.prod(shape, dtype=int)))
    dX = backward(Y)
    np.testing.assert_array_equal(dX, X)
    assert (X.size == 0) or (np.shares_memory(X, Y) and np.shares_memory(X, dX))
    assert backward(Y, to_input=False) is None


def test_within_a_recorded_network(rng):
    network = built(Chain([Conv2d(3, 2), Flatten(), Dense(4)]), (5, 4, 2))
    assert_recorded_like_eager(network, rng.standard_normal((11, 5, 4, 2)))
