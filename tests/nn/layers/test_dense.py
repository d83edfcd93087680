import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.nn.checks import assert_gradients, assert_recorded_like_eager, built, one_step

import pminusy
from pminusy import InputError, ShapeError
from pminusy.formulas import dense
from pminusy.nn import Dense, recording
from pminusy.nn.panels import Panels


@settings(max_examples=15)
@given(seed=st.integers(0, 2**32 - 1), n_rows=st.integers(1, 5), n=st.integers(1, 6), units=st.integers(1, 6))
def test_gradients(seed, n_rows, n, units):
    X = np.random.default_rng(seed).standard_normal((n_rows, n))
    assert_gradients(built(Dense(units), (n,), seed=seed), X)


@pytest.mark.parametrize("shape", [(1, 1, 1), (7, 24, 10), (130, 25, 64), (33, 100, 65), (5, 2000, 3)])
@pytest.mark.parametrize(("dtype", "rtol"), [(np.float32, 2e-5), (np.float64, 1e-13)])
def test_values_and_gradients_are_the_formulas(rng, shape, dtype, rtol):
    n_rows, n, units = shape
    layer = built(Dense(units), (n,), dtype)
    X, dZ = rng.standard_normal((n_rows, n)).astype(dtype), rng.standard_normal((n_rows, units)).astype(dtype)
    step = one_step(layer, X, dZ, training=True)
    W, b = (parameter.value.astype(np.float64) for parameter in layer.parameters)
    expected = dense.value(X.astype(np.float64), W, b), *dense.gradients(X.astype(np.float64), W, dZ)
    for found, right in zip((step.Y, step.dX, *step.gradients), expected, strict=True):
        np.testing.assert_allclose(found, right, rtol=rtol, atol=rtol * np.abs(right).max())


# Of one panel and of several, both ways; with weights that outweigh the batch, and the other way round.
@pytest.mark.parametrize(
    "shape", [(1, 3, 2), (41, 70, 65), (300, 30, 10), (300, 70, 130), (5, 200, 300), (1, 1, 65)]
)
@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_recorded_like_eager(rng, shape, dtype):
    n_rows, n, units = shape
    layer = built(Dense(units), (n,), dtype)
    assert_recorded_like_eager(layer, rng.standard_normal((n_rows, n)).astype(dtype))


@pytest.mark.parametrize("n_inputs", [1, 30])
def test_gradients_add_up_until_they_are_cleared(rng, n_inputs):
    layer, X, dZ = (
        built(Dense(4), (n_inputs,)),
        rng.standard_normal((5, n_inputs)),
        rng.standard_normal((5, 4)),
    )
    once = one_step(layer, X, dZ, training=True).gradients
    for parameter in layer.parameters:
        parameter.clear_gradient()
    for _ in range(2):
        layer.forward(X)[1](dZ)
    for parameter, gradient in zip(layer.parameters, once, strict=True):
        np.testing.assert_allclose(parameter.gradient, 2 * gradient)
        parameter.clear_gradient()
    layer.forward(X)[1](dZ)
    for parameter, gradient in zip(layer.parameters, once, strict=True):
        np.testing.assert_array_equal(parameter.gradient, gradient)


@pytest.mark.parametrize("n", [1, 2, 3])
def test_recorded_gradients_add_up(rng, n):
    layer, panels = built(Dense(150), (70,)), Panels()
    X, dZ = rng.standard_normal((2, 5, 70)), rng.standard_normal((2, 5, 150))
    with recording() as program, panels.recorded():
        for x, dz in zip(X, dZ, strict=True):
            layer.forward(x)[1](dz)
        program.side_by_side()
    for _ in range(2):
        with pminusy.threads(n), panels.packed():
            program.run(0, 1)
        gradients = [parameter.gradient for parameter in layer.parameters]
        for gradient, right in zip(gradients, (X[0].T @ dZ[0] + X[1].T @ dZ[1], dZ.sum((0, 1))), strict=True):
            np.testing.assert_allclose(gradient, right, rtol=1e-12, atol=1e-12)


def test_an_empty_batch():
    step = one_step(built(Dense(3), (2,)), np.empty((0, 2)), np.empty((0, 3)), training=True)
    assert (step.Y.shape, step.dX.shape) == ((0, 3), (0, 2))
    for gradient in step.gradients:
        np.testing.assert_array_equal(gradient, 0)


def test_nan_stays_in_its_sample(rng):
    X = rng.standard_normal((5, 8))
    X[3, 2] = np.nan
    step = one_step(built(Dense(4), (8,)), X, np.ones((5, 4)), training=True)
    assert np.isnan(step.Y[3]).all()
    assert np.isfinite(np.delete(step.Y, 3, axis=0)).all()


def test_weights_decay_and_biases_do_not(rng):
    layer = Dense(3)
    layer.build((4,), np.dtype(np.float32), rng)
    W, b = layer.parameters
    assert (W.name, W.value.shape, W.decays) == ("W", (4, 3), True)
    assert (b.name, b.value.tolist(), b.decays) == ("b", [0, 0, 0], False)


def test_shapes_and_sizes_that_do_not_fit(rng):
    with pytest.raises(ShapeError, match=r"Dense\(units=3.*expected samples of shape \(D,\), got \(2, 2\)"):
        Dense(3).build((2, 2), np.dtype(np.float32), rng)
    with pytest.raises(InputError, match="units: expected an integer ≥ 1, got 0"):
        Dense(0).build((2,), np.dtype(np.float32), rng)
    with pytest.raises(InputError, match=r"init: expected one of he_normal.*, got 'lecun'"):
        Dense(2, "lecun").build((2,), np.dtype(np.float32), rng)
