import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from tests.nn.checks import assert_gradients, assert_recorded_like_eager, built, one_step
from tests.nn.layers.images import images

from pminusy import InputError, ShapeError
from pminusy.formulas import convolution
from pminusy.nn import Conv2d

PADDINGS = st.one_of(
    st.sampled_from(["same", "valid"]), st.integers(0, 2), st.tuples(st.integers(0, 2), st.integers(0, 3))
)
# filters, size, stride, padding, H, W, C: whole and broken tiles and vectors, and taps beyond one block of a product
WIDE = [
    (16, 3, 1, 0, 28, 28, 1),
    (32, 3, 1, "same", 13, 13, 16),
    (70, (2, 3), (2, 1), (1, 2), 9, 8, 33),
    (5, 5, 3, "same", 11, 7, 3),
    (3, (40, 30), 1, 0, 45, 31, 1),
    (1, 1, 2, 1, 40, 30, 2),
]


def borders(layer, shape):
    """What the layer's padding adds before and after."""
    size, stride = np.broadcast_to(layer.size, 2), np.broadcast_to(layer.stride, 2)
    if layer.padding == "same":
        total = np.maximum((-(-np.array(shape[:2]) // stride) - 1) * stride + size - shape[:2], 0)
        return total // 2, total - total // 2
    both = np.broadcast_to(0 if layer.padding == "valid" else layer.padding, 2)
    return both, both


def expected(layer, X, dZ):
    """Z, dX, dW and db by the formulas."""
    before, after = borders(layer, X.shape[1:])
    padded, stride = convolution.padded(X, before, after), tuple(np.broadcast_to(layer.stride, 2))
    W, b = (parameter.value for parameter in layer.parameters)
    dX = convolution.input_gradient(dZ, W, padded.shape, stride)
    return (
        convolution.value(padded, W, b, stride),
        dX[:, before[0] : before[0] + X.shape[1], before[1] : before[1] + X.shape[2]],
        convolution.weight_gradient(padded, dZ, W.shape[:2], stride),
        convolution.bias_gradient(dZ),
    )


@settings(max_examples=25)
@given(case=images(), padding=PADDINGS, filters=st.integers(1, 3))
def test_gradients(case, padding, filters):
    layer = built(Conv2d(filters, case.size, case.stride, padding), case.X.shape[1:])
    dX = expected(layer, case.X, np.ones(layer.forward(case.X)[0].shape))[1]
    assume(dX.any())  # some window reaches the image: a constant has no slope to measure
    assert_gradients(layer, case.X)


@settings(max_examples=60)
@given(case=images(largest=12), padding=PADDINGS, filters=st.integers(1, 40))
def test_values_and_gradients_are_the_formulas(case, padding, filters):
    layer = built(Conv2d(filters, case.size, case.stride, padding), case.X.shape[1:])
    Z, _ = layer.forward(case.X)
    dZ = np.random.default_rng(1).standard_normal(Z.shape)
    step = one_step(layer, case.X, dZ, training=True)
    for found, right in zip((step.Y, step.dX, *step.gradients), expected(layer, case.X, dZ), strict=True):
        np.testing.assert_allclose(found, right, rtol=1e-12, atol=1e-13 * max(1, dZ.size))


@pytest.mark.parametrize("case", WIDE)
@pytest.mark.parametrize(("dtype", "rtol"), [(np.float32, 1e-5), (np.float64, 1e-13)])
@pytest.mark.parametrize("n", [1, 9])
def test_wide_images(rng, case, dtype, rtol, n):
    *settings_, height, width, channels = case
    layer = built(Conv2d(*settings_), (height, width, channels), dtype)
    X = rng.standard_normal((n, height, width, channels)).astype(dtype)
    Z, _ = layer.forward(X)
    dZ = rng.standard_normal(Z.shape).astype(dtype)
    step = one_step(layer, X, dZ, training=True)
    for parameter in layer.parameters:
        parameter.value = parameter.value.astype(np.float64)
    right = expected(layer, X.astype(np.float64), dZ.astype(np.float64))
    for found, exact in zip((step.Y, step.dX, *step.gradients), right, strict=True):
        assert found.dtype == dtype
        np.testing.assert_allclose(found, exact, rtol=rtol, atol=rtol * np.abs(exact).max())


@pytest.mark.parametrize("case", WIDE[:4])
@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_recorded_like_eager(rng, case, dtype):
    *settings_, height, width, channels = case
    layer = built(Conv2d(*settings_), (height, width, channels), dtype)
    assert_recorded_like_eager(layer, rng.standard_normal((21, height, width, channels)).astype(dtype))


@pytest.mark.torch
@settings(max_examples=30)
@given(case=images(largest=9), padding=PADDINGS, filters=st.integers(1, 20))
def test_like_pytorch(case, padding, filters):
    torch = pytest.importorskip("torch")
    layer = built(Conv2d(filters, case.size, case.stride, padding), case.X.shape[1:])
    before, after = borders(layer, case.X.shape[1:])
    X = torch.tensor(case.X, requires_grad=True)
    own_W, own_b = (parameter.value for parameter in layer.parameters)
    W = torch.tensor(own_W.transpose(3, 2, 0, 1).copy(), requires_grad=True)
    b = torch.tensor(own_b, requires_grad=True)
    frame = (before[1], after[1], before[0], after[0])
    padded = torch.nn.functional.pad(X.permute(0, 3, 1, 2), tuple(map(int, frame)))
    Z = torch.nn.functional.conv2d(padded, W, b, case.stride).permute(0, 2, 3, 1)
    dZ = np.random.default_rng(1).standard_normal(Z.shape)
    Z.backward(torch.tensor(dZ))
    step = one_step(layer, case.X, dZ, training=True)
    right = (theirs.detach().numpy() for theirs in (Z, X.grad, W.grad.permute(2, 3, 1, 0), b.grad))
    for found, exact in zip((step.Y, step.dX, *step.gradients), right, strict=True):
        np.testing.assert_allclose(found, exact, rtol=1e-11, atol=1e-12 * max(1, dZ.size))


@pytest.mark.parametrize("padding", [0, 1])
def test_gradients_add_up_until_they_are_cleared(rng, padding):
    layer = built(Conv2d(3, 2, padding=padding), (5, 4, 2))
    X = rng.standard_normal((10, 5, 4, 2))
    dZ = rng.standard_normal(layer.forward(X)[0].shape)
    once = one_step(layer, X, dZ, training=True).gradients
    for parameter in layer.parameters:
        parameter.clear_gradient()
    for _ in range(2):
        layer.forward(X)[1](dZ)
    for parameter, gradient in zip(layer.parameters, once, strict=True):
        np.testing.assert_allclose(parameter.gradient, 2 * gradient)


def test_without_a_gradient_for_the_input(rng):
    layer, X = built(Conv2d(3, 2), (5, 4, 2)), rng.standard_normal((3, 5, 4, 2))
    Z, backward = layer.forward(X)
    with_it = one_step(layer, X, Z, training=True).gradients
    for parameter in layer.parameters:
        parameter.clear_gradient()
    assert backward(Z, to_input=False) is None
    for parameter, gradient in zip(layer.parameters, with_it, strict=True):
        np.testing.assert_array_equal(parameter.gradient, gradient)


@pytest.mark.parametrize("padding", [0, "same"])
def test_an_empty_batch(padding):
    layer = built(Conv2d(3, 2, padding=padding), (5, 4, 2))
    Z, backward = layer.forward(np.empty((0, 5, 4, 2)))
    assert backward(np.empty(Z.shape)).shape == (0, 5, 4, 2)
    for parameter in layer.parameters:
        np.testing.assert_array_equal(parameter.gradient, 0)


def test_nan_stays_in_its_windows(rng):
    X = rng.standard_normal((2, 6, 6, 1))
    X[1, 0, 5] = np.nan
    Z, _ = built(Conv2d(20, 3), (6, 6, 1)).forward(X)
    assert np.isnan(Z[1, 0, 3]).all()
    assert np.isnan(Z).sum() == 20


@pytest.mark.parametrize(
    ("layer", "output"),
    [
        (Conv2d(4, 3), (6, 5, 4)),
        (Conv2d(4, 3, padding="same"), (8, 7, 4)),
        (Conv2d(4, (2, 4), stride=(3, 2), padding="same"), (3, 4, 4)),
        (Conv2d(4, 2, stride=2, padding=(1, 0)), (5, 3, 4)),
    ],
)
def test_shapes(rng, layer, output):
    assert layer.build((8, 7, 3), np.dtype(np.float32), rng) == output
    W, b = layer.parameters
    assert (W.name, W.value.shape[2:], W.decays, b.name, b.decays) == ("W", (3, 4), True, "b", False)
    assert layer.forward(np.zeros((2, 8, 7, 3), np.float32))[0].shape == (2, *output)


def test_weights_begin_with_the_variance_of_their_inputs(rng):
    layer = Conv2d(500, 3)
    layer.build((5, 5, 8), np.dtype(np.float64), rng)
    np.testing.assert_allclose(layer.parameters[0].value.var(), 2 / (3 * 3 * 8), rtol=0.05)


@pytest.mark.parametrize(
    ("settings_", "message"),
    [
        ((0, 3), "Conv2d: filters: expected an integer ≥ 1, got 0"),
        ((2.5, 3), "Conv2d: filters: expected an integer ≥ 1, got 2.5"),
        ((4, 0), "Conv2d: size: expected an integer ≥ 1 or a pair of them, got 0"),
        ((4, (3, 3, 3)), r"Conv2d: size: expected .* got \(3, 3, 3\)"),
        ((4, 3, 1.5), "Conv2d: stride: expected an integer ≥ 1 or a pair of them, got 1.5"),
        ((4, 3, 1, -1), "Conv2d: padding: expected an integer ≥ 0 or a pair of them, got -1"),
        ((4, 3, 1, "full"), 'Conv2d: padding: expected an integer, a pair, "same" or "valid", got \'full\''),
        ((4, 3, 1, 0, "lecun"), "init: expected one of he_normal.*, got 'lecun'"),
    ],
)
def test_settings_that_cannot_be(rng, settings_, message):
    with pytest.raises(InputError, match=message):
        Conv2d(*settings_).build((8, 8, 3), np.dtype(np.float32), rng)


@pytest.mark.parametrize(
    ("layer", "shape", "message"),
    [
        (
            Conv2d(4, 3),
            (8, 8),
            r"Conv2d\(filters=4, size=3.*: expected samples of shape \(H, W, C\), got \(8, 8\)",
        ),
        (
            Conv2d(4, 3),
            (8, 2, 1),
            r"Conv2d\(filters=4.*at least \(3, 3\) pixels, padding included, got \(8, 2\)",
        ),
        (Conv2d(4, 7, padding=1), (4, 9, 1), r"at least \(7, 7\) pixels, padding included, got \(6, 11\)"),
        (Conv2d(4, 1), (8, 0, 1), r"expected samples of shape \(H, W, C\), got \(8, 0, 1\)"),
    ],
)
def test_images_that_do_not_fit(rng, layer, shape, message):
    with pytest.raises(ShapeError, match=message):
        layer.build(shape, np.dtype(np.float32), rng)
