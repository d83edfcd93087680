"""The layers that are functions of single numbers."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import array_shapes
from mpmath import mp
from tests.nn.checks import assert_gradients, assert_recorded_like_eager

from pminusy import InputError, nn
from pminusy.formulas import activations
from pminusy.nn import GELU, LeakyReLU, Sigmoid, SiLU, Tanh
from pminusy.nn.names import ACTIVATIONS

LAYERS = [*(getattr(nn, kind)() for kind in ACTIVATIONS.values()), LeakyReLU(0.3), LeakyReLU(-0.5)]
NAMES = {kind: name for name, kind in ACTIVATIONS.items()}
SHAPES = array_shapes(min_dims=2, max_dims=4, max_side=3)


def formula(layer):
    """The function and its derivative, in plain NumPy."""
    settings = layer.settings
    name = NAMES[type(layer).__name__]
    f, derivative = getattr(activations, name), getattr(activations, f"{name}_derivative")
    return lambda X: f(X, *settings), lambda X: derivative(X, *settings)


def away_from_0(seed, shape):
    """Numbers that a step of a quarter of the largest doesn't take across 0."""
    rng = np.random.default_rng(seed)
    return rng.choice([-1.0, 1.0], shape) * rng.uniform(0.5, 1.5, shape)


@pytest.mark.parametrize("layer", LAYERS, ids=repr)
@settings(max_examples=10)
@given(seed=st.integers(0, 2**32 - 1), shape=SHAPES, scale=st.sampled_from([1.0, 4.0]))
def test_gradient(layer, seed, shape, scale):
    assert_gradients(layer, scale * away_from_0(seed, shape))


@pytest.mark.parametrize("layer", LAYERS, ids=repr)
@pytest.mark.parametrize(("dtype", "rtol"), [(np.float32, 1e-6), (np.float64, 3e-15)])
def test_values_and_derivatives_are_the_formulas(rng, layer, dtype, rtol):
    X = np.concatenate([rng.uniform(-9, 9, 5000), 10.0 ** rng.uniform(-12, 2, 2000), [0.0, -0.0]]).astype(
        dtype
    )
    f, derivative = formula(layer)
    Y, backward = layer.forward(X[None])
    wide = X.astype(np.float64)
    np.testing.assert_allclose(Y[0], f(wide), rtol=30 * rtol, atol=rtol / 30)
    np.testing.assert_allclose(backward(np.ones_like(Y))[0], derivative(wide), rtol=rtol, atol=3 * rtol)


EXACT = {
    Tanh(): mp.tanh,
    Sigmoid(): lambda x: 1 / (1 + mp.exp(-x)),
    SiLU(): lambda x: x / (1 + mp.exp(-x)),
    GELU(): lambda x: x * mp.erfc(-x / mp.sqrt(2)) / 2,
}


@pytest.mark.parametrize("layer", EXACT, ids=repr)
@pytest.mark.parametrize(("dtype", "lowest"), [(np.float32, -80), (np.float64, -690)])
def test_values_are_right_to_the_last_digits_where_they_are_tiny_too(rng, layer, dtype, lowest):
    mp.prec = 200
    reach = (
        12.0
        if isinstance(layer, GELU) and dtype == np.float32
        else 36.0
        if isinstance(layer, GELU)
        else -lowest
    )
    X = np.concatenate([rng.uniform(-3, 3, 500), -(10.0 ** rng.uniform(-8, np.log10(reach), 500))]).astype(
        dtype
    )
    Y, _ = layer.forward(X[None])
    exact = [EXACT[layer](mp.mpf(float(x))) for x in X]
    error = np.array([abs(mp.mpf(float(y)) / e - 1) for y, e in zip(Y[0], exact, strict=True)], float)
    rounding_of_square = X.astype(np.float64) ** 2 / 4 if isinstance(layer, GELU) else 0
    assert (error < np.finfo(dtype).eps * (3.5 + rounding_of_square)).all()


@pytest.mark.parametrize("layer", LAYERS, ids=repr)
@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_recorded_like_eager(rng, layer, dtype):
    assert_recorded_like_eager(layer, rng.standard_normal((41, 3, 5)).astype(dtype))


@pytest.mark.parametrize("layer", LAYERS, ids=repr)
@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_nan_stays_and_infinities_have_limits(layer, dtype):
    X = np.array([[np.nan, np.inf, 1.0, np.finfo(dtype).max, np.finfo(dtype).min]], dtype)
    Y, backward = layer.forward(X)
    f, derivative = formula(layer)
    np.testing.assert_allclose(Y, f(X), rtol=1e-6)
    assert np.isnan(Y[0, 0])
    dX = backward(np.array([[1, 1, 2, np.nan, 1]], dtype))
    np.testing.assert_allclose(dX[0, 2:3], 2 * derivative(X[0, 2:3]), rtol=1e-6)
    assert np.isnan(dX[0, 3])


@pytest.mark.parametrize("layer", LAYERS, ids=repr)
def test_an_empty_batch_and_a_gradient_nobody_wants(layer):
    Y, backward = layer.forward(np.empty((0, 3)))
    assert Y.shape == backward(Y).shape == (0, 3)
    assert backward(Y, to_input=False) is None


@pytest.mark.parametrize("layer", LAYERS, ids=repr)
def test_the_shape_stays_and_nothing_is_learned(rng, layer):
    assert layer.build((4, 2), np.dtype(np.float32), rng) == (4, 2)
    assert layer.parameters == ()
    assert layer.state == {}


@pytest.mark.parametrize("slope", [np.nan, np.inf, "0.1", None])
def test_a_slope_that_is_no_finite_number(slope):
    with pytest.raises(InputError, match="slope: expected a number"):
        LeakyReLU(slope)
