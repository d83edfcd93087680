"""The same numbers as PyTorch: values, gradients of the input and of the parameters, running statistics."""

import numpy as np
import pytest
from tests.nn.checks import built

from pminusy.nn import (
    GELU,
    BatchNorm,
    Chain,
    Dense,
    Embedding,
    LayerNorm,
    LeakyReLU,
    ReLU,
    Residual,
    Sigmoid,
    SiLU,
    Tanh,
)

torch = pytest.importorskip("torch")
pytestmark = pytest.mark.torch

RTOL = {np.float32: 2e-5, np.float64: 1e-12}


def assert_close(ours, theirs):
    rtol, theirs = RTOL[ours.dtype.type], theirs.detach().numpy()
    np.testing.assert_allclose(ours, theirs, rtol=rtol, atol=rtol * max(1, np.abs(theirs).max()))


def tensor(array):
    return torch.tensor(array, requires_grad=True)


def assert_same(layer, reference, X, parameters=(), training=True):
    """`reference` takes a tensor like X; `parameters` are its tensors, shaped like the layer's parameters."""
    for parameter in layer.parameters:
        parameter.clear_gradient()
    theirs_X = tensor(X) if X.dtype.kind == "f" else torch.tensor(X)
    theirs = reference(theirs_X)
    Y, backward = layer.forward(X, training=training)
    assert_close(Y, theirs)
    dY = np.random.default_rng(2).standard_normal(Y.shape).astype(Y.dtype)
    dX = backward(dY)
    theirs.backward(torch.tensor(dY))
    if dX is not None:
        assert_close(dX, theirs_X.grad)
    for parameter, of_theirs in zip(layer.parameters, parameters, strict=True):
        assert_close(parameter.gradient, of_theirs.grad)


FUNCTIONS = [
    (ReLU(), torch.relu),
    (LeakyReLU(0.2), lambda X: torch.nn.functional.leaky_relu(X, 0.2)),
    (Tanh(), torch.tanh),
    (Sigmoid(), torch.sigmoid),
    (GELU(), torch.nn.functional.gelu),
    (SiLU(), torch.nn.functional.silu),
]


@pytest.mark.parametrize(("layer", "reference"), FUNCTIONS, ids=[repr(layer) for layer, _ in FUNCTIONS])
@pytest.mark.parametrize("dtype", [np.float32, np.float64])
@pytest.mark.parametrize("scale", [0.01, 1.0, 30.0])
def test_functions_of_single_numbers(rng, layer, reference, dtype, scale):
    X = (scale * rng.standard_normal((50, 3, 7))).astype(dtype)
    X[0, 0, :3] = 0, np.nan, -0.0
    assert_same(layer, reference, X)


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
@pytest.mark.parametrize("shape", [(1, 1, 1), (33, 20, 65), (128, 300, 10)])
def test_dense(rng, dtype, shape):
    n_rows, n, units = shape
    layer = built(Dense(units), (n,), dtype)
    W, b = (tensor(parameter.value) for parameter in layer.parameters)
    assert_same(layer, lambda X: X @ W + b, rng.standard_normal((n_rows, n)).astype(dtype), (W, b))


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
@pytest.mark.parametrize("shape", [(2, 3), (70, 65), (5, 6, 4), (9, 5, 3, 4), (40, 8, 8, 16)])
@pytest.mark.parametrize("training", [True, False])
@pytest.mark.parametrize("momentum", [0.1, 0.7])
def test_batch_norm(rng, dtype, shape, training, momentum):
    layer = built(BatchNorm(momentum, 1e-3), shape[1:], dtype)
    running = [torch.tensor(layer.state[name]) for name in ("running_mean", "running_var")]
    scale, shift = (tensor(parameter.value) for parameter in layer.parameters)

    def reference(X):
        options = {"training": training, "momentum": momentum, "eps": 1e-3}
        moved = torch.nn.functional.batch_norm(X.movedim(-1, 1), *running, scale, shift, **options)
        return moved.movedim(1, -1)

    for shift_of_batch in (0.0, 3.0):
        X = (rng.standard_normal(shape) + shift_of_batch).astype(dtype)
        scale.grad = shift.grad = None
        assert_same(layer, reference, X, (scale, shift), training)
        assert_close(layer.state["running_mean"], running[0])
        assert_close(layer.state["running_var"], running[1])


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
@pytest.mark.parametrize("shape", [(2, 3), (30, 100), (5, 6, 4), (9, 5, 3, 4)])
def test_layer_norm(rng, dtype, shape):
    layer = built(LayerNorm(1e-3), shape[1:], dtype)
    scale, shift = (tensor(parameter.value) for parameter in layer.parameters)
    reference = lambda X: torch.nn.functional.layer_norm(X, shape[1:], scale, shift, 1e-3)  # noqa: E731
    assert_same(layer, reference, (3 + rng.standard_normal(shape)).astype(dtype), (scale, shift))


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
@pytest.mark.parametrize("shape", [(4,), (20, 7), (3, 4, 5)])
def test_embedding(rng, dtype, shape):
    layer = built(Embedding(30, 5), shape[1:], dtype)
    W = tensor(layer.parameters[0].value)
    assert_same(layer, lambda X: torch.nn.functional.embedding(X, W), rng.integers(0, 30, shape), (W,))


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_a_network(rng, dtype):
    inner = [Dense(16), GELU(), Dense(20)]
    layer = built(
        Chain([Dense(20), BatchNorm(), SiLU(), Residual(Chain(inner)), LayerNorm(), Dense(5)]), (9,), dtype
    )
    theirs = [tensor(parameter.value) for parameter in layer.parameters]
    functional = torch.nn.functional

    def reference(X):
        W1, b1, g1, s1, W2, b2, W3, b3, g4, s4, W5, b5 = theirs
        X = functional.silu(functional.batch_norm(X @ W1 + b1, None, None, g1, s1, training=True))
        X = X + (functional.gelu(X @ W2 + b2) @ W3 + b3)
        return functional.layer_norm(X, (20,), g4, s4) @ W5 + b5

    assert_same(layer, reference, rng.standard_normal((64, 9)).astype(dtype), theirs)
