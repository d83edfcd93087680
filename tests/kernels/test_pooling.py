import numpy as np
import pytest

from pminusy.kernels.pooling import give_to_all, give_to_largest, largest, means

DTYPES = pytest.mark.parametrize("dtype", [np.float32, np.float64])
SIZE = 4  # of an image, in rows and columns


def windows(C, step):
    """Corners of 2 × 2 windows this far apart, and the places of their pixels."""
    begin = [(r * SIZE + c) * C for r in range(0, SIZE - 1, step) for c in range(0, SIZE - 1, step)]
    return np.array(begin, np.int64), np.array([0, C, SIZE * C, (SIZE + 1) * C], np.int64)


def stacked(x, corners, pixels, C):
    """The windows' numbers (windows, pixels, channels)."""
    return x[corners[:, None, None] + pixels[:, None] + np.arange(C)]


@DTYPES
@pytest.mark.parametrize("C", [1, 3, 16, 21])
@pytest.mark.parametrize("step", [1, 2])
def test_the_largest_and_the_mean_of_every_window(rng, dtype, C, step):
    x, (corners, pixels) = rng.standard_normal(SIZE * SIZE * C).astype(dtype), windows(C, step)
    inside = stacked(x, corners, pixels, C)
    Y, winners, M = (np.empty((len(corners), C), dtype) for _ in range(3))
    largest(x, corners, pixels, winners, Y)
    means(x, corners, pixels, M)
    np.testing.assert_array_equal(Y, inside.max(axis=1))
    np.testing.assert_array_equal(winners, inside.argmax(axis=1))
    np.testing.assert_allclose(M, inside.mean(axis=1), rtol=1e-5 if dtype == np.float32 else 1e-13)


@DTYPES
@pytest.mark.parametrize(("step", "partition"), [(1, False), (2, False), (2, True)])
def test_gradients_go_to_the_largest_or_to_all_in_equal_parts(rng, dtype, step, partition):
    C, (corners, pixels) = 5, windows(5, step)
    x, dY = (
        rng.standard_normal(SIZE * SIZE * C).astype(dtype),
        rng.standard_normal((len(corners), C)).astype(dtype),
    )
    Y, winners = np.empty_like(dY), np.empty_like(dY)
    largest(x, corners, pixels, winners, Y)
    # What is there is added to, but where windows are a partition it is not read.
    to_one, to_all = (np.full_like(x, np.nan if partition else 2.0) for _ in range(2))
    give_to_largest(dY, winners, corners, pixels, partition, to_one)
    give_to_all(dY, corners, pixels, partition, to_all)
    one, all_ = (np.full(x.size, 0.0 if partition else 2.0) for _ in range(2))
    for n, corner in enumerate(corners):
        for c in range(C):
            one[corner + pixels[int(winners[n, c])] + c] += dY[n, c]
            all_[corner + pixels + c] += dY[n, c] / 4
    tolerance = 1e-5 if dtype == np.float32 else 1e-13
    np.testing.assert_allclose(to_one, one, tolerance, tolerance)
    np.testing.assert_allclose(to_all, all_, tolerance, tolerance)


def test_the_first_of_equals_wins_and_nan_over_everything():
    corners, pixels = windows(2, 2)
    x = np.zeros(SIZE * SIZE * 2)
    x[pixels[2]] = np.nan
    Y, winners = np.empty((4, 2)), np.empty((4, 2))
    largest(x, corners, pixels, winners, Y)
    assert winners[0].tolist() == [2, 0]
    assert np.isnan(Y[0, 0])
    assert not Y.ravel()[1:].any()
