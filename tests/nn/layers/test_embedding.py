import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import array_shapes
from tests.nn.checks import assert_gradients, assert_recorded_like_eager, built, one_step, output_gradient

from pminusy import InputError
from pminusy.formulas import embedding
from pminusy.nn import Embedding, recording


@settings(max_examples=20)
@given(
    seed=st.integers(0, 2**32 - 1),
    shape=array_shapes(max_dims=3, max_side=4),
    n=st.integers(1, 20),
    size=st.integers(1, 3),
)
def test_gradient(seed, shape, n, size):
    X = np.random.default_rng(seed).integers(0, n, shape)
    assert_gradients(built(Embedding(n, size), shape[1:], seed=seed), X)


@pytest.mark.parametrize("n", [1, 15, 16, 17, 1000])
@pytest.mark.parametrize("shape", [(1, 1), (40, 9), (7,), (3, 2, 5)])
@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_values_and_gradients_are_the_formulas(rng, n, shape, dtype):
    layer, X = built(Embedding(n, 5), shape[1:], dtype), rng.integers(0, n, shape)
    dY = output_gradient(layer, X)
    step = one_step(layer, X, dY, training=True)
    W = layer.parameters[0].value
    assert step.dX is None
    np.testing.assert_array_equal(step.Y, embedding.value(X, W))
    np.testing.assert_array_equal(step.gradients[0], embedding.weight_gradient(X, W, dY))


@pytest.mark.parametrize("n", [1, 100])
@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_recorded_like_eager(rng, n, dtype):
    assert_recorded_like_eager(built(Embedding(n, 7), (6,), dtype), rng.integers(0, n, (41, 6)))


@pytest.mark.parametrize("n", [1, 40])
def test_gradients_add_up_when_used_twice(rng, n):
    layer, X = built(Embedding(n, 3), (4,)), rng.integers(0, n, (5, 4))
    dY = rng.standard_normal((5, 4, 3))
    once = one_step(layer, X, dY, training=True).gradients[0]
    layer.parameters[0].clear_gradient()
    for _ in range(2):
        layer.forward(X)[1](dY)
    np.testing.assert_allclose(layer.parameters[0].gradient, 2 * once)


def test_an_empty_batch():
    layer = built(Embedding(4, 3), (2,))
    step = one_step(layer, np.empty((0, 2), np.int64), np.empty((0, 2, 3)), training=True)
    assert step.Y.shape == (0, 2, 3)
    np.testing.assert_array_equal(step.gradients[0], 0)


def test_the_shape_and_how_it_begins(rng):
    layer = Embedding(2000, 50)
    assert layer.build((7,), np.dtype(np.float32), rng) == (7, 50)
    (W,) = layer.parameters
    assert (W.value.shape, W.value.dtype, W.decays) == ((2000, 50), np.float32, True)
    assert W.value.std() == pytest.approx(1, abs=0.01)


@pytest.mark.parametrize(("bad", "place"), [(5, (2, 1)), (-1, (0, 0)), (2**40, (1, 3))])
def test_an_index_outside(bad, place):
    X = np.zeros((3, 4), np.int64)
    X[place] = bad
    message = rf"X: expected indices in \[0, 5\) for Embedding\(n=5, size=2\), got {bad} at \[{place[0]}, {place[1]}\]"
    with pytest.raises(InputError, match=message):
        built(Embedding(5, 2), (4,)).forward(X)


@pytest.mark.parametrize("dtype", [np.float64, np.int32, bool])
def test_indices_of_another_dtype(dtype):
    with pytest.raises(InputError, match="X: expected indices of dtype int64"):
        built(Embedding(5, 2), (4,)).forward(np.zeros((3, 4), dtype))


def test_a_recorded_step_looks_at_no_index():
    layer, X = built(Embedding(5, 2), (1,)), np.array([[99], [99]])
    with recording() as program:
        Y, _ = layer.forward(X)
    X[...] = [[3], [1]]
    program.run(0, 1)
    np.testing.assert_array_equal(Y[:, 0], layer.parameters[0].value[[3, 1]])


@pytest.mark.parametrize(("n", "size", "name"), [(0, 2, "n"), (2, 0, "size"), (2.5, 1, "n"), ("3", 1, "n")])
def test_sizes_that_cannot_be(n, size, name):
    with pytest.raises(InputError, match=f"{name}: expected an integer ≥ 1"):
        Embedding(n, size)
