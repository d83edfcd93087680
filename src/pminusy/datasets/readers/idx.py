"""IDX image files, the form in which MNIST and its kin are handed out.

A file of images comes with a file of labels of the same name but for ``images`` → ``labels`` and ``idx3`` →
``idx1``; a ``train`` pair may come with a ``t10k`` or ``test`` pair. Each may be packed. Colour images have a fourth
dimension, the channels.
"""

import re
from math import prod
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from pminusy.datasets.readers.arrays import Arrays, as_rows, image_shape
from pminusy.datasets.readers.content import Content, open_content
from pminusy.datasets.readers.limits import check_memory
from pminusy.datasets.reading import Reading
from pminusy.errors import DataError

_UNSIGNED_BYTE = 0x08


def read_idx(content: Content, reading: Reading) -> Arrays:  # noqa: ARG001
    """Read images (N, H, W) or (N, H, W, C) of bytes, with their labels and test part where those lie beside.

    Raises
    ------
    DataError
        A file is not IDX, is cut short, holds other values than bytes, or labels in place of images.
    """
    path = content.path
    images = _values(content)
    if images.ndim < 3:
        raise DataError(
            f"{path}: expected IDX images, got values in {images.ndim} dimensions, such as labels"
        )
    test_path = _beside(path, path.name.replace("train", "t10k")) or _beside(
        path, path.name.replace("train", "test")
    )
    return Arrays(
        X=as_rows(images, path.name),
        y=_labels(path),
        target_name="label",
        image_shape=image_shape(images),
        X_test=None if test_path is None else as_rows(_values(open_content(test_path)), test_path.name),
        y_test=None if test_path is None else _labels(test_path),
    )


def _labels(images: Path) -> NDArray[Any] | None:
    name = re.sub(r"idx[34]", "idx1", images.name.replace("images", "labels"))
    path = _beside(images, name)
    return None if path is None else _values(open_content(path))


def _beside(path: Path, name: str) -> Path | None:
    """Find another file of the folder by name, packed or not; None where it is not there."""
    if name == path.name:
        return None
    plain = name.removesuffix(".gz")
    candidates = (path.with_name(plain), path.with_name(f"{plain}.gz"))
    return next((other for other in candidates if other.is_file()), None)


def _values(content: Content) -> NDArray[Any]:
    path, data = content.path, content.data
    if data[:3] != bytes((0, 0, _UNSIGNED_BYTE)) or len(data) < 4 + 4 * data[3]:
        raise DataError(
            f"{path}: expected IDX bytes (000008 at the start), got {data[:4].hex() or 'nothing'}"
        )
    n_dims = data[3]
    start = 4 + 4 * n_dims
    shape = tuple(int(size) for size in np.frombuffer(data, ">u4", count=n_dims, offset=4))
    check_memory(prod(shape), f"{path}: shape {shape}")
    if len(data) != start + prod(shape):
        raise DataError(f"{path}: expected {start + prod(shape)} bytes for shape {shape}, got {len(data)}")
    return np.frombuffer(data, np.uint8, offset=start).reshape(shape)
