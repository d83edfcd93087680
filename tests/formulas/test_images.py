"""The formulas for images against the same sums written out index by index."""

import itertools

import numpy as np
from hypothesis import given, settings
from tests.nn.layers.images import images

from pminusy.formulas import convolution, pooling
from pminusy.formulas.windows import add_windows, windows


def taps(case, V):
    """(sample, window, place in it, channel) as indices into the windows and into the image."""
    n, rows, columns, channels = V.shape[:4]
    for s, i, j, c, u, v in itertools.product(*map(range, (n, rows, columns, channels, *case.size))):
        yield (s, i, j, c, u, v), (s, i * case.stride[0] + u, j * case.stride[1] + v, c)


@settings(max_examples=20)
@given(case=images(largest=4))
def test_windows_and_their_transpose(case):
    V = windows(case.X, case.size, case.stride)
    total = np.zeros(case.X.shape)
    for here, there in taps(case, V):
        assert V[here] == case.X[there]
        total[there] += V[here]
    np.testing.assert_allclose(add_windows(V, case.stride, case.X.shape), total)


@settings(max_examples=20)
@given(case=images(largest=4))
def test_convolution(case):
    rng = np.random.default_rng(0)
    V = windows(case.X, case.size, case.stride)
    W, b = rng.standard_normal((*case.size, case.X.shape[3], 2)), rng.standard_normal(2)
    Z = np.tile(b, (*V.shape[:3], 1))
    dZ, dX, dW = rng.standard_normal(Z.shape), np.zeros(case.X.shape), np.zeros(W.shape)
    for (s, i, j, c, u, v), there in taps(case, V):
        for f in range(2):
            Z[s, i, j, f] += case.X[there] * W[u, v, c, f]
            dX[there] += dZ[s, i, j, f] * W[u, v, c, f]
            dW[u, v, c, f] += case.X[there] * dZ[s, i, j, f]
    np.testing.assert_allclose(convolution.value(case.X, W, b, case.stride), Z, atol=1e-12)
    np.testing.assert_allclose(convolution.input_gradient(dZ, W, dX.shape, case.stride), dX, atol=1e-12)
    np.testing.assert_allclose(
        convolution.weight_gradient(case.X, dZ, case.size, case.stride), dW, atol=1e-12
    )
    np.testing.assert_allclose(convolution.bias_gradient(dZ), dZ.sum(axis=0).sum(axis=0).sum(axis=0))


@settings(max_examples=20)
@given(case=images(largest=4))
def test_pooling(case):
    X = np.round(case.X)
    V = windows(X, case.size, case.stride)
    largest, mean = np.full(V.shape[:4], -np.inf), np.zeros(V.shape[:4])
    winner = {}
    for (s, i, j, c, _, _), there in taps(case, V):
        mean[s, i, j, c] += X[there] / np.prod(case.size)
        if X[there] > largest[s, i, j, c]:
            largest[s, i, j, c], winner[s, i, j, c] = X[there], there
    dY = np.random.default_rng(0).standard_normal(mean.shape)
    of_largest, of_mean = np.zeros(X.shape), np.zeros(X.shape)
    for window, there in winner.items():
        of_largest[there] += dY[window]
    for (s, i, j, c, _, _), there in taps(case, V):
        of_mean[there] += dY[s, i, j, c] / np.prod(case.size)
    np.testing.assert_array_equal(pooling.max_pool(X, case.size, case.stride), largest)
    np.testing.assert_allclose(pooling.avg_pool(X, case.size, case.stride), mean, atol=1e-13)
    found = pooling.max_pool_gradient(X, dY, case.size, case.stride)
    np.testing.assert_allclose(found, of_largest, atol=1e-13)
    found = pooling.avg_pool_gradient(dY, case.size, case.stride, X.shape)
    np.testing.assert_allclose(found, of_mean, atol=1e-13)


def test_padding(rng):
    X = rng.standard_normal((2, 3, 4, 2))
    padded = convolution.padded(X, (1, 0), (2, 3))
    assert padded.shape == (2, 6, 7, 2)
    np.testing.assert_array_equal(padded[:, 1:4, :4], X)
    assert np.abs(padded).sum() == np.abs(X).sum()
