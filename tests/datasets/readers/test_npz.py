import numpy as np
import pytest

from pminusy.datasets.formats import read as read_file
from pminusy.errors import DataError, ShapeError


@pytest.fixture
def read(tmp_path):
    def save_and_read(**arrays):
        np.savez(tmp_path / "set.npz", **arrays)
        return read_file(str(tmp_path / "set.npz"))

    return save_and_read


def test_rows_keep_their_dtype(read):
    for dtype in (np.uint8, np.int64, np.float32, np.float64):
        X = np.arange(6, dtype=dtype).reshape(3, 2)
        arrays = read(X=X, y=[0, 1, 0])
        np.testing.assert_array_equal(arrays.X, X, strict=True)
        assert arrays.image_shape is None


def test_half_precision_becomes_single(read):
    assert read(X=np.ones((2, 2), np.float16)).X.dtype == np.float32


@pytest.mark.parametrize("letter", ["X", "x"])
def test_images_and_their_test_part(read, letter):
    images = np.arange(24, dtype=np.uint8).reshape(4, 2, 3)
    arrays = read(
        **{f"{letter}_train": images, "y_train": [0, 1, 0, 1], f"{letter}_test": images[:1], "y_test": [1]}
    )
    np.testing.assert_array_equal(arrays.X, images.reshape(4, 6), strict=True)
    np.testing.assert_array_equal(arrays.X_test, images[:1].reshape(1, 6), strict=True)
    assert arrays.image_shape == (2, 3)
    assert arrays.y_test.tolist() == [1]


def test_labels_may_be_absent_and_a_test_part_may_come_alone(read):
    assert read(X=np.ones((2, 2))).y is None
    assert read(X_test=np.ones((2, 2))).X.shape == (2, 2)


@pytest.mark.parametrize(
    ("arrays", "error", "message"),
    [
        ({"data": np.ones(3), "labels": np.ones(3)}, DataError, "expected arrays X and y.*got data, labels"),
        ({"X": np.array([[object()]])}, DataError, "array 'X' cannot be read: it holds Python objects"),
        (
            {"X": np.ones((1, 1)), "y": np.array([None])},
            DataError,
            "array 'y' cannot be read: it holds Python objects",
        ),
        ({"X": np.ones(3)}, ShapeError, r"X: expected rows \(N, D\) or images \(N, H, W\).*, got \(3,\)"),
        ({"X": np.array([["a"]])}, DataError, "X: expected numbers, got dtype <U1"),
        ({"X": np.ones((1, 1), complex)}, DataError, "X: expected numbers, got dtype complex128"),
        (
            {"X": np.array([[1, 2], [3, np.nan]])},
            DataError,
            "X: expected finite numbers, got nan at X\\[1, 1\\]",
        ),
        (
            {"X_train": np.ones((1, 2)), "X_test": np.array([[np.inf, 0]])},
            DataError,
            "X_test: .*inf at X_test\\[0, 0\\]",
        ),
    ],
)
def test_what_cannot_be_used_is_named(read, arrays, error, message):
    with pytest.raises(error, match=message):
        read(**arrays)


def test_a_damaged_file_is_refused(tmp_path):
    np.savez(tmp_path / "set.npz", X=np.ones((20, 20)), y=np.ones(20))
    content = (tmp_path / "set.npz").read_bytes()
    (tmp_path / "set.npz").write_bytes(content[:-30])
    with pytest.raises(DataError, match="a zip archive that is damaged or cut short"):
        read_file(str(tmp_path / "set.npz"))


def test_a_single_array_is_refused(tmp_path):
    with (tmp_path / "set.npz").open("wb") as file:
        np.save(file, np.ones((2, 2)))
    with pytest.raises(DataError, match="got a single array"):
        read_file(str(tmp_path / "set.npz"))


@pytest.mark.parametrize(
    ("shape", "image_shape"), [((4, 2, 3, 3), (2, 3, 3)), ((4, 3, 2, 5), (2, 5, 3)), ((4, 2, 3, 1), (2, 3))]
)
def test_colour_images_come_with_their_channels_last(read, shape, image_shape):
    images = np.arange(np.prod(shape), dtype=np.uint8).reshape(shape)
    arrays = read(X=images, y=[0, 1, 0, 1])
    assert arrays.image_shape == image_shape
    last = images if shape[-1] in (1, 3) else np.moveaxis(images, 1, 3)
    np.testing.assert_array_equal(arrays.X, last.reshape(4, -1), strict=True)


def test_images_of_other_channels_are_refused(read):
    with pytest.raises(ShapeError, match=r"expected images of 1, 3 or 4 channels.*got \(2, 8, 8, 5\)"):
        read(X=np.ones((2, 8, 8, 5)), y=[0, 1])
