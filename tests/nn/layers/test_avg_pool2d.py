import numpy as np
import pytest
from hypothesis import given, settings
from tests.nn.checks import assert_gradients, assert_recorded_like_eager, built
from tests.nn.layers.images import images

from pminusy import InputError, ShapeError
from pminusy.formulas import pooling
from pminusy.nn import AvgPool2d


@settings(max_examples=15)
@given(case=images())
def test_gradients(case):
    assert_gradients(built(AvgPool2d(case.size, case.stride), case.X.shape[1:]), case.X)


@settings(max_examples=60)
@given(case=images(largest=12))
def test_values_and_gradients_are_the_formulas(case):
    Y, backward = built(AvgPool2d(case.size, case.stride), case.X.shape[1:]).forward(case.X)
    dY = np.random.default_rng(1).standard_normal(Y.shape)
    np.testing.assert_allclose(Y, pooling.avg_pool(case.X, case.size, case.stride), rtol=1e-13, atol=1e-14)
    right = pooling.avg_pool_gradient(dY, case.size, case.stride, case.X.shape)
    np.testing.assert_allclose(backward(dY), right, rtol=1e-13, atol=1e-14)


@pytest.mark.parametrize("channels", [1, 16, 33])
@pytest.mark.parametrize(("size", "stride"), [(2, None), (3, 2), (2, 3), ((1, 4), (2, 1))])
@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_recorded_like_eager(rng, channels, size, stride, dtype):
    layer = built(AvgPool2d(size, stride), (9, 10, channels), dtype)
    assert_recorded_like_eager(layer, rng.standard_normal((21, 9, 10, channels)).astype(dtype))


@pytest.mark.torch
@settings(max_examples=30)
@given(case=images(largest=9))
def test_like_pytorch(case):
    torch = pytest.importorskip("torch")
    X = torch.tensor(case.X, requires_grad=True)
    Y = torch.nn.functional.avg_pool2d(X.permute(0, 3, 1, 2), case.size, case.stride).permute(0, 2, 3, 1)
    dY = np.random.default_rng(1).standard_normal(Y.shape)
    Y.backward(torch.tensor(dY))
    found, backward = built(AvgPool2d(case.size, case.stride), X.shape[1:]).forward(case.X)
    np.testing.assert_allclose(found, Y.detach(), rtol=1e-13, atol=1e-14)
    np.testing.assert_allclose(backward(dY), X.grad, rtol=1e-13, atol=1e-14)


def test_pixels_outside_of_all_windows_have_no_gradient(rng):
    dX = built(AvgPool2d(2), (5, 5, 2)).forward(rng.standard_normal((3, 5, 5, 2)))[1](np.ones((3, 2, 2, 2)))
    np.testing.assert_array_equal(dX[:, :4, :4], 0.25)
    assert not dX[:, 4].any()
    assert not dX[:, :, 4].any()


def test_without_a_gradient_for_the_input_and_without_samples():
    Y, backward = built(AvgPool2d(), (4, 4, 1)).forward(np.empty((0, 4, 4, 1)))
    assert Y.shape == (0, 2, 2, 1)
    assert backward(Y).shape == (0, 4, 4, 1)
    assert backward(Y, to_input=False) is None


def test_bad_settings_and_shapes(rng):
    with pytest.raises(
        InputError, match="AvgPool2d: size: expected an integer ≥ 1 or a pair of them, got None"
    ):
        AvgPool2d(None).build((8, 8, 3), np.dtype(np.float32), rng)
    with pytest.raises(
        ShapeError, match=r"AvgPool2d\(size=3, stride=1\): expected .* \(3, 3\) pixels, got \(8, 2\)"
    ):
        AvgPool2d(3, 1).build((8, 2, 3), np.dtype(np.float32), rng)
