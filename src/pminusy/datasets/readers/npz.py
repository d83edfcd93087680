"""NumPy archives."""

from pathlib import Path
from typing import Any, cast
from zipfile import ZipFile

import numpy as np
from numpy.lib.npyio import NpzFile
from numpy.typing import NDArray

from pminusy.datasets.readers.arrays import Arrays, as_rows, image_shape
from pminusy.datasets.readers.content import Content
from pminusy.datasets.readers.npy_header import check_npy
from pminusy.datasets.reading import Reading
from pminusy.errors import DataError


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
    if content.kind == "npy":
        raise DataError(f"{path}: expected an archive of named arrays X and y (.npz), got a single array")
    try:
        archive = np.load(content.file, allow_pickle=False)
    except Exception as error:  # a damaged archive fails wherever the reading stumbles
        raise DataError(f"{path}: not readable as a NumPy archive: it is damaged") from error
    with archive:
        return _arrays(archive, path)


def _arrays(archive: NpzFile, path: Path) -> Arrays:
    stored = {name.lower(): name for name in archive.files}
    part = next((part for part in ("", "_train", "_test") if f"x{part}" in stored), None)
    if part is None:
        held = ", ".join(archive.files) or "none"
        raise DataError(f"{path}: expected arrays X and y, or X_train and y_train; got {held}")

    def array(key: str) -> NDArray[Any]:
        what = f"{path}: array {stored[key]!r}"
        try:
            _check(cast("ZipFile", archive.zip), stored[key], what)
            return archive[stored[key]]
        except DataError:
            raise
        except Exception as error:
            raise DataError(f"{what} cannot be read: it is damaged, or encrypted") from error

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


def _check(archive: ZipFile, name: str, what: str) -> None:
    member = archive.getinfo(name if name in archive.namelist() else f"{name}.npy")
    with archive.open(member) as file:
        check_npy(file, member.file_size, what)
