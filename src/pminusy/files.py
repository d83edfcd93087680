"""Files and folders put in their place whole: written beside it, flushed to the disk, then renamed."""

import ctypes
import os
import secrets
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from pminusy.errors import DataError

_AT_FDCWD = -100
_RENAME_EXCHANGE = 2


def beside(path: Path) -> Path:
    """Name a hidden file or folder in the same folder, which is not there yet."""
    return path.with_name(f".{path.name}.{secrets.token_hex(4)}")


def bare_name(path: Path) -> str:
    """Name a file without what its packing and its format add.

    Examples
    --------
    >>> bare_name(Path("data/penguins.csv.gz"))
    'penguins'
    """
    packed = path.suffix.lower() in (".gz", ".bz2", ".xz", ".zst", ".zip") and path.stem
    return Path(path.stem).stem if packed else path.stem


def check_place(path: Path) -> None:
    """Refuse a path that no file can be written to.

    Raises
    ------
    DataError
        It is a directory, or in none.
    """
    if path.is_dir():
        raise DataError(f"{path}: expected a file, got a directory")
    if not path.parent.is_dir():
        raise DataError(f"{path}: no such directory: {path.parent}")


@contextmanager
def replacing(path: Path) -> Iterator[Path]:
    """Give the path of a new file; when the block ends it replaces `path`, and on an error it is removed.

    Parameters
    ----------
    path : Path
        What is there keeps its content until the new file is complete.

    Examples
    --------
    >>> with replacing(Path("answers.csv")) as new:   # doctest: +SKIP
    ...     new.write_text("predicted")
    """
    path = path.resolve()
    new = beside(path)
    try:
        yield new
        _flush(new)
        new.replace(path)
        _flush(path.parent)
    finally:
        new.unlink(missing_ok=True)


def put_in_place(folder: Path, path: Path) -> None:
    """Move a folder and all that it holds to `path`; what was a folder there is at `folder` afterwards.

    Linux exchanges the two in one step. Elsewhere the old folder steps aside for an instant, under a hidden
    name beside its own.

    Parameters
    ----------
    folder : Path
        On the same file system as `path`.
    path : Path
        Not there yet, or a folder.

    Raises
    ------
    OSError
        Something cannot be flushed or renamed; `path` is then as it was.
    """
    for file in folder.iterdir():
        _flush(file)
    _flush(folder)
    if not path.exists():
        folder.rename(path)
    elif not _exchange(folder, path):
        aside = beside(path)
        path.rename(aside)
        folder.rename(path)
        aside.rename(folder)
    _flush(path.parent)


def _exchange(one: Path, other: Path) -> bool:
    """Swap two names in one step; False where the system or the file system has no such call."""
    if sys.platform != "linux":
        return False
    renameat2 = getattr(ctypes.CDLL(None), "renameat2", None)
    names = os.fsencode(one), os.fsencode(other)
    return renameat2 is not None and not renameat2(_AT_FDCWD, names[0], _AT_FDCWD, names[1], _RENAME_EXCHANGE)


def _flush(path: Path) -> None:
    if path.is_dir() and os.name == "nt":
        return  # Windows flushes no folders.
    descriptor = os.open(path, os.O_RDONLY if path.is_dir() else os.O_RDWR)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
