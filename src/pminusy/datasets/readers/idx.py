"""IDX image files, the form in which MNIST and its kin are handed out.

A file of images comes with a file of labels of the same name but for ``images`` → ``labels`` and ``idx3`` →
``idx1``; a ``train`` pair may come with a ``t10k`` or ``test`` pair. Each may be packed by gzip.
"""

import gzip
from math import prod
from pathlib import Path
from typing import IO, Any
from zlib import error as ZlibError

import numpy as np
from numpy.typing import NDArray

from pminusy.datasets.readers.arrays import Arrays, as_rows
from pminusy.datasets.readers.limits import check_memory
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
        opened: Any = gzip.open if path.suffix == ".gz" else open
        with opened(path, "rb") as file:
            return _array(file, path, n_dims)
    except (gzip.BadGzipFile, EOFError, ZlibError) as error:
        raise DataError(f"{path}: not readable as gzip: it is damaged or truncated") from error


def _array(file: IO[bytes], path: Path, n_dims: int) -> NDArray[Any]:
    start = 4 + 4 * n_dims
    header = file.read(start)
    magic = bytes((0, 0, _UNSIGNED_BYTE, n_dims))
    if header[:4] != magic or len(header) < start:
        raise DataError(
            f"{path}: expected IDX bytes in {n_dims} dimensions ({magic.hex()} at the start), "
            f"got {header[:4].hex() or 'nothing'}"
        )
    shape = tuple(int(size) for size in np.frombuffer(header, ">u4", offset=4))
    check_memory(prod(shape), f"{path}: shape {shape}")
    content = file.read(prod(shape) + 1)  # and no more of what may unpack to any size
    if len(content) != prod(shape):
        found = "more" if len(content) > prod(shape) else str(start + len(content))
        raise DataError(f"{path}: expected {start + prod(shape)} bytes for shape {shape}, got {found}")
    return np.frombuffer(content, np.uint8).reshape(shape)
