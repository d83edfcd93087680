"""NumPy archives."""

import zlib
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

import numpy as np
from numpy.lib.npyio import NpzFile
from numpy.typing import NDArray

from pminusy.datasets.readers.arrays import Arrays, as_rows, image_shape
from pminusy.datasets.readers.content import Content
from pminusy.datasets.reading import Reading
from pminusy.errors import DataError

_UNREADABLE = (OSError, EOFError, ValueError, BadZipFile, zlib.error)


def read_npz(content: Content, reading: Reading) -> Arrays:  # noqa: ARG001
    """Read `X` and `y`, or `X_train`, `y_train`, `X_test` and `y_test`, in upper or lower case.

    Features (N, H, W), (N, H, W, C) and (N, C, H, W) are images. Labels may be absent. Where `X_test` comes
    alone it is the features.

    Raises
    ------
    DataError
        The file is no archive, lacks these arrays (names those it has), or holds pickled objects.
    """
    path = content.path
    try:
        archive = np.load(content.file, allow_pickle=False)
    except _UNREADABLE as error:
        raise DataError(f"{path}: not readable as a NumPy archive{_detail(error)}") from error
    if not isinstance(archive, NpzFile):
        raise DataError(f"{path}: expected an archive of named arrays X and y (.npz), got a single array")
    with archive:
        return _arrays(archive, path)


def _arrays(archive: NpzFile, path: Path) -> Arrays:
    stored = {name.lower(): name for name in archive.files}
    part = next((part for part in ("", "_train", "_test") if f"x{part}" in stored), None)
    if part is None:
        held = ", ".join(archive.files) or "none"
        raise DataError(f"{path}: expected arrays X and y, or X_train and y_train; got {held}")

    def array(key: str) -> NDArray[Any]:
        try:
            return archive[stored[key]]
        except _UNREADABLE as error:
            raise DataError(f"{path}: array {stored[key]!r} cannot be read{_detail(error)}") from error

    X = array(f"x{part}")
    has_test = part == "_train" and "x_test" in stored
    return Arrays(
        X=as_rows(X, stored[f"x{part}"]),
        y=array(f"y{part}") if f"y{part}" in stored else None,
        target_name="y",
        image_shape=image_shape(X),
        X_test=as_rows(array("x_test"), stored["x_test"]) if has_test else None,
        y_test=array("y_test") if has_test and "y_test" in stored else None,
    )


def _detail(error: Exception) -> str:
    # NumPy's own words for these advise to load them unsafely.
    return ": it holds Python objects, or is damaged" if "pickle" in str(error) else f": {error}"
