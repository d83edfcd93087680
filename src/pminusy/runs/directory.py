"""A model directory: what it holds, and how it comes to be, whole or not at all."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from pminusy.errors import ModelDirectoryError
from pminusy.files import bare_name, beside, put_in_place

MODEL = "model.skops"
NETWORK = "network.safetensors"  # beside it, where the model is a network
METRICS = "metrics.json"
REPORT = "report.json"
PAGE = "report.html"
FILES = (MODEL, METRICS, REPORT, PAGE)


def default_directory(source: str) -> Path:
    """Name the directory of a fit that was given none.

    Examples
    --------
    >>> default_directory("data/penguins.csv").name
    'penguins-model'
    """
    return Path(f"{bare_name(Path(source))}-model")


def check_destination(path: Path, *, force: bool) -> None:
    """Refuse, before any work is done, a place that a model directory cannot be written to.

    Parameters
    ----------
    path : Path
    force : bool
        Whether a directory may be replaced that is empty, or holds the files of a model and no others.

    Raises
    ------
    ModelDirectoryError
        There is something already, and it may not be replaced; or nothing can be written there.

    Examples
    --------
    >>> check_destination(Path.home(), force=True)   # doctest: +SKIP
    Traceback (most recent call last):
    pminusy.errors.ModelDirectoryError: /home/me: holds 'photos', which is no part of a model, so ...
    """
    if path.is_dir():
        _check_replaceable(path, force)
    elif os.path.lexists(path):
        raise ModelDirectoryError(f"{path}: expected a directory or a new path, got a file")
    parent = next(folder for folder in path.absolute().parents if folder.exists())
    if not parent.is_dir():
        raise ModelDirectoryError(f"{path}: cannot be written: {parent} is a file")
    if not os.access(parent, os.W_OK):
        raise ModelDirectoryError(f"{path}: cannot be written: no permission to write in {parent}")


@contextmanager
def new_directory(path: Path, *, force: bool) -> Iterator[Path]:
    """Give a folder to write a model's files to; when the block ends it takes its place, on an error it goes.

    Parameters
    ----------
    path : Path
        Where the directory will be. Until all is written, what was there stays whole.
    force : bool
        As for `check_destination`.

    Raises
    ------
    ModelDirectoryError
        As `check_destination` raises it, or the writing failed.

    Examples
    --------
    >>> with new_directory(Path("digits-model"), force=False) as folder:   # doctest: +SKIP
    ...     (folder / "metrics.json").write_text("{}")
    """
    check_destination(path, force=force)
    final = path.resolve()
    folder = beside(final)
    try:
        folder.mkdir(parents=True)
        yield folder
        put_in_place(folder, final)
    except OSError as error:
        raise ModelDirectoryError(f"{path}: cannot be written: {error.strerror or error}") from error
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _check_replaceable(path: Path, force: bool) -> None:
    if not force:
        raise ModelDirectoryError(
            f"{path}: already exists; use --force to overwrite it, or --out to choose another directory"
        )
    held = sorted(os.listdir(path))
    foreign = [name for name in held if name not in (*FILES, NETWORK)]
    if foreign:
        raise ModelDirectoryError(
            f"{path}: contains {foreign[0]!r}, which is not part of a model, so it was not overwritten"
        )
