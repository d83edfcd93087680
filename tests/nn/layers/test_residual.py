import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.nn.checks import assert_gradients, assert_recorded_like_eager, built, one_step

from pminusy import ShapeError
from pminusy.nn import BatchNorm, Chain, Dense, Dropout, Residual, Tanh


@settings(max_examples=8)
@given(seed=st.integers(0, 2**32 - 1), n_rows=st.integers(1, 5), width=st.integers(1, 5))
def test_gradients(seed, n_rows, width):
    layer = built(Residual(Chain([Dense(3), Tanh(), Dense(width)])), (width,), seed=seed)
    assert_gradients(layer, np.random.default_rng(seed).standard_normal((n_rows, width)))


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_values_and_gradients_are_the_layer_s_and_the_way_around(rng, dtype):
    inner = built(Dense(4), (4,), dtype)
    X, dY = rng.standard_normal((2, 6, 4)).astype(dtype)
    alone, around = one_step(inner, X, dY, training=True), one_step(Residual(inner), X, dY, training=True)
    np.testing.assert_array_equal(around.Y, X + alone.Y)
    np.testing.assert_array_equal(around.dX, dY + alone.dX)
    np.testing.assert_array_equal(around.gradients[0], alone.gradients[0])


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_recorded_like_eager(rng, dtype):
    layer = built(Residual(Chain([Dense(20), BatchNorm(), Dropout(0.5), Dense(30)])), (30,), dtype)
    assert_recorded_like_eager(layer, rng.standard_normal((41, 30)).astype(dtype))


def test_parameters_and_state_are_the_layer_s():
    inner = Chain([Dense(3), BatchNorm()])
    layer = built(Residual(inner), (3,))
    assert layer.parameters == inner.parameters
    assert set(layer.state) == {"1.running_mean", "1.running_var"}


def test_the_gradient_of_the_input_is_left_out_where_nobody_wants_it(rng):
    layer = built(Residual(Dense(3)), (3,))
    X = rng.standard_normal((4, 3))
    Y, backward = layer.forward(X)
    assert backward(Y, to_input=False) is None
    np.testing.assert_allclose(layer.parameters[0].gradient, X.T @ Y)


def test_an_empty_batch():
    step = one_step(built(Residual(Dense(3)), (3,)), np.empty((0, 3)), np.empty((0, 3)), training=True)
    assert step.Y.shape == step.dX.shape == (0, 3)


def test_shapes_that_differ(rng):
    with pytest.raises(ShapeError, match=r"Residual: expected a layer that keeps .* \(3,\), got \(4,\)"):
        Residual(Dense(4)).build((3,), np.dtype(np.float32), rng)
