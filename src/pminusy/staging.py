"""Staging folders: hidden folders beside a destination, in which it is written before it takes its place.

The process that writes holds a lock on a file in its folder. The system releases it when the process ends, however it
ends, and never passes it to another process, as it does with process ids. A folder whose lock is free was therefore
left behind by a process that was killed; the next one that writes to the same destination removes it. Since locks do
not reach other hosts on every shared file system, the folder's name also tells the host, and those of others stay.
"""

import hashlib
import os
import secrets
import shutil
import socket
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

if os.name == "posix":
    import fcntl

PREVIOUS = "previous"
"""Name in a staging folder of what stood at the destination, while it is between the two."""

_LOCK = "lock"
_MARK = ".pminusy-"  # after the destination's name
_MAX_NAME = 200  # bytes of the destination's name; file systems allow 255 for the whole name


@contextmanager
def staging(path: Path) -> Iterator[Path]:
    """Give a new folder in which to write what will be moved to `path`; it is removed when the block ends.

    Parameters
    ----------
    path : Path
        The destination, without symbolic links; the folder above it exists. Staging folders for it that no living
        process owns are removed first.

    Raises
    ------
    OSError
        The folder cannot be created.

    Examples
    --------
    >>> with staging(Path("answers.csv").resolve()) as folder:   # doctest: +SKIP
    ...     (folder / "new").write_text("predicted")
    ...     (folder / "new").replace("answers.csv")
    """
    clear_abandoned(path)
    folder, lock = _create(path)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)
        os.close(lock)


def clear_abandoned(path: Path) -> None:
    """Remove the staging folders for `path` that no living process owns.

    Where a process was killed after it had moved the old content of `path` aside and before it had moved the new one
    there, the old one is moved back.

    Parameters
    ----------
    path : Path
        The destination, without symbolic links. What cannot be listed, locked or removed stays.
    """
    if os.name != "posix":
        return
    with suppress(OSError):
        for entry in list(os.scandir(path.parent)):
            if entry.name.startswith(_prefix(path)) and entry.is_dir(follow_symlinks=False):
                with suppress(OSError):
                    _clear(Path(entry), path)


def clear_all_abandoned(parent: Path) -> None:
    """Do what `clear_abandoned` does, for every destination in a folder, which is listed once.

    Parameters
    ----------
    parent : Path
        Without symbolic links. Staging folders whose names show a destination's only in part stay.
    """
    if os.name != "posix":
        return
    with suppress(OSError):
        for entry in list(os.scandir(parent)):
            name = entry.name[1:].rpartition(_MARK)[0]
            whole = 0 < len(os.fsencode(name)) < _MAX_NAME and entry.name.startswith(_prefix(parent / name))
            if whole and entry.is_dir(follow_symlinks=False):
                with suppress(OSError):
                    _clear(Path(entry), parent / name)


def _clear(folder: Path, path: Path) -> None:
    lock = os.open(folder / _LOCK, os.O_RDWR | os.O_CREAT, 0o666)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        if not os.path.lexists(path) and (folder / PREVIOUS).exists():
            (folder / PREVIOUS).rename(path)
        shutil.rmtree(folder, ignore_errors=True)
    finally:
        os.close(lock)


def _create(path: Path) -> tuple[Path, int]:
    """Make a folder and lock it; another process may take it for abandoned in between, and the next try follows."""
    while True:
        folder = path.with_name(f"{_prefix(path)}{secrets.token_hex(4)}")
        folder.mkdir()
        try:
            lock = os.open(folder / _LOCK, os.O_RDWR | os.O_CREAT, 0o666)
        except FileNotFoundError:
            continue
        except BaseException:
            shutil.rmtree(folder, ignore_errors=True)
            raise
        if _is_ours(lock):
            return folder, lock
        os.close(lock)


def _is_ours(lock: int) -> bool:
    if os.name != "posix":
        return True
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    except OSError:
        return True  # The file system has no locks, so that nobody takes a folder for abandoned.
    return os.fstat(lock).st_nlink > 0


def _prefix(path: Path) -> str:
    """What the names of a destination's staging folders begin with, on this host."""
    host = hashlib.sha256(socket.gethostname().encode()).hexdigest()[:8]
    name = os.fsdecode(os.fsencode(path.name)[:_MAX_NAME])
    return f".{name}{_MARK}{host}-"
