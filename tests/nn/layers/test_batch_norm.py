import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import array_shapes
from tests.nn.checks import assert_gradients, assert_recorded_like_eager, built, one_step, output_gradient

from pminusy import InputError, ShapeError
from pminusy.formulas import normalization
from pminusy.nn import BatchNorm

# Around the borders of groups (32 positions) and of parts (64 channels).
SHAPES = [
    (2, 1),
    (5, 3),
    (31, 2),
    (32, 2),
    (70, 65),
    (3, 4, 5, 2),
    (9, 3, 7, 130),
    (2, 6, 6, 3),
    (7, 1, 1, 4),
]


def spread(rng, shape):
    """Numbers of which no two in a channel lie close together."""
    n = int(np.prod(shape[:-1]))
    ranks = rng.permuted(np.tile(np.arange(n), (shape[-1], 1)), axis=1).T
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
    layer = built(BatchNorm(epsilon=epsilon), shape[1:], seed=seed)
    layer.state["running_mean"] += rng.standard_normal(shape[-1])
    layer.state["running_var"] *= rng.uniform(0.5, 2, shape[-1])
    assert_gradients(layer, spread(rng, shape), training=training)


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize(("dtype", "rtol"), [(np.float32, 2e-5), (np.float64, 1e-12)])
def test_values_gradients_and_running_averages_are_the_formulas(rng, shape, dtype, rtol):
    momentum, epsilon = 0.25, 1e-3
    layer = built(BatchNorm(momentum, epsilon), shape[1:], dtype)
    X = (spread(rng, shape) + 5).astype(dtype)
    dY = output_gradient(layer, X)
    step = one_step(layer, X, dY, training=True)
    wide = X.astype(np.float64)
    scale, shift = (parameter.value.astype(np.float64) for parameter in layer.parameters)
    expected = normalization.batch_norm_gradients(wide, scale, dY.astype(np.float64), epsilon)
    Y = normalization.batch_norm(wide, scale, shift, epsilon)
    for found, right in zip((step.Y, step.dX, *step.gradients), (Y, *expected), strict=True):
        np.testing.assert_allclose(found, right, rtol=rtol, atol=rtol * max(1, np.abs(right).max()))
    layer.forward(X, training=True)
    averages = normalization.running_averages(wide, np.zeros(shape[-1]), np.ones(shape[-1]), momentum)
    np.testing.assert_allclose(layer.state["running_mean"], averages[0], rtol=rtol)
    np.testing.assert_allclose(layer.state["running_var"], averages[1], rtol=rtol)


def test_every_channel_has_mean_0_and_variance_1(rng):
    X = 1e3 + 0.1 * rng.standard_normal((100, 6, 6, 5))
    layer = BatchNorm(epsilon=1e-12)
    layer.build(X.shape[1:], X.dtype, rng)
    Y, _ = layer.forward(X, training=True)
    np.testing.assert_allclose(Y.mean((0, 1, 2)), 0, atol=1e-9)
    np.testing.assert_allclose(Y.var((0, 1, 2)), 1, rtol=1e-8)


def test_moments_far_from_0_keep_their_digits_in_float32(rng):
    X = (1e4 + rng.standard_normal((256, 40))).astype(np.float32)
    layer = BatchNorm(momentum=1.0)
    layer.build((40,), X.dtype, rng)
    layer.forward(X, training=True)
    wide = X.astype(np.float64)
    np.testing.assert_allclose(layer.state["running_mean"], wide.mean(0), rtol=1e-7)
    np.testing.assert_allclose(layer.state["running_var"], wide.var(0, ddof=1), rtol=1e-6)


@pytest.mark.parametrize("shape", [(1, 3), (41, 3), (300, 65), (5, 4, 4, 2), (41, 6, 6, 70)])
@pytest.mark.parametrize("dtype", [np.float32, np.float64])
@pytest.mark.parametrize("training", [True, False])
def test_recorded_like_eager(rng, shape, dtype, training):
    layer = built(BatchNorm(), shape[1:], dtype)
    assert_recorded_like_eager(layer, rng.standard_normal(shape).astype(dtype), training=training)


@pytest.mark.parametrize("shape", [(1, 3), (1, 1, 1, 3)])
def test_one_number_a_channel_gives_the_shift_and_teaches_nothing(rng, shape):
    layer = built(BatchNorm(), shape[1:])
    X = rng.standard_normal(shape)
    step = one_step(layer, X, np.ones(shape), training=True)
    np.testing.assert_array_equal(step.Y.ravel(), layer.parameters[1].value)
    np.testing.assert_array_equal(step.dX, 0)
    layer.forward(X, training=True)
    np.testing.assert_array_equal(layer.state["running_mean"], 0)
    np.testing.assert_array_equal(layer.state["running_var"], 1)


@pytest.mark.parametrize("training", [True, False])
def test_an_empty_batch(training):
    layer = built(BatchNorm(), (3,))
    step = one_step(layer, np.empty((0, 3)), np.empty((0, 3)), training=training)
    assert step.Y.shape == step.dX.shape == (0, 3)
    np.testing.assert_array_equal(step.gradients, 0)
    layer.forward(np.empty((0, 3)), training=training)
    np.testing.assert_array_equal(layer.state["running_var"], 1)


def test_nan_stays_in_its_channel(rng):
    X = rng.standard_normal((50, 3))
    X[17, 1] = np.nan
    step = one_step(built(BatchNorm(), (3,)), X, np.ones((50, 3)), training=True)
    for array in (step.Y, step.dX):
        assert np.isnan(array).all(axis=0).tolist() == [False, True, False]
        assert np.isfinite(array[:, ::2]).all()


def test_a_constant_channel_is_not_divided_by_0():
    step = one_step(built(BatchNorm(), (2,)), np.full((9, 2), 3.0), np.ones((9, 2)), training=True)
    assert np.isfinite(step.Y).all()
    assert np.isfinite(step.dX).all()


def test_the_gradient_of_the_input_is_left_out_where_nobody_wants_it(rng):
    layer = built(BatchNorm(), (3,))
    Y, backward = layer.forward(rng.standard_normal((4, 3)), training=True)
    assert backward(Y, to_input=False) is None
    np.testing.assert_allclose(layer.parameters[1].gradient, Y.sum(0))


def test_parameters_do_not_decay():
    assert not any(parameter.decays for parameter in built(BatchNorm(), (3,)).parameters)


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"momentum": 1.5}, "momentum: expected a number in"),
        ({"momentum": np.nan}, "momentum: expected a number in"),
        ({"epsilon": 0.0}, "epsilon: expected a number in"),
        ({"epsilon": np.inf}, "epsilon: expected a number in"),
    ],
)
def test_options_that_cannot_be(options, message):
    with pytest.raises(InputError, match=message):
        BatchNorm(**options)


def test_samples_without_channels(rng):
    with pytest.raises(ShapeError, match=r"BatchNorm.*expected samples of shape \(…, C\), got \(\)"):
        BatchNorm().build((), np.dtype(np.float32), rng)
