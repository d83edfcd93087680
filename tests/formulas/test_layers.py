"""The oracle of the layers, held against finite differences of its own values."""

import numpy as np
import pytest

from pminusy.formulas import activations, dense, embedding, normalization
from pminusy.gradcheck import check_gradient

SHAPES = [(3, 2), (4, 3, 2), (2, 3, 2, 3)]
FUNCTIONS = [
    ("relu", ()),
    ("leaky_relu", (0.2,)),
    ("tanh", ()),
    ("sigmoid", ()),
    ("silu", ()),
    ("gelu", ()),
]


@pytest.mark.parametrize(("name", "options"), FUNCTIONS)
def test_derivatives(rng, name, options):
    f, derivative = getattr(activations, name), getattr(activations, f"{name}_derivative")
    X = rng.choice([-1, 1], 30) * rng.uniform(0.5, 1.5, 30)  # no step of the check leads across 0
    assert check_gradient(lambda X: f(X, *options).sum(), derivative(X, *options), X).ok


def test_dense(rng):
    X, W, b, dZ = (rng.standard_normal(shape) for shape in ((4, 3), (3, 2), (2,), (4, 2)))
    dX, dW, db = dense.gradients(X, W, dZ)
    assert check_gradient(lambda X: np.vdot(dZ, dense.value(X, W, b)), dX, X).ok
    assert check_gradient(lambda W: np.vdot(dZ, dense.value(X, W, b)), dW, W).ok
    assert check_gradient(lambda b: np.vdot(dZ, dense.value(X, W, b)), db, b).ok


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("kind", ["batch_norm", "layer_norm"])
def test_normalization(rng, shape, kind):
    value, gradients = getattr(normalization, kind), getattr(normalization, f"{kind}_gradients")
    X, dY = rng.standard_normal((2, *shape))
    scale, shift = rng.standard_normal((2, *(shape[-1:] if kind == "batch_norm" else shape[1:])))
    dX, dscale, dshift = gradients(X, scale, dY, 0.1)
    assert check_gradient(lambda X: np.vdot(dY, value(X, scale, shift, 0.1)), dX, X).ok
    assert check_gradient(lambda scale: np.vdot(dY, value(X, scale, shift, 0.1)), dscale, scale).ok
    assert check_gradient(lambda shift: np.vdot(dY, value(X, scale, shift, 0.1)), dshift, shift).ok


def test_running_averages_of_a_constant_batch_close_in_on_it():
    mean, variance = np.zeros(2), np.ones(2)
    for _ in range(60):
        mean, variance = normalization.running_averages(np.full((5, 2), 3.0), mean, variance, 0.5)
    np.testing.assert_allclose(mean, 3)
    np.testing.assert_allclose(variance, 0, atol=1e-15)


@pytest.mark.parametrize("shape", [(3,), (4, 5)])
def test_embedding(rng, shape):
    X, W = rng.integers(0, 4, shape), rng.standard_normal((4, 2))
    dY = rng.standard_normal((*shape, 2))
    gradient = embedding.weight_gradient(X, W, dY)
    assert check_gradient(lambda W: np.vdot(dY, embedding.value(X, W)), gradient, W).ok
