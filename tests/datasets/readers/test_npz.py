import numpy as np
import pytest

from pminusy.datasets.readers.npz import read_npz
from pminusy.errors import DataError, ShapeError


@pytest.fixture
def read(tmp_path):
    def save_and_read(**arrays):
        np.savez(tmp_path / "set.npz", **arrays)
        return read_npz(tmp_path / "set.npz")

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
        ({"X": np.ones(3)}, ShapeError, r"X: expected rows \(N, D\) or images \(N, H, W\), got \(3,\)"),
        ({"X": np.array([["a"]])}, DataError, "X: expected numbers, got dtype <U1"),
        ({"X": np.ones((1, 1), complex)}, DataError, "X: expected numbers, got dtype complex128"),
        (
            {"X": np.array([[1, 2], [3, np.nan]])},
            DataError,
            "X: expected finite numbers, got nan at row 1, column 1",
        ),
        (
            {"X_train": np.ones((1, 2)), "X_test": np.array([[np.inf, 0]])},
            DataError,
            "X_test: .*inf at row 0, column 0",
        ),
    ],
)
def test_what_cannot_be_used_is_named(read, arrays, error, message):
    with pytest.raises(error, match=message):
        read(**arrays)


@pytest.mark.parametrize("content", [b"", b"no archive", b"PK\x03\x04 cut short"])
def test_another_file_is_refused(tmp_path, content):
    (tmp_path / "set.npz").write_bytes(content)
    with pytest.raises(DataError, match="not readable as a NumPy archive"):
        read_npz(tmp_path / "set.npz")


def test_a_single_array_is_refused(tmp_path):
    with (tmp_path / "set.npz").open("wb") as file:
        np.save(file, np.ones((2, 2)))
    with pytest.raises(DataError, match="got a single array"):
        read_npz(tmp_path / "set.npz")
