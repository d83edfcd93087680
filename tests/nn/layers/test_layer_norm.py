import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import array_shapes
from tests.nn.checks import assert_gradients, assert_recorded_like_eager, built, one_step, output_gradient

from pminusy import InputError
from pminusy.formulas import normalization
from pminusy.nn import LayerNorm

SHAPES = [(3, 1), (4, 7), (40, 64), (9, 65), (2, 3000), (3, 4, 5), (5, 3, 3, 30)]


def spread(rng, shape):
    """Numbers of which no two in a sample lie close together."""
    n = int(np.prod(shape[1:]))
    ranks = rng.permuted(np.tile(np.arange(n), (shape[0], 1)), axis=1)
    return (ranks.reshape(shape) + 0.3 * rng.random(shape)) * 3 / n


@settings(max_examples=15)
@given(
    seed=st.integers(0, 2**32 - 1),
    shape=array_shapes(min_dims=2, max_dims=4, max_side=3),
    epsilon=st.sampled_from([1e-2, 0.5]),
    training=st.booleans(),
)
def test_gradients(seed, shape, epsilon, training):
    rng = np.random.default_rng(seed)
    layer = built(LayerNorm(epsilon), shape[1:], seed=seed)
    assert_gradients(layer, spread(rng, shape), training=training)


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize(("dtype", "rtol"), [(np.float32, 1e-5), (np.float64, 1e-12)])
def test_values_and_gradients_are_the_formulas(rng, shape, dtype, rtol):
    layer = built(LayerNorm(1e-3), shape[1:], dtype)
    X = (spread(rng, shape) + 5).astype(dtype)
    dY = output_gradient(layer, X)
    step = one_step(layer, X, dY, training=True)
    wide = X.astype(np.float64)
    scale, shift = (parameter.value.astype(np.float64) for parameter in layer.parameters)
    assert scale.shape == shape[1:]
    expected = normalization.layer_norm_gradients(wide, scale, dY.astype(np.float64), 1e-3)
    Y = normalization.layer_norm(wide, scale, shift, 1e-3)
    for found, right in zip((step.Y, step.dX, *step.gradients), (Y, *expected), strict=True):
        np.testing.assert_allclose(found, right, rtol=rtol, atol=rtol * max(1, np.abs(right).max()))


@pytest.mark.parametrize("shape", [(1, 3), (41, 70), (41, 3, 3, 5)])
@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_recorded_like_eager(rng, shape, dtype):
    assert_recorded_like_eager(built(LayerNorm(), shape[1:], dtype), rng.standard_normal(shape).astype(dtype))


@pytest.mark.parametrize("n_columns", [1, 5, 64, 200])
def test_a_sample_s_result_depends_on_no_other(rng, n_columns):
    X, dY = rng.standard_normal((2, 30, n_columns)).astype(np.float32)
    layer = built(LayerNorm(), (n_columns,), np.float32)
    together = one_step(layer, X, dY, training=True)
    for n in (0, 7, 29):
        alone = one_step(layer, X[n : n + 1], dY[n : n + 1], training=True)
        np.testing.assert_array_equal(alone.Y[0], together.Y[n])
        np.testing.assert_array_equal(alone.dX[0], together.dX[n])


def test_gradients_add_up_when_used_twice(rng):
    layer = built(LayerNorm(), (2, 3))
    X = rng.standard_normal((5, 2, 3))
    once = one_step(layer, X, X, training=True).gradients
    for parameter in layer.parameters:
        parameter.clear_gradient()
    for _ in range(2):
        layer.forward(X, training=True)[1](X)
    for parameter, gradient in zip(layer.parameters, once, strict=True):
        np.testing.assert_allclose(parameter.gradient, 2 * gradient)


def test_an_empty_batch():
    step = one_step(built(LayerNorm(), (2, 3)), np.empty((0, 2, 3)), np.empty((0, 2, 3)), training=True)
    assert step.Y.shape == step.dX.shape == (0, 2, 3)
    np.testing.assert_array_equal(step.gradients, 0)


def test_nan_stays_in_its_sample(rng):
    X = rng.standard_normal((5, 8))
    X[3, 2] = np.nan
    step = one_step(built(LayerNorm(), (8,)), X, np.ones((5, 8)), training=True)
    for array in (step.Y, step.dX):
        assert np.isnan(array[3]).all()
        assert np.isfinite(np.delete(array, 3, axis=0)).all()


def test_a_constant_sample_and_a_single_number_are_not_divided_by_0():
    for n_columns in (1, 6):
        layer = built(LayerNorm(), (n_columns,))
        step = one_step(layer, np.full((2, n_columns), 3.0), np.ones((2, n_columns)), training=True)
        np.testing.assert_allclose(step.Y[0], layer.parameters[1].value)
        assert np.isfinite(step.dX).all()


def test_parameters_do_not_decay():
    assert not any(parameter.decays for parameter in built(LayerNorm(), (3,)).parameters)


@pytest.mark.parametrize("epsilon", [0.0, -1.0, np.inf, np.nan, "small"])
def test_an_epsilon_that_cannot_be(epsilon):
    with pytest.raises(InputError, match="epsilon: expected a number in"):
        LayerNorm(epsilon)
