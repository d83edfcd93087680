"""IDX image files, the form in which MNIST and its kin are handed out.

A file of images comes with a file of labels of the same name but for ``images`` → ``labels`` and ``idx3`` →
``idx1``; a ``train`` pair may come with a ``t10k`` or ``test`` pair. Each may be packed by gzip.
"""

import gzip
from math import prod
from pathlib import Path
from typing import Any
from zlib import error as ZlibError

import numpy as np
from numpy.typing import NDArray

from pminusy.datasets.readers.arrays import Arrays, as_rows
from pminusy.errors import DataError

_UNSIGNED_BYTE = 0x08


def read_idx(path: Path) -> Arrays:
    """Read images (N, H, W) of bytes, with their labels and test part where those lie beside.

    Raises
    ------
    DataError
        A file is not IDX, is cut short, or holds other values than bytes.
    """
    images = _read(path, n_dims=3)
    test_path = _beside(path, path.name.replace("train", "t10k")) or _beside(
        path, path.name.replace("train", "test")
    )
    return Arrays(
        X=as_rows(images, path.name),
        y=_labels(path),
        target_name="label",
        image_shape=(images.shape[1], images.shape[2]),
        X_test=None if test_path is None else as_rows(_read(test_path, n_dims=3), test_path.name),
        y_test=None if test_path is None else _labels(test_path),
    )


def _labels(images: Path) -> NDArray[Any] | None:
    path = _beside(images, images.name.replace("images", "labels").replace("idx3", "idx1"))
    return None if path is None else _read(path, n_dims=1)


def _beside(path: Path, name: str) -> Path | None:
    """Find another file of the folder by name, packed or not; None where it is not there."""
    if name == path.name:
        return None
    plain = name.removesuffix(".gz")
    candidates = (path.with_name(plain), path.with_name(f"{plain}.gz"))
    return next((other for other in candidates if other.is_file()), None)


def _read(path: Path, n_dims: int) -> NDArray[Any]:
    try:
        content = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
    except (gzip.BadGzipFile, EOFError, ZlibError) as error:
        raise DataError(f"{path}: not readable as gzip: {error}") from error
    start = 4 + 4 * n_dims
    magic = bytes((0, 0, _UNSIGNED_BYTE, n_dims))
    if content[:4] != magic or len(content) < start:
        raise DataError(
            f"{path}: expected IDX bytes in {n_dims} dimensions ({magic.hex()} at the start), "
            f"got {content[:4].hex() or 'nothing'}"
        )
    shape = tuple(int(size) for size in np.frombuffer(content, ">u4", count=n_dims, offset=4))
    if len(content) != start + prod(shape):
        raise DataError(f"{path}: expected {start + prod(shape)} bytes for shape {shape}, got {len(content)}")
    return np.frombuffer(content, np.uint8, offset=start).reshape(shape)
