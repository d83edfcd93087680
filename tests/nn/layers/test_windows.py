import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pminusy.errors import InputError, ShapeError
from pminusy.nn import MaxPool2d
from pminusy.nn.layers.windows import Windows, as_pixels, image_shape, pair, windows_of

LENGTHS = st.integers(3, 9)
PAIRS = st.tuples(st.integers(1, 3), st.integers(1, 3))


@given(st.tuples(LENGTHS, LENGTHS, st.integers(1, 3)), PAIRS, PAIRS)
def test_windows_are_slices_of_the_image(image, size, stride):
    windows, numbers = Windows(image, size, stride), np.arange(np.prod(image)).reshape(image)
    found = numbers.ravel()[np.add.outer(windows.corners, windows.numbers)]
    expected = [
        numbers[i * stride[0] : i * stride[0] + size[0], j * stride[1] : j * stride[1] + size[1]].ravel()
        for i in range(windows.counts[0])
        for j in range(windows.counts[1])
    ]
    np.testing.assert_array_equal(found, expected)
    times = np.bincount(found.ravel(), minlength=numbers.size)
    if size == stride:
        assert bool(windows.partition[0]) == bool((times == 1).all())
    else:
        assert not windows.partition[0]


def test_an_integer_stands_for_rows_and_columns():
    assert pair("size", 3, 1) == pair("size", [3, np.int64(3)], 1) == (3, 3)


@pytest.mark.parametrize("value", [0, 1.5, True, (1, 2, 3), (2, 0), "3"])
def test_other_sizes_are_refused_by_name(value):
    with pytest.raises(InputError, match="Pool: size: expected an integer ≥ 1 or a pair of them, got"):
        pair("Pool: size", value, 1)


def test_images_smaller_than_a_window_are_refused():
    layer = MaxPool2d(3)
    with pytest.raises(ShapeError, match=r"expected images of at least \(3, 3\) pixels, got \(2, 5\)"):
        windows_of(layer, (2, 5, 1), 3, 3)
    assert windows_of(layer, (7, 5, 1), 3, 2).counts == (3, 2)


@pytest.mark.parametrize("shape", [(3, 4), (3, 4, 1, 1), (0, 4, 1)])
def test_other_samples_are_no_images(shape):
    with pytest.raises(ShapeError, match=r"expected samples of shape \(H, W, C\), got"):
        image_shape(MaxPool2d(2), shape)


def test_pixels_are_the_same_memory():
    images = np.zeros((2, 3, 4, 5))
    assert as_pixels(images).shape == (2, 12, 5)
    assert np.shares_memory(as_pixels(images), images)
