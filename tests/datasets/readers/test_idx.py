import gzip
import struct

import numpy as np
import pytest

from pminusy.datasets.formats import read
from pminusy.errors import DataError

IMAGES = np.arange(24, dtype=np.uint8).reshape(4, 2, 3)
LABELS = np.array([3, 1, 3, 0], np.uint8)


def idx_bytes(array):
    return struct.pack(f">4B{array.ndim}I", 0, 0, 8, array.ndim, *array.shape) + array.tobytes()


def write(path, array):
    content = idx_bytes(array)
    path.write_bytes(gzip.compress(content) if path.suffix == ".gz" else content)
    return path


@pytest.mark.parametrize("style", ["{}-{}-{}-ubyte", "{}-{}.{}-ubyte"])
@pytest.mark.parametrize("packed", ["", ".gz"])
@pytest.mark.parametrize("test_part", ["t10k", "test"])
def test_labels_and_test_part_are_found_beside(tmp_path, style, packed, test_part):
    for part, n in (("train", 4), (test_part, 2)):
        images = write(tmp_path / (style.format(part, "images", "idx3") + packed), IMAGES[:n])
        write(tmp_path / style.format(part, "labels", "idx1"), LABELS[:n])
    arrays = read(str(images.with_name(images.name.replace(test_part, "train"))))
    np.testing.assert_array_equal(arrays.X, IMAGES.reshape(4, 6), strict=True)
    np.testing.assert_array_equal(arrays.y, LABELS)
    np.testing.assert_array_equal(arrays.X_test, IMAGES[:2].reshape(2, 6), strict=True)
    np.testing.assert_array_equal(arrays.y_test, LABELS[:2])
    assert arrays.image_shape == (2, 3)


def test_images_may_come_alone(tmp_path):
    arrays = read(str(write(tmp_path / "digits.idx3-ubyte", IMAGES)))
    assert arrays.y is None
    assert arrays.X_test is None


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "the file is empty"),
        (idx_bytes(LABELS), "expected IDX images, got values in 1 dimensions, such as labels"),
        (idx_bytes(IMAGES)[:10], "expected IDX bytes"),
        (idx_bytes(IMAGES)[:-1], r"expected 40 bytes for shape \(4, 2, 3\), got 39"),
    ],
)
def test_a_damaged_file_is_refused(tmp_path, content, message):
    path = tmp_path / "a-images-idx3-ubyte"
    path.write_bytes(content)
    with pytest.raises(DataError, match=message):
        read(str(path))


def test_damaged_gzip_is_refused(tmp_path):
    path = tmp_path / "a-images-idx3-ubyte.gz"
    path.write_bytes(gzip.compress(idx_bytes(IMAGES))[:-12])
    with pytest.raises(DataError, match="a gzip file that is damaged or cut short"):
        read(str(path))


def test_colour_images_have_channels(tmp_path):
    images = np.arange(72, dtype=np.uint8).reshape(3, 2, 4, 3)
    write(tmp_path / "a-labels.idx1-ubyte", LABELS[:3])
    arrays = read(str(write(tmp_path / "a-images.idx4-ubyte", images)))
    np.testing.assert_array_equal(arrays.X, images.reshape(3, 24), strict=True)
    assert arrays.image_shape == (2, 4, 3)
    assert arrays.y.tolist() == [3, 1, 3]
