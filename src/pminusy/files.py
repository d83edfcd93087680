"""Files and folders put in their place whole: written beside it, flushed to the disk, then renamed."""

import ctypes
import errno
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from pminusy.errors import DataError
from pminusy.staging import PREVIOUS, clear_abandoned, staging

_AT_FDCWD = -100
_RENAME_EXCHANGE = 2


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
    """Refuse a path that no file can be written to, and clear what killed runs left beside it.

    Raises
    ------
    DataError
        It is a directory, or in none.
    """
    if path.is_dir():
        raise DataError(f"{path}: expected a file, got a directory")
    if not path.parent.is_dir():
        raise DataError(f"{path}: no such directory: {path.parent}")
    clear_abandoned(path.resolve())


@contextmanager
def replacing(path: Path) -> Iterator[Path]:
    """Give the path of a new file; when the block ends it replaces `path`, and on an error it is removed.

    Parameters
    ----------
    path : Path
        What is there keeps its content until the new file is complete.

    Raises
    ------
    OSError
        The file cannot be written, or what is there is no regular file.

    Examples
    --------
    >>> with replacing(Path("answers.csv")) as new:   # doctest: +SKIP
    ...     new.write_text("predicted")
    """
    path = path.resolve()
    if path.exists() and not path.is_file():
        raise OSError(errno.EINVAL, "not a regular file", str(path))
    with staging(path) as folder:
        new = folder / path.name
        yield new
        _flush(new)
        new.replace(path)
        _flush(path.parent)


def put_in_place(new: Path, path: Path) -> None:
    """Move a folder and all that it holds to `path`.

    Linux exchanges it with a folder that is there in one step. Elsewhere the old folder moves aside for an instant;
    if the process is killed then, `pminusy.staging.clear_abandoned` moves it back.

    Parameters
    ----------
    new : Path
        In a staging folder for `path`, which is where a folder that was at `path` is afterwards.
    path : Path
        Not there yet, or a folder.

    Raises
    ------
    OSError
        Something cannot be flushed or renamed; `path` is then as it was.
    """
    for file in new.iterdir():
        _flush(file)
    _flush(new)
    if not path.exists():
        new.rename(path)
    elif not _exchange(new, path):
        _replace(new, path)
    _flush(path.parent)


def _replace(new: Path, path: Path) -> None:
    previous = new.with_name(PREVIOUS)
    path.rename(previous)
    try:
        new.rename(path)
    except BaseException:
        previous.rename(path)
        raise


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
