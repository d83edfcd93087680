import numpy as np
import pytest
from hypothesis import given, settings
from tests.nn.checks import assert_gradients, assert_recorded_like_eager, built
from tests.nn.layers.images import images

from pminusy import InputError, ShapeError
from pminusy.formulas import pooling
from pminusy.nn import MaxPool2d


def with_clear_winners(case):
    """Numbers around 1 on a lattice that has one pixel in every window, and around −1 elsewhere."""
    rng = np.random.default_rng(2)
    X = rng.uniform(-1.1, -0.9, case.X.shape)
    for n, c in np.ndindex(X.shape[0], X.shape[3]):
        top, left = rng.integers(0, case.size)
        X[n, top :: case.size[0], left :: case.size[1], c] += 2
    return X


@settings(max_examples=15)
@given(case=images())
def test_gradients(case):
    assert_gradients(built(MaxPool2d(case.size, case.stride), case.X.shape[1:]), with_clear_winners(case))


@settings(max_examples=60)
@given(case=images(largest=12))
def test_values_and_gradients_are_the_formulas(case):
    X = np.round(case.X)  # so that many numbers are equal
    Y, backward = built(MaxPool2d(case.size, case.stride), X.shape[1:]).forward(X)
    dY = np.random.default_rng(1).standard_normal(Y.shape)
    np.testing.assert_array_equal(Y, pooling.max_pool(X, case.size, case.stride))
    right = pooling.max_pool_gradient(X, dY, case.size, case.stride)
    np.testing.assert_allclose(backward(dY), right, rtol=1e-14, atol=1e-14)


@pytest.mark.parametrize("channels", [1, 16, 33])
@pytest.mark.parametrize(("size", "stride"), [(2, None), (3, 2), (2, 3), ((1, 4), (2, 1))])
@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_recorded_like_eager(rng, channels, size, stride, dtype):
    layer = built(MaxPool2d(size, stride), (9, 10, channels), dtype)
    assert_recorded_like_eager(layer, rng.standard_normal((21, 9, 10, channels)).astype(dtype))


@pytest.mark.torch
@settings(max_examples=30)
@given(case=images(largest=9))
def test_like_pytorch(case):
    torch = pytest.importorskip("torch")
    X = torch.tensor(np.round(case.X), requires_grad=True)
    Y = torch.nn.functional.max_pool2d(X.permute(0, 3, 1, 2), case.size, case.stride).permute(0, 2, 3, 1)
    dY = np.random.default_rng(1).standard_normal(Y.shape)
    Y.backward(torch.tensor(dY))
    found, backward = built(MaxPool2d(case.size, case.stride), X.shape[1:]).forward(np.round(case.X))
    np.testing.assert_array_equal(found, Y.detach())
    np.testing.assert_allclose(backward(dY), X.grad, rtol=1e-14, atol=1e-14)


def test_of_equal_numbers_the_first_gets_the_gradient():
    _, backward = built(MaxPool2d(2, 1), (2, 3, 1)).forward(np.full((1, 2, 3, 1), -np.inf))
    np.testing.assert_array_equal(
        backward(np.array([3.0, 5.0]).reshape(1, 1, 2, 1)).ravel(), [3, 5, 0, 0, 0, 0]
    )


def test_the_first_nan_is_the_largest():
    X = np.array([1, np.nan, 9, 2, 3, np.nan, 8, 7.0]).reshape(1, 2, 4, 1)
    Y, backward = built(MaxPool2d(2), (2, 4, 1)).forward(X)
    np.testing.assert_array_equal(Y.ravel(), [np.nan, 9])
    np.testing.assert_array_equal(backward(np.ones(Y.shape)).ravel(), [0, 1, 1, 0, 0, 0, 0, 0])


def test_pixels_outside_of_all_windows_have_no_gradient(rng):
    X = rng.standard_normal((3, 5, 5, 2))
    dX = built(MaxPool2d(2), (5, 5, 2)).forward(X)[1](np.ones((3, 2, 2, 2)))
    assert dX.sum() == 3 * 2 * 2 * 2
    assert not dX[:, 4].any()
    assert not dX[:, :, 4].any()


def test_without_a_gradient_for_the_input_and_without_samples():
    Y, backward = built(MaxPool2d(), (4, 4, 1)).forward(np.empty((0, 4, 4, 1)))
    assert Y.shape == (0, 2, 2, 1)
    assert backward(Y).shape == (0, 4, 4, 1)
    assert backward(Y, to_input=False) is None


def test_bad_settings_and_shapes(rng):
    with pytest.raises(InputError, match="MaxPool2d: size: expected an integer ≥ 1 or a pair of them, got 0"):
        MaxPool2d(0).build((8, 8, 3), np.dtype(np.float32), rng)
    with pytest.raises(
        InputError, match="MaxPool2d: stride: expected an integer ≥ 1 or a pair of them, got 'a'"
    ):
        MaxPool2d(2, "a").build((8, 8, 3), np.dtype(np.float32), rng)
    with pytest.raises(
        ShapeError, match=r"MaxPool2d\(size=3, stride=None\): expected .* \(3, 3\) pixels, got \(2, 8\)"
    ):
        MaxPool2d(3).build((2, 8, 3), np.dtype(np.float32), rng)
    with pytest.raises(ShapeError, match=r"expected samples of shape \(H, W, C\), got \(64,\)"):
        MaxPool2d(3).build((64,), np.dtype(np.float32), rng)
